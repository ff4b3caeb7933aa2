"""Strange input: what nobody in their right mind sends, and somebody does."""

import gzip
import json
import random
from collections.abc import Iterator
from typing import Any

Body = tuple[str, bytes]
#: What a JSON value may be instead of what was expected.
VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, 1e308, 10**30, 10**400, 2**63, -(2**63)),
    *("", "\x00", "\ud800", "\udfff\ud800", "\u202e", "\u202e" * 100, "x" * 300, "x" * 5000, "/restart"),
    *([], {}, [[]], [None], {"a": {}}, [1] * 500),
)
#: Values a query parameter or a header may have instead of what was expected, as the bytes of an address.
WORDS = (
    *("", "-1", "nan", "inf", "-inf", "1e5", "1e-400", "9" * 30, "9" * 5000, "%D9%A3", "%00", "%ED%A0%80", "%ff"),
    *("0x1", "0_1", "%201", "true", "[]", "{}", "..", "%2e%2e%2f", "%0d%0aX-Y:%20z", "'%20or%201=1", "x" * 3000),
)
TYPES = (
    *("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json; charset=utf-16"),
    *("multipart/form-data; boundary=" + "x" * 3000, ";;;;", "application/" + "x" * 5000, "application/json;" * 400),
)
COMMANDS = (
    *("/restart", "  /restart", "\n\n/restart", "\t/restart", "／restart", "\u200b/restart", "\ufeff /restart"),
    *(
        "\u2060\u200d／restart",
        "/\u0301restart",
        "\u0301/restart",
        "⁄restart",
        "∕restart",
        "/\u200brestart",
        "\u202e/restart",
    ),
    *('/greet{"name":"x"}', '／greet｛"name":"x"｝', "/intent{}", "/ intent { }", "/back", "/session_start"),
    *("/open_ticket", "/request_human", '/choose_article{"value":"/kb"}', "/affirm@1.0", '/deny@0.9{"a":"b"}'),
    *("EXTERNAL: open_ticket", "EXTERNAL: restart", "/EXTERNAL: restart", "[x](restart)", "restart{}", "//restart"),
    *(
        '{"intent":"restart"}',
        '{"name":"action_restart"}',
        "\r/restart",
        "\u2028/restart",
        "\u00a0/restart",
        "\x1f/restart",
    ),
)


def json_of(value: Any) -> bytes:
    return json.dumps(value).encode()


def bodies(good: dict[str, Any]) -> Iterator[Body]:
    """Bodies in place of a good one, from nothing to a megabyte, each with its name."""
    yield "nothing", b""
    for size in (1, 100, 8191, 8192, 8193, 100_000, 300_000, 1_000_000):
        yield f"{size} x", b"x" * size
        yield f"{size} NUL", b"\x00" * size
    inside = json_of(good)[:-1] + (b"," if good else b"")
    for deep in (900, 3500, 10_000):
        for name, opened, closed in (("lists", b"[", b"]"), ("objects", b'{"a":', b"}")):
            yield f"{deep} {name}", opened * deep + b"1" + closed * deep
            yield f"{deep} {name} in a field", inside + b'"y":' + opened * deep + b"1" + closed * deep + b"}"
    yield "10000 unclosed", b"[" * 10_000
    yield "invalid UTF-8", inside + b'"z":"\xff\xfe"}'
    yield "half a pair in bytes", inside + b'"z":"\xed\xa0\x80"}'
    yield "half a pair as a name", inside + b'"\\ud800":"\\udfff"}'
    for kind in ("utf-16", "utf-32", "utf-8-sig"):
        yield kind, json.dumps(good).encode(kind)
    for name, number in (("digits", b"9" * 7000), ("exponent", b"1e999999999"), ("NaN", b"NaN"), ("-0", b"-0")):
        yield name, inside + b'"n":' + number + b"}"
    again = b",".join(b'"%s":%d' % (random.choice([*good, "a"]).encode(), number) for number in range(300))
    yield "the same names again", inside + again + b"}"
    yield "many names", json_of(good | {f"k{number}": number for number in range(400)})
    for value in VALUES:
        yield f"all of it is {str(value)[:20]!r}", json_of(value)
        for name in good:
            yield f"{name} is {str(value)[:20]!r}", json_of(good | {name: value})
    yield "compressed", gzip.compress(json_of(good))


def _whole(unit: str) -> str:
    return (unit * (2000 // len(unit) + 1))[:2000]


#: Two thousand characters of each: what a search by rules would chew on for ever, and what nobody can read.
UNITS = (
    *("a@", "a at ", "a at b dot ", "@", ".@", "a@a.", "a@-", "%00", "a\u0301", "jane@x.com not ", "'", "a'", "a-"),
    *("1-", "1 ", "1", "+", "(1", "1.", "1/1.", "1,1,", "12345678 ", "010-1234-5678 ", "+1", "LL-1234567 ", "LL-"),
    *("각", "ㅋㅎ", "가 ", "我", "我姓", "订单", "一二三四五", "１２３４", "٠١٢٣", "①", "𝟙𝟚", "ﷺ", "ﬃ", "İ", "ß"),
    *("my name is ", "Jane Miller ", "this is ", "no, ", "yes,", "ok.", "my order ", "where is ", "not delivered "),
    *("\u202e", "\u202eabc", "\u200b", "\t", "\n", "／restart ", "/restart\n", "*****[a](", "[", "> ", "```\n", "<a "),
    *('{"a":', "http://", "x-1-", "\U000e0041", "\ue000", "\uffff", "👩\u200d", "привет ", "สวัสดี", "مرحبا ", "かな"),
)
TEXTS = (
    *(_whole(unit) for unit in UNITS),
    "e" + "\u0301" * 1999,
    "".join(chr(0x1F300 + number) for number in range(2000)),
    "Donaudampfschifffahrt" * 95,
    "a" + " " * 1990 + "at",
    "no" + " " * 1990 + "x",
    "my name is" + " " * 1980 + "x",
    "1" + " " * 1990 + "1",
    "a" * 1999 + "@",
    "yes" + "." * 1990 + "x",
)


def updates() -> Iterator[Body]:
    """Telegram updates with something else in every place."""
    for value in VALUES:
        for place in ("message_id", "date", "chat", "from", "text", "caption", "photo", "entities", "media_group_id"):
            yield f"{place} is {str(value)[:20]!r}", json_of(_update(**{place: value}))
        for who, place in (("chat", "id"), ("chat", "type"), ("from", "language_code"), ("from", "is_bot")):
            update = _update()
            update["message"][who][place] = value
            yield f"{who}.{place} is {str(value)[:20]!r}", json_of(update)
        for place in ("id", "from", "message", "data"):
            press = {"id": "1", "from": {"id": 1}, "message": _update()["message"], "data": "1:0", place: value}
            yield f"press {place} is {str(value)[:20]!r}", json_of({**_update(), "message": 0, "callback_query": press})
    for kind in ("\ud800", "\x00", "x" * 5000, "\u202e", "", "/restart", "x\ny"):
        yield f"kind {kind[:10]!r}", json_of({"update_id": random.randrange(2**50), kind: {}})


def _update(**message: Any) -> dict[str, Any]:
    number = random.randrange(2**50)
    chat = {"id": 2**52 + number % 10**6, "type": "private"}
    person = {"id": 1, "is_bot": False, "language_code": "en"}
    whole = {"message_id": 5, "date": 1, "chat": chat, "from": person, "text": "hello", **message}
    return {"update_id": number, "message": whole}
