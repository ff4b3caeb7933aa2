"""Events: what happened is heard at once, in order, and once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from api.app import create_app
from api.neighbours import Neighbours
from api.routes import events
from handoff.database import Database
from handoff.events import Word
from tests.api.redis_server import RedisServer, until
from tests.api.server import events_of, served
from tests.api.stand import NOW, Stand

JSON = {"Accept": "application/json"}


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application behind a real server, with the key to one conversation."""
    async with served(app) as url, httpx.AsyncClient(base_url=f"{url}/api/v1/conversations", timeout=20) as client:
        opened = (await client.post(f"{url}/api/v1/conversations", json={})).json()
        client.base_url = httpx.URL(f"{url}/api/v1/conversations/{opened['id']}")
        client.headers["Authorization"] = f"Bearer {opened['token']}"
        yield client


def conversation_of(client: httpx.AsyncClient) -> str:
    return client.base_url.path.rstrip("/").rpartition("/")[2]


async def told(stand: Stand, client: httpx.AsyncClient, *texts: str) -> None:
    """The bot says something without having been asked."""
    words = [Word("message", "bot", text, {}) for text in texts]
    await stand.events.say(conversation_of(client), words, 0, NOW)
    stand.broadcast.tell(conversation_of(client))


async def test_a_waiting_reader_is_woken_by_what_happens(http: httpx.AsyncClient, stand: Stand) -> None:
    reading = asyncio.create_task(http.get("/events", params={"wait": 20}, headers=JSON))
    async with asyncio.timeout(5):
        await stand.broadcast.watched.wait()
        await told(stand, http, "here I am")
        answer = await reading
    assert [e["text"] for e in answer.json()["events"]] == ["here I am"]


async def test_a_reader_who_waits_in_vain_gets_an_empty_list(http: httpx.AsyncClient) -> None:
    answer = await http.get("/events", params={"wait": 0.05}, headers=JSON)
    assert (answer.status_code, answer.json()) == (200, {"events": []})


async def test_a_list_begins_after_what_the_reader_has(http: httpx.AsyncClient, stand: Stand) -> None:
    await told(stand, http, "one", "two", "three")
    answer = await http.get("/events", params={"after": 1}, headers=JSON)
    assert [(e["seq"], e["text"]) for e in answer.json()["events"]] == [(2, "two"), (3, "three")]


async def test_a_stream_tells_the_past_then_the_present(http: httpx.AsyncClient, stand: Stand) -> None:
    await told(stand, http, "one")
    async with http.stream("GET", "/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert (await events_of(answer, 1))[0]["data"]["text"] == "one"
    async with http.stream("GET", "/events", params={"after": 1}) as answer:
        await told(stand, http, "two", "three")
        found = await events_of(answer, 2)
    assert [(e["id"], e["event"], e["data"]["text"]) for e in found] == [
        ("2", "message", "two"),
        ("3", "message", "three"),
    ]


async def test_a_stream_is_resumed_without_a_gap_and_without_a_double(http: httpx.AsyncClient, stand: Stand) -> None:
    heard: list[str] = []
    last = ""
    for number in range(6):
        await told(stand, http, f"{number}a", f"{number}b")
        headers = {"Last-Event-ID": last} if last else {}
        async with http.stream("GET", "/events", headers=headers) as answer:
            # The connection breaks after one event more than was heard; the rest comes with the next.
            found = await events_of(answer, 1 if number % 2 else 2)
        heard += [e["data"]["text"] for e in found]
        last = found[-1]["id"]
    everything = [e.text for e in await stand.events.after(conversation_of(http), 0)]
    assert heard == everything[: len(heard)]


async def test_more_than_a_page_comes_whole(http: httpx.AsyncClient, stand: Stand) -> None:
    await told(stand, http, *[str(n) for n in range(250)])
    async with http.stream("GET", "/events") as answer:
        found = await events_of(answer, 250)
    assert [e["data"]["text"] for e in found] == [str(n) for n in range(250)]


async def test_two_readers_hear_the_same(http: httpx.AsyncClient, stand: Stand) -> None:
    async with http.stream("GET", "/events") as one, http.stream("GET", "/events") as other:
        await told(stand, http, "to both")
        heard = [await events_of(one, 1), await events_of(other, 1)]
    assert heard[0] == heard[1]


@pytest.mark.parametrize("last", ["x", "-1", "1.5", "²", "٣", "9" * 30, ""])
async def test_a_strange_last_event_id_breaks_nothing(http: httpx.AsyncClient, stand: Stand, last: str) -> None:
    await told(stand, http, "one")
    answer = await http.get("/events", headers={**JSON, "Last-Event-ID": last.encode("latin-1", "replace")})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("name", "value"), [("after", "x"), ("after", "-1"), ("after", "9" * 30), ("wait", "90"), ("wait", "nan")]
)
async def test_a_wrong_parameter_is_422_and_named(http: httpx.AsyncClient, name: str, value: str) -> None:
    answer = await http.get("/events", params={name: value}, headers=JSON)
    assert answer.status_code == 422
    assert name in answer.json()["fields"][0]["field"]


async def test_what_was_dropped_is_never_shown(http: httpx.AsyncClient, stand: Stand) -> None:
    conversation = conversation_of(http)
    await stand.conversations.move(conversation, "queue", "customer", "asked", 0, at=NOW)
    await stand.events.say(conversation, [Word("message", "bot", "too late", {})], 0, NOW)
    answer = await http.get("/events", headers=JSON)
    assert [(e["type"], e["text"], e.get("owner")) for e in answer.json()["events"]] == [("owner", "", "queue")]


async def test_nobody_is_left_watching_after_the_readers_have_gone(http: httpx.AsyncClient, stand: Stand) -> None:
    async with http.stream("GET", "/events") as answer:
        await told(stand, http, "one")
        await events_of(answer, 1)
    async with asyncio.timeout(5):
        await stand.broadcast.alone.wait()


async def test_news_nobody_told_of_reaches_a_stream_all_the_same(
    http: httpx.AsyncClient, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "LOOKS_AFTER", (0.1, 0.2))
    async with http.stream("GET", "/events") as answer:
        await stand.broadcast.watched.wait()
        await stand.events.say(conversation_of(http), [Word("message", "bot", "untold", {})], 0, NOW)
        async with asyncio.timeout(5):
            found = await events_of(answer, 1)
    assert found[0]["data"]["text"] == "untold"


async def test_news_nobody_told_of_reaches_who_waits_for_a_list(http: httpx.AsyncClient, stand: Stand) -> None:
    reading = asyncio.create_task(http.get("/events", params={"wait": 1}, headers=JSON))
    await stand.broadcast.watched.wait()
    await stand.events.say(conversation_of(http), [Word("message", "bot", "untold", {})], 0, NOW)
    assert [e["text"] for e in (await reading).json()["events"]] == ["untold"]


def failing(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on news cannot be read."""

    async def fail(*_: object) -> NoReturn:
        raise OperationalError("SELECT", {}, Exception("server closed the connection"))

    monkeypatch.setattr(stand.events, "after", fail)


async def test_a_stream_whose_database_goes_away_ends_cleanly_and_goes_on_where_it_was(
    http: httpx.AsyncClient, stand: Stand, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await told(stand, http, "one")
    async with http.stream("GET", "/events") as answer:
        lines = answer.aiter_lines()
        async for line in lines:
            if line.startswith("data"):
                break
        with monkeypatch.context() as away:
            failing(stand, away)
            stand.broadcast.tell(conversation_of(http))
            async with asyncio.timeout(5):
                # The end of the stream, as HTTP has it: no error, and no half of an event.
                assert [line async for line in lines if line] == []
    await told(stand, http, "two")
    async with http.stream("GET", "/events", headers={"Last-Event-ID": "1"}) as answer:
        assert [e["data"]["text"] for e in await events_of(answer, 1)] == ["two"]
    assert [record for record in caplog.records if record.exc_info] == []


async def test_a_stream_whose_database_has_frozen_is_cut(
    http: httpx.AsyncClient, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(events, "PATIENCE", 0.1)
    monkeypatch.setattr(stand.events, "after", never)
    async with asyncio.timeout(5), http.stream("GET", "/events") as answer:
        assert [line async for line in answer.aiter_lines() if line] == []


async def test_a_list_that_cannot_be_read_is_refused_with_a_sentence(
    http: httpx.AsyncClient, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(stand, monkeypatch)
    answer = await http.get("/events", headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert "try again" in answer.json()["message"]


@pytest.mark.parametrize("how", ["away", "frozen"])
async def test_a_page_that_comes_back_too_early_is_told_to_come_again(
    http: httpx.AsyncClient,
    stand: Stand,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    how: str,
) -> None:
    async def find(_: str) -> None:
        if how == "away":
            raise OperationalError("SELECT", {}, Exception("the database system is starting up"))
        await asyncio.Event().wait()

    monkeypatch.setattr(events, "PATIENCE", 0.1)
    monkeypatch.setattr(stand.conversations, "find", find)
    async with asyncio.timeout(5):
        answer = await http.get("/events", headers={"Accept": "text/event-stream"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert [record for record in caplog.records if record.exc_info] == []


async def test_a_page_on_one_process_hears_at_once_what_another_process_stored(
    http: httpx.AsyncClient, stand: Stand, tmp_path: Path
) -> None:
    redis = RedisServer(tmp_path).start()
    database = Database(f"sqlite:///{tmp_path / 'frontdoor.db'}")
    await database.connect()
    other = Stand(database, stand.settings)
    both = [Neighbours(redis.url, stand.broadcast), Neighbours(redis.url, other.broadcast)]
    for neighbours in both:
        neighbours.start()
    try:
        app = create_app(other.settings, other.running)
        async with (
            asyncio.timeout(9),  # shorter than a stream takes to look by itself
            app.router.lifespan_context(app),
            served(app) as elsewhere,
            http.stream("GET", "/events") as answer,
        ):
            await stand.broadcast.watched.wait()
            await until(lambda: all(neighbours.connected for neighbours in both))
            url = f"{elsewhere}/api/v1/conversations/{conversation_of(http)}/messages"
            accepted = await http.post(url, json={"id": "1", "text": "hello"})
            assert accepted.status_code == 202
            found = await events_of(answer, 2)
        assert [(e["data"]["role"], e["data"]["text"]) for e in found] == [
            ("customer", "hello"),
            ("bot", "You said: hello"),
        ]
    finally:
        for neighbours in both:
            await neighbours.stop()
        redis.end()
        other.knowledge.close()
        await database.dispose()
