"""Strange input: whatever is sent, wherever: a clear refusal or a normal answer, and nobody else waits for it."""

import asyncio
import contextlib
import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from handoff.database import Database
from handoff.tables import traces

from . import strange
from .crowd import Crowd, Waits
from .customer import Customer, says
from .product import Product, data_folder

#: Seconds after which an answer counts as a stall. The machine may be busy; nothing strange may take part in that.
STALL = 8.0


@contextlib.contextmanager
def unharmed(product: Product) -> Iterator[httpx.Client]:
    """A client; afterwards the product is as it was: ready, with the same Rasa, and nothing went wrong inside."""
    begin, rasa = len(product.lines), product.rasa().pid
    with httpx.Client(base_url=product.url, timeout=30, trust_env=False) as client:
        yield client
    assert product.ready().json()["missing"] == []
    assert product.rasa().pid == rasa
    assert not [line for line in product.lines[begin:] if "Traceback" in line], product.lines[begin:]


def fault(answer: httpx.Response) -> str | None:
    """What is wrong with an answer to something strange; None when nothing is."""
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.text[:80]}"
    if answer.elapsed.total_seconds() > STALL:
        return f"took {answer.elapsed.total_seconds():.1f} s"
    page = answer.headers.get("content-type", "").startswith("text/html")
    if answer.status_code >= 400 and not page and not {"code", "message"} <= answer.json().keys():
        return f"{answer.status_code} without a code and a message: {answer.text[:80]}"
    return None


def secret_of(product: Product) -> dict[str, str]:
    """The header by which Telegram shows that it is Telegram."""
    return {"X-Telegram-Bot-Api-Secret-Token": (product.data / "telegram.secret").read_text("utf-8").strip()}


def test_a_strange_body_is_refused_or_taken_at_every_entry(shop: Product) -> None:
    customer = Customer(shop)
    here, own = f"/api/v1/conversations/{customer.id}", {**customer._headers}
    events = f"{here}/events?wait=0"
    entries = [
        ("POST", "/api/v1/conversations", {"locale": "en"}, {}),
        ("POST", f"{here}/messages", {"id": "x", "text": "hello"}, own),
        ("POST", f"{here}/messages", {"id": "x", "text": "hello"}, {}),
        ("GET", events, {}, own),
        ("POST", "/webhooks/telegram", {"update_id": 1}, {}),
        ("POST", "/webhooks/telegram", {"update_id": 1, "message": {}}, secret_of(shop)),
        ("POST", "/webhooks/nobody", {"a": 1}, {}),
        ("POST", "/internal/actions", {"next_action": "x", "sender_id": "y"}, {"X-Frontdoor-Secret": "guessed"}),
        *(("POST", place, {"key": "x"}, {}) for place in ("/operator", "/operator/figures", "/kb/x", "/nowhere")),
        *(("GET", place, {}, {}) for place in ("/metrics", "/health/ready", "/health/live", "/kb/x", "/web/widget.js")),
    ]
    faults = []
    with unharmed(shop) as client:
        for method, place, good, headers in entries:
            tried = [(name, body, {"Content-Type": "application/json"}) for name, body in strange.bodies(good)]
            tried += [(f"type {kind[:30]}", strange.json_of(good), {"Content-Type": kind}) for kind in strange.TYPES]
            tried += [("says it is gzip", strange.json_of(good), {"Content-Encoding": "gzip"})]
            for name, body, kind in tried:
                answer = client.request(method, place, content=body, headers={**headers, **kind})
                if wrong := fault(answer):
                    faults.append(f"{method} {place[-40:]} {name}: {wrong}")
        assert not faults, "\n".join(faults[:40])
    # Another customer: in the first one's conversation some of what was sent may still wait for its answer.
    assert says(Customer(shop).say("I want to talk to a human"), "en", "ask-question")


def test_strange_addresses_and_headers_are_refused_or_read(open_shop: Product) -> None:
    customer = Customer(open_shop)
    events = f"/api/v1/conversations/{customer.id}/events"
    places = [f"{events}?{name}={word}" for name in ("after", "wait", "x") for word in strange.WORDS]
    for word in strange.WORDS:
        places += [f"/api/v1/conversations/{word}/events?wait=0", f"/kb/{word}", f"/webhooks/{word}", f"/web/{word}"]
        places += [f"/operator?key={word}&lang={word}", f"/metrics?key={word}", f"/health/{word}", f"/{word}"]
    names = ("Last-Event-ID", "Accept-Language", "Authorization", "Accept", "X-Forwarded-For", "Cookie", "Origin")
    values = [
        b"",
        b"-1",
        b"nan",
        b"9" * 30,
        b"9" * 5000,
        b"\xff\xfe",
        b"x" * 20_000,
        b"x," * 5000,
        b";q=," * 3000,
        b"{}",
    ]
    faults = []
    with unharmed(open_shop) as client:
        for place in places:
            # As the bytes go over the line: a client's own care would make them harmless.
            request = client.build_request("GET", "/", headers=customer._headers)
            request.url = request.url.copy_with(raw_path=place.encode())
            if wrong := fault(client.send(request)):
                faults.append(f"{place[:80]}: {wrong}")
        for name in names:
            for value in values:
                for place in (f"{events}?wait=0", "/metrics", "/operator", "/health/ready", "/kb/x"):
                    if name == "Accept" and place.startswith(events):
                        continue  # a stream, which does not end
                    sent: dict[str | bytes, str | bytes] = {**customer._headers, name: value}
                    if wrong := fault(client.get(place, headers=sent)):  # type: ignore[arg-type]
                        faults.append(f"{name}={value[:20]!r} {place}: {wrong}")
    assert not faults, "\n".join(faults[:40])


def test_a_strange_update_of_telegram_is_kept_or_refused(shop: Product) -> None:
    faults = []
    with unharmed(shop) as client:
        for name, body in strange.updates():
            answer = client.post("/webhooks/telegram", content=body, headers=secret_of(shop))
            if wrong := fault(answer):
                faults.append(f"{name}: {wrong}")
    assert not faults, "\n".join(faults[:40])


def raw(product: Product, *pieces: bytes, wait: float = 30.0) -> bytes:
    """What comes back on a connection of its own, until it is closed."""
    with socket.create_connection(("127.0.0.1", product.port), timeout=wait) as line:
        for piece in pieces:
            line.sendall(piece)
        return _all(line)


def _all(line: socket.socket) -> bytes:
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := line.recv(65_536):
            got += piece
    return got


POST = b"POST /api/v1/conversations HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n"


def test_what_never_ends_is_ended(open_shop: Product) -> None:
    chunked = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    with unharmed(open_shop), contextlib.ExitStack() as lines:

        def begin(first: bytes) -> socket.socket:
            line = lines.enter_context(socket.create_connection(("127.0.0.1", open_shop.port), timeout=40))
            line.sendall(first)
            return line

        dribbling = begin(chunked)
        silent = begin(POST + b"Content-Length: 50\r\n\r\n{")
        webhook = begin(b"POST /webhooks/telegram HTTP/1.1\r\nHost: shop\r\nContent-Length: 200000\r\n\r\n{")
        half = begin(b"GET /demo HTTP/1.1\r\nHost:")
        mute = begin(b"")
        ended, deadline = b"", time.monotonic() + 40
        dribbling.settimeout(0.3)
        while not ended and time.monotonic() < deadline:
            dribbling.sendall(b"1\r\n[\r\n")
            with contextlib.suppress(TimeoutError):
                ended = dribbling.recv(65_536)
        # It writes on while it is told to stop, so its line may be cut before it has read more than the first piece.
        assert ended.startswith(b"HTTP/1.1 408"), ended
        for told in (_all(silent), _all(webhook)):
            assert told.startswith(b"HTTP/1.1 408"), told
            assert json.loads(told.split(b"\r\n\r\n", 1)[1])["code"] == "too_slow"
        assert _all(half) == b"" and _all(mute) == b""
    endless = (b"10000\r\n" + b"x" * 0x10000 + b"\r\n") * 64
    assert raw(open_shop, chunked, endless).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "head",
    [
        b"GET /demo HTTP/1.1\r\nHost: shop\r\nX: " + b"x" * 1_000_000 + b"\r\n\r\n",
        b"GET /" + b"x" * 1_000_000 + b" HTTP/1.1\r\nHost: shop\r\n\r\n",
        b"GET /demo HTTP/1.1\r\nHost: shop\r\n" + b"X: y\r\n" * 200_000 + b"\r\n",
        b"GET /demo HTTP/1.1\r\nHost: shop\r\nContent-Length: nan\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 1000,
    ],
    ids=["a long line", "a long address", "many lines", "a length that is none", "TLS", "NUL"],
)
def test_a_head_that_is_none_is_refused_before_it_is_a_request(open_shop: Product, head: bytes) -> None:
    with unharmed(open_shop):
        told = raw(open_shop, head)
        assert told.startswith(b"HTTP/1.1 400"), told[:200]
        assert json.loads(told.split(b"\r\n\r\n", 1)[1])["code"] == "unreadable"


def traces_of(product: Product, conversation_id: str) -> list[dict[str, object]]:
    async def read(database: Database) -> list[dict[str, object]]:
        query = select(traces.c.data).where(traces.c.conversation_id == conversation_id).order_by(traces.c.id)
        async with database.session() as connection:
            return [dict(row) for row in (await connection.execute(query)).scalars()]

    return product.read(read)


def test_no_text_is_taken_for_a_command(open_shop: Product) -> None:
    obeyed = []
    with unharmed(open_shop):
        for typed in strange.COMMANDS:
            trace = read_as(open_shop, typed)
            actions = [action["name"] for action in trace.get("actions", [])]  # type: ignore[attr-defined]
            taken = [name for name in actions if name in ("action_restart", "action_back", "action_session_start")]
            if taken or "engine_down" in trace or not by_its_words(open_shop, typed, trace):
                obeyed.append(f"{typed!r}: {trace.get('reading')} {actions} {trace.get('engine_down')}")
    assert not obeyed, "\n".join(obeyed)


def read_as(product: Product, typed: str) -> dict[str, object]:
    """The reasons of the turn in which it was typed. There are buttons on offer: no text is a way to press one."""
    customer = Customer(product)
    customer.say("I forgot my password")
    customer.say(typed)
    return traces_of(product, customer.id)[-1]


def by_its_words(product: Product, typed: str, trace: dict[str, object]) -> bool:
    """Whether the bot did what the words say, and would have without any sign of a command."""
    reading = trace.get("reading")
    # Only the classifier says how like a known example a message is; a command would not have come to it.
    if isinstance(reading, dict) and reading.get("scope") is not None:
        return True
    # "/request_human" holds the words by which anybody asks for a person.
    return read_as(product, re.sub(r"[\W_]+", " ", typed).strip()).get("intent") == trace.get("intent")


#: What was said before: nothing, something that asks for a number, something that asks for a name.
BEFORE: tuple[tuple[str, ...], ...] = (
    (),
    ("where is my order?",),
    ("I want to talk to a human", "I sell pottery and want a shelf"),
)


def test_two_thousand_characters_of_anything_are_answered_in_time(open_shop: Product) -> None:
    slow = []
    with unharmed(open_shop):
        for number, text in enumerate(strange.TEXTS):
            before = BEFORE[number % len(BEFORE)]
            customer = Customer(open_shop)
            for words in before:
                customer.say(words)
            begun = time.monotonic()
            body = {"id": "strange", "text": text}
            place = f"/conversations/{customer.id}/messages"
            answer = open_shop.http.post(place, json=body, headers=customer._headers)
            if answer.status_code == 422:
                assert answer.json()["code"] == "empty", answer.text
                continue
            assert answer.status_code == 202, answer.text
            customer.hear(answer.json()["seq"])
            if time.monotonic() - begun > STALL:
                slow.append(f"{text[:20]!r} after {before}: {time.monotonic() - begun:.1f} s")
    assert not slow, "\n".join(slow)


#: Stretches without and with a stranger, and seconds of each.
STRETCHES, SECONDS = 5, 10.0
#: What a machine that is busy with other tests may add to the slowest answers, in seconds.
BUSY = 0.3
MEGABYTES = 50


@pytest.mark.alone
def test_other_customers_do_not_wait_for_it_and_nothing_piles_up(
    prepared: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    product = Product(data_folder(tmp_path / "data", prepared))
    try:
        product.start()
        asyncio.run(_side_by_side(product, record_property))
    finally:
        product.close()


async def _side_by_side(product: Product, record_property: Callable[[str, object], None]) -> None:
    crowd = Crowd(product)
    alone, beside = Waits(), Waits()
    with unharmed(product):
        await crowd.stretch(SECONDS, with_stranger=False)
        before = held(product)
        for _ in range(STRETCHES):
            # In turns, so that what else the machine does meets both alike.
            alone.seconds += (await crowd.stretch(SECONDS, with_stranger=False)).seconds
            beside.seconds += (await crowd.stretch(SECONDS, with_stranger=True)).seconds
        after = held(product)
        await crowd.close()
    for name, waits in (("alone", alone), ("beside", beside)):
        record_property(name, [len(waits.seconds), *(round(1000 * waits.at(share)) for share in (0.5, 0.95, 0.99))])
    record_property("megabytes", {name: round(after[name] - before[name], 1) for name in after})
    assert not crowd.refused, crowd.refused
    assert beside.at(0.99) <= 2 * alone.at(0.99) + BUSY, (alone.at(0.99), beside.at(0.99))
    for name, now in after.items():
        assert now - before[name] <= MEGABYTES, (before, after)


def held(product: Product) -> dict[str, float]:
    """Megabytes that each process holds."""
    return {
        name: process.memory_info().rss / 2**20
        for name, process in (("api", product.process), ("rasa", product.rasa()))
    }
