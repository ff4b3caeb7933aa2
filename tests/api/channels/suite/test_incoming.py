"""The way in, for every channel: nobody else gets in, nothing is lost, nothing is double, and it never falls over."""

import asyncio
import itertools
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from api.channels import CHANNELS
from api.channels.port import Request, Unreadable
from api.dialogue.turn import Said, Turn
from api.settings import Settings
from handoff.conversations import Conversation, UnknownConversation, conversation_from
from handoff.tables import conversations, events, inbound
from tests.api.stand import Stand

from .sample import Sample


async def post(client: httpx.AsyncClient, sample: Sample, body: bytes) -> httpx.Response:
    return await client.post(sample.place, content=body, headers=sample.sign(body))


async def count(stand: Stand, *tables: Any) -> list[int]:
    async with stand.database.session() as connection:
        return [(await connection.execute(select(func.count()).select_from(table))).scalar_one() for table in tables]


async def only_conversation(stand: Stand) -> Conversation:
    async with stand.database.session() as connection:
        return conversation_from((await connection.execute(select(conversations))).one())


def read(settings: Settings, sample: Sample, body: bytes) -> Any:
    request = Request("POST", "", {}, {k.lower(): v for k, v in sample.sign(body).items()}, body)
    channel = CHANNELS[sample.name](settings)
    channel.verify(request)
    return channel.read(request)


def test_every_recorded_payload_is_read_as_written_beside_it(settings: Settings, sample: Sample) -> None:
    recorded, wanted = sample.recorded(), sample.read_as()
    assert set(recorded) == set(wanted)
    for name, body in recorded.items():
        [message] = read(settings, sample, body)
        found = {key: getattr(message, key) for key in wanted[name]}
        assert json.loads(json.dumps(found)) == wanted[name], name
        assert message.raw == body.decode()


async def test_a_bad_or_missing_signature_is_refused_and_touches_nothing(
    client: httpx.AsyncClient, stand: Stand, sample: Sample
) -> None:
    body = sample.message(1, 1, "let me in")
    for headers in ({}, *sample.forge(body)):
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        answer = await client.post(sample.place, content=body, headers=raw)
        assert answer.status_code in (401, 403), headers
        assert "let me in" not in answer.text
    assert await count(stand, inbound, conversations, events) == [0, 0, 0]


async def test_a_signature_is_looked_at_before_the_body(client: httpx.AsyncClient, sample: Sample) -> None:
    for body in (b"", b"{", b"[" * 100_000):
        assert (await client.post(sample.place, content=body)).status_code in (401, 403)


async def test_a_message_sent_twenty_times_at_once_is_handled_once(
    client: httpx.AsyncClient, stand: Stand, sample: Sample
) -> None:
    body = sample.message(1, 1, "where is it")
    answers = await asyncio.gather(*(post(client, sample, body) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    conversation = await only_conversation(stand)
    assert (await stand.heard(conversation.id, 2)) == ["You said: where is it"]
    assert (await post(client, sample, body)).status_code == 200
    assert await stand.events.conversations_with_unhandled() == []
    found = await stand.events.after(conversation.id, 0)
    assert [event.role for event in found] == ["customer", "bot", "bot"]
    assert await count(stand, inbound) == [1]


async def test_what_was_posted_is_kept_byte_for_byte(client: httpx.AsyncClient, stand: Stand, sample: Sample) -> None:
    body = sample.message(1, 1, "한국어 中文 ä 👋🏽")
    await post(client, sample, body)
    async with stand.database.session() as connection:
        assert (await connection.execute(select(inbound.c.payload))).scalar_one() == body.decode()
    conversation = await only_conversation(stand)
    assert (await stand.heard(conversation.id, 2)) == ["You said: 한국어 中文 ä 👋🏽"]


async def test_every_recorded_payload_is_acknowledged_and_kept_once(
    client: httpx.AsyncClient, stand: Stand, sample: Sample
) -> None:
    recorded = sample.recorded()
    for body in [*recorded.values(), *recorded.values()]:
        assert (await post(client, sample, body)).status_code == 200
    assert await count(stand, inbound) == [len(recorded)]
    people = {kind.get("address") for kind in sample.read_as().values() if kind["kind"] != "other"} - {None}
    assert await count(stand, conversations) == [len(people)]


async def test_messages_of_one_customer_are_one_conversation_in_their_order(
    client: httpx.AsyncClient, stand: Stand, sample: Sample
) -> None:
    for number in range(5):
        await post(client, sample, sample.message(number, 1, f"part {number}"))
    conversation = await only_conversation(stand)
    found = [event.text for event in await stand.events.after(conversation.id, 0) if event.role == "customer"]
    assert found == [f"part {number}" for number in range(5)]
    await post(client, sample, sample.message(9, 2, "somebody else"))
    assert await count(stand, conversations) == [2]


async def test_it_is_stored_and_acknowledged_while_nobody_can_think(
    client: httpx.AsyncClient, stand: Stand, sample: Sample
) -> None:
    thinking, go_on = asyncio.Event(), asyncio.Event()

    async def stuck(turn: Turn) -> list[Said]:
        thinking.set()
        await go_on.wait()
        return [Said("at last")]

    stand.engine.does = stuck
    async with asyncio.timeout(10):
        await post(client, sample, sample.message(1, 1, "first"))
        await thinking.wait()
        assert (await post(client, sample, sample.message(2, 1, "second"))).status_code == 200
    assert await count(stand, inbound) == [2]
    go_on.set()
    conversation = await only_conversation(stand)
    assert "at last" in await stand.heard(conversation.id, 3)


async def test_a_message_that_cannot_be_stored_is_not_acknowledged(
    client: httpx.AsyncClient, stand: Stand, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise UnknownConversation("the database is away")

    with monkeypatch.context() as broken:
        broken.setattr("handoff.inbound._converse", away)
        assert (await post(client, sample, sample.message(1, 1, "hello"))).status_code == 500
    assert await count(stand, inbound, conversations, events) == [0, 0, 0]
    assert (await post(client, sample, sample.message(1, 1, "hello"))).status_code == 200
    assert await count(stand, inbound) == [1]


async def test_a_body_too_large_is_refused(client: httpx.AsyncClient, stand: Stand, sample: Sample) -> None:
    assert (await post(client, sample, sample.message(1, 1, "x" * 300_000))).status_code == 413
    assert await count(stand, inbound) == [0]


async def test_a_long_message_with_every_letter_escaped_fits(client: httpx.AsyncClient, sample: Sample) -> None:
    body = json.dumps(json.loads(sample.message(1, 1, "한" * 4096)), ensure_ascii=True).encode()
    assert (await post(client, sample, body)).status_code == 200


def broken(sample: Sample) -> Iterator[bytes]:
    whole = sample.message(1, 1, "hello")
    yield from (whole[:size] for size in range(0, len(whole) - 1, 7))
    yield from (b"", b"null", b"[]", b"{}", b'"x"', b"7", b"\xff\xfe", whole.replace(b"hello", b"\xc3("))
    yield b"[" * 100_000
    yield b'{"a":' * 50_000
    yield whole.replace(b'"hello"', b"[" * 20_000 + b"]" * 20_000)
    yield b'{"update_id": ' + b"9" * 5000 + b"}"


async def test_truncated_deep_and_wrong_bodies_are_refused_and_never_break_anything(
    client: httpx.AsyncClient, stand: Stand, sample: Sample
) -> None:
    for body in broken(sample):
        assert (await post(client, sample, body)).status_code == 400, body[:80]
    assert await count(stand, inbound) == [0]


def wrong_in_one_place(value: Any) -> Iterator[Any]:
    """The same payload many times, each time with one value of a kind nobody expects, or without it."""
    odd = (None, True, -1, 2**70, 0.5, "", "\ud800\x00", [], {}, [{}], {"id": []})
    if isinstance(value, dict):
        for key in value:
            yield {k: v for k, v in value.items() if k != key}
            yield from ({**value, key: other} for other in odd)
            yield from ({**value, key: inner} for inner in wrong_in_one_place(value[key]))
    if isinstance(value, list):
        for place, inner in enumerate(value):
            yield from ([*value[:place], other, *value[place + 1 :]] for other in wrong_in_one_place(inner))


def test_no_shape_of_a_payload_breaks_the_reading(settings: Settings, sample: Sample) -> None:
    channel = CHANNELS[sample.name](settings)
    tried = 0
    for recorded in sample.recorded().values():
        for payload in itertools.islice(wrong_in_one_place(json.loads(recorded)), 3000):
            body = json.dumps(payload).encode()
            try:
                messages = channel.read(Request("POST", "", {}, {}, body))
            except Unreadable:
                continue
            tried += 1
            for message in messages:
                assert message.kind == "other" or message.address
                assert len(message.provider_id) <= 200
    assert tried > 1000


async def test_odd_payloads_are_stored_or_refused_but_never_an_error(client: httpx.AsyncClient, sample: Sample) -> None:
    payload = json.loads(sample.message(1, 1, "hello"))
    for body in wrong_in_one_place(payload):
        answer = await post(client, sample, json.dumps(body).encode())
        assert answer.status_code in (200, 400), body


async def test_a_channel_that_is_not_there_is_404(client: httpx.AsyncClient) -> None:
    assert (await client.post("/webhooks/carrier-pigeon", content=b"{}")).status_code == 404
