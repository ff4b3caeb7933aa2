"""Events: what happened is heard at once, in order, and once."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from handoff.events import Word
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
