"""The customer API: what is stored is acknowledged, and what is wrong is said by name."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from api import wording
from tests.api.stand import Stand

PLACE = "/api/v1/conversations"


async def opened(client: httpx.AsyncClient, locale: str = "en") -> tuple[str, dict[str, str]]:
    answer = await client.post(PLACE, json={"locale": locale})
    assert answer.status_code == 201
    return answer.json()["id"], {"Authorization": f"Bearer {answer.json()['token']}"}


async def sent(client: httpx.AsyncClient, text: Any = "hello", id: Any = "m1", **more: Any) -> httpx.Response:
    conversation, headers = await opened(client)
    return await client.post(f"{PLACE}/{conversation}/messages", json={"id": id, "text": text} | more, headers=headers)


async def test_a_message_is_acknowledged_with_its_place_and_then_answered(
    client: httpx.AsyncClient, stand: Stand
) -> None:
    conversation, headers = await opened(client)
    answer = await client.post(f"{PLACE}/{conversation}/messages", json={"id": "1", "text": "hello"}, headers=headers)
    assert (answer.status_code, answer.json()) == (202, {"seq": 1})
    assert await stand.heard(conversation) == ["You said: hello"]


async def test_sending_again_is_the_same_message(client: httpx.AsyncClient, stand: Stand) -> None:
    conversation, headers = await opened(client)
    post = [
        client.post(f"{PLACE}/{conversation}/messages", json={"id": "1", "text": "hello"}, headers=headers)
        for _ in range(5)
    ]
    assert {a.json()["seq"] for a in await asyncio.gather(*post)} == {1}
    await stand.heard(conversation)
    late = await client.post(f"{PLACE}/{conversation}/messages", json={"id": "1", "text": "other"}, headers=headers)
    assert late.json() == {"seq": 1}
    found = await stand.events.after(conversation, 0)
    assert [e.text for e in found] == ["hello", "You said: hello"]


@pytest.mark.parametrize(
    "token", ["", "wrong", "Bearer ", "Bearer wrong", "Basic eA==", "Bearer \u00e9".encode("latin-1")]
)
async def test_a_foreign_conversation_is_404_whatever_the_token(client: httpx.AsyncClient, token: str | bytes) -> None:
    conversation, _ = await opened(client)
    _, foreign = await opened(client)
    told = []
    for place, headers in [
        (conversation, {"Authorization": token}),
        (conversation, foreign),
        (conversation, {}),
        ("0" * 32, {"Authorization": token}),
        ("0" * 32, foreign),
        ("%00", foreign),
        ("x" * 3000, foreign),
        ("%ED%A0%80", foreign),
    ]:
        post = await client.post(f"{PLACE}/{place}/messages", json={"id": "1", "text": "x"}, headers=headers)
        read = await client.get(f"{PLACE}/{place}/events", headers={**headers, "Accept": "application/json"})
        told += [(a.status_code, a.json()["code"], a.json()["message"]) for a in (post, read)]
    assert set(told) == {(404, "not_found", told[0][2])}


async def test_a_text_over_the_limit_is_413_with_a_sentence(client: httpx.AsyncClient) -> None:
    assert (await sent(client, "字" * 2000)).status_code == 202
    answer = await sent(client, "字" * 2001)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_long")
    assert "2,000" in answer.json()["message"] or "2000" in answer.json()["message"]
    assert (await sent(client, "x" * 9000)).status_code == 413


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"id": "1"}, "text"),
        ({"text": "x"}, "id"),
        ({"id": "", "text": "x"}, "id"),
        ({"id": "x" * 201, "text": "x"}, "id"),
        ({"id": 7, "text": "x"}, "id"),
        ({"id": "1", "text": None}, "text"),
        ({"id": "1", "text": ["x"]}, "text"),
        ([], "body"),
        ("text", "body"),
    ],
)
async def test_a_wrong_field_is_422_and_named(client: httpx.AsyncClient, body: Any, field: str) -> None:
    conversation, headers = await opened(client)
    answer = await client.post(f"{PLACE}/{conversation}/messages", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert field in [f["field"] for f in answer.json()["fields"]]


@pytest.mark.parametrize("locale", ["", "x", "english please", "en-", "zh;DROP", 7, None])
async def test_a_wrong_locale_is_422_and_named(client: httpx.AsyncClient, locale: Any) -> None:
    answer = await client.post(PLACE, json={"locale": locale})
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "locale")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b'{"id": "1", "text": "x"',
        b'{"id": "1", "text": NaN}',
        b"[" * 4000 + b"]" * 4000,
        b'{"id": "1", "text": ' + b"[" * 3900 + b"]" * 3900 + b"}",
    ],
)
async def test_malformed_json_is_refused_and_nothing_breaks(client: httpx.AsyncClient, body: bytes) -> None:
    conversation, headers = await opened(client)
    headers["Content-Type"] = "application/json"
    answer = await client.post(f"{PLACE}/{conversation}/messages", content=body, headers=headers)
    assert answer.status_code == 422, answer.text
    assert answer.json()["message"]


async def test_json_of_ten_thousand_levels_is_refused_before_it_is_read(client: httpx.AsyncClient) -> None:
    conversation, headers = await opened(client)
    headers["Content-Type"] = "application/json"
    body = b"[" * 10_000 + b"]" * 10_000
    answer = await client.post(f"{PLACE}/{conversation}/messages", content=body, headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u3000", "\x00", "\u200b", "\u2060\ufeff"])
async def test_an_empty_message_is_422_with_a_sentence(client: httpx.AsyncClient, text: str) -> None:
    answer = await sent(client, text)
    assert (answer.status_code, answer.json()["code"]) == (422, "empty")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\x00b", "ab"), ("한\x00글", "한글"), ("x\U0001f469\u200d\U0001f680", "x\U0001f469\u200d\U0001f680")],
)
async def test_what_no_database_can_hold_is_left_out(
    client: httpx.AsyncClient, stand: Stand, typed: str, kept: str
) -> None:
    conversation, headers = await opened(client)
    body = {"id": "a\x00", "text": typed}
    answer = await client.post(f"{PLACE}/{conversation}/messages", json=body, headers=headers)
    assert answer.status_code == 202
    assert (await stand.events.after(conversation, 0))[0].text == kept


@pytest.mark.parametrize("field", ["id", "text"])
async def test_half_a_surrogate_pair_breaks_nothing(client: httpx.AsyncClient, field: str) -> None:
    conversation, headers = await opened(client)
    headers["Content-Type"] = "application/json"
    body = json.dumps({"id": "1", "text": "x"} | {field: "a\ud83d b"}).encode()
    answer = await client.post(f"{PLACE}/{conversation}/messages", content=body, headers=headers)
    assert answer.status_code in (202, 422), answer.text
    assert answer.headers["content-type"] == "application/json"


async def test_errors_are_said_in_the_language_of_the_browser(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{PLACE}/x/events", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert "对话" in answer.json()["message"]


async def test_the_customer_api_is_documented(client: httpx.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    assert {PLACE, f"{PLACE}/{{conversation_id}}/messages", f"{PLACE}/{{conversation_id}}/events"} <= set(paths)
    assert [path for path in paths if "internal" in path] == []


async def test_while_the_database_is_away_nothing_is_acknowledged_and_the_page_is_told_to_try_again(
    client: httpx.AsyncClient, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, headers = await opened(client)

    async def away(*_: object) -> None:
        raise OperationalError("INSERT", None, OSError("away"))

    monkeypatch.setattr(stand.events, "receive", away)
    body = {"id": "1", "text": "hello"}
    answer = await client.post(f"{PLACE}/{conversation}/messages", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["message"] == wording.say("en", "error-unavailable")
