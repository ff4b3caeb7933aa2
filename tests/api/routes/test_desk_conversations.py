"""One conversation at the desk, with everything in it; news of all; and what a supervisor sees."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.desk.news import News
from api.routes.desk_overview import _news
from handoff.events import Word
from handoff.outbox import Outbox
from handoff.packet import record_signals
from handoff.promises import Promises

from ..stand import NOW, Stand, answered
from .desk import Browser


async def test_an_agent_sees_what_was_dropped_and_the_packet(kim: Browser, stand: Stand, waiting: str) -> None:
    stand.base.outcomes = {"my teapot is broken": [answered()]}
    await kim.move(waiting, "claim", epoch=1)
    await stand.events.say(waiting, [Word("message", "bot", "too late")], 1, NOW)
    seen = await kim.one(waiting)
    dropped = seen["events"][-1]
    assert (dropped["type"], dropped["was"], dropped["text"]) == ("dropped", "message", "too late")
    assert seen["packet"]["conversation"] == waiting
    assert seen["packet"]["owner"] == "agent"
    assert not seen["earlier"]
    owner = [e for e in seen["events"] if e["type"] == "owner"][-1]
    assert owner["owner"] == {"from": "queue", "to": "agent", "agent": {"name": "kim", "display": "Kim"}}


async def test_a_long_conversation_comes_in_pieces_from_its_end(
    kim: Browser, stand: Stand, waiting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.routes.desk_conversations.PAGE", 3)
    for n in range(5):
        await stand.events.receive(waiting, str(n), f"line {n}", NOW)
    seen = await kim.one(waiting)
    assert [e["text"] for e in seen["events"]] == ["line 2", "line 3", "line 4"]
    assert seen["earlier"]
    before = (await kim.get(f"conversations/{waiting}/events", before=seen["events"][0]["seq"])).json()
    assert [e["text"] for e in before["events"]][-2:] == ["line 0", "line 1"]


async def test_whoever_waits_for_news_of_a_conversation_gets_it_at_once(
    kim: Browser, stand: Stand, waiting: str
) -> None:
    last = (await kim.one(waiting))["events"][-1]["seq"]
    asked = asyncio.create_task(kim.get(f"conversations/{waiting}/events", after=last, wait=20))
    await asyncio.wait_for(stand.broadcast.watched.wait(), 5)
    await stand.events.receive(waiting, "x", "hello?", NOW)
    stand.broadcast.tell(waiting)
    answer = await asyncio.wait_for(asked, 5)
    assert [e["text"] for e in answer.json()["events"]] == ["hello?"]


async def test_an_open_desk_hears_what_to_read_again(kim: Browser, lee: Browser, stand: Stand, waiting: str) -> None:
    async with stand.desk.news.desk() as queue:

        async def heard(number: int) -> set[News]:
            return {one for _ in range(number) if (one := await queue.get(5))}

        await kim.move(waiting, "claim", epoch=1)
        # The first time a conversation is heard of, what came just before may be told again.
        first = await heard(2)
        assert News(waiting, "owner") in first
        assert News(waiting, "message") in first | (await heard(len(queue)))
        await kim.post(f"conversations/{waiting}/note", id="1", text="a note")
        assert News(waiting, "note") in await heard(1)
        await stand.events.say(waiting, [Word("message", "bot", "too late")], 1, NOW)
        stand.broadcast.tell(waiting)
        assert News(waiting, "note") in await heard(1)
        await stand.events.receive(waiting, "x", "thanks", NOW)
        stand.broadcast.tell(waiting)
        assert News(waiting, "message") in await heard(1)
        await kim.move(waiting, "release", epoch=2, to="queue")
        assert {News(waiting, "owner"), News(waiting, "queue")} <= await heard(3)
        await lee.post("presence", available=False)
        assert await heard(1) == {News(None, "presence")}


async def test_what_customers_say_to_the_bot_disturbs_nobody(kim: Browser, stand: Stand) -> None:
    one = await stand.conversations.open("web", "en", "hash", NOW)
    async with stand.desk.news.desk() as queue:
        await stand.say(one.id, "hello bot")
        stand.broadcast.tell(one.id)
        await stand.conversations.move(one.id, "queue", "bot", "asked", None, at=NOW)
        stand.broadcast.tell(one.id)
        assert await queue.get(5) in (News(one.id, "owner"), News(one.id, "queue"))


async def test_the_stream_says_it_in_json_and_ends_with_the_session(
    app: FastAPI, kim: Browser, stand: Stand, waiting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.routes.desk_overview.LOOKS_AFTER", 0.05)
    stream = _news(app.state.frontdoor, kim.client.cookies["frontdoor_desk"])
    listening = await anext(stream)
    assert listening.comment
    await kim.move(waiting, "claim", epoch=1)
    event = await asyncio.wait_for(anext(stream), 5)
    assert json.loads(str(event.data))["conversation"] == waiting
    await kim.post("sign-out")
    async with asyncio.timeout(5):
        left = [one async for one in stream]
    assert {json.loads(str(one.data))["what"] for one in left} <= {"owner", "queue", "message", "presence"}


async def test_when_the_product_stops_no_desk_holds_it_up(app: FastAPI, kim: Browser, stand: Stand) -> None:
    stream = _news(app.state.frontdoor, kim.client.cookies["frontdoor_desk"])
    await anext(stream)
    ended = asyncio.create_task(anext(stream, None))
    await asyncio.wait_for(stand.broadcast.watched.wait(), 5)
    stand.broadcast.close()
    assert await asyncio.wait_for(ended, 1) is None


async def test_a_desk_that_reads_nothing_is_cut_off_and_reads_all_again(stand: Stand, kim: Browser) -> None:
    async with stand.desk.news.desk() as desk:
        for _ in range(501):
            stand.desk.news.alert("c1")
        assert not stand.desk.news.open(desk)


class Signal:
    # Not the seq of any message: of one that was read, detection has kept its own signals.
    weight = 3.0

    def __init__(self, name: str, quote: str, seq: int = 50) -> None:
        self.name, self.quote, self.seq = name, quote, seq


async def test_a_supervisor_sees_who_waits_what_is_wrong_and_the_evidence(
    kim: Browser, boss: Browser, stand: Stand, waiting: str
) -> None:
    async with stand.database.transaction() as connection:
        await record_signals(connection, waiting, [Signal("threat", "my lawyer will call")], stand.now)
    await Promises(stand.database).make(waiting, "reply", "by half past ten", NOW + timedelta(minutes=30), NOW)
    stand.now += timedelta(minutes=45)
    await kim.post("presence", available=True)
    seen = (await boss.get("overview")).json()
    assert (seen["waiting"], seen["oldest_seconds"]) == (1, 45 * 60)
    assert {one["name"]: one["present"] for one in seen["agents"]} == {"boss": True, "kim": True}
    found = {one["kind"]: one for one in seen["alerts"]}
    assert found["risk"]["evidence"] == "my lawyer will call"
    assert (found["risk"]["name"], found["risk"]["seq"], found["risk"]["owner"]) == ("threat", 50, "queue")
    assert found["promise"]["evidence"] == "by half past ten"
    assert found["waiting"]["evidence"] == "45"
    assert [one["kind"] for one in seen["alerts"]] == ["risk", "promise", "waiting"]
    (broken,) = seen["promises_broken"]
    assert broken["late_seconds"] == 15 * 60
    await kim.move(waiting, "claim", epoch=1)
    stand.now += timedelta(seconds=90)
    seen = (await boss.get("overview")).json()
    away = [one for one in seen["alerts"] if one["kind"] == "away"]
    assert [(one["conversation"], one["evidence"]) for one in away] == [(waiting, "Kim")]
    await kim.post(f"conversations/{waiting}/reply", id="1", epoch=2, text="Here I am.")
    seen = (await boss.get("overview")).json()
    assert seen["promises_broken"] == []
    assert {one["kind"] for one in seen["alerts"]} == {"risk"}


async def test_new_alerts_are_told_to_open_desks(boss: Browser, stand: Stand, waiting: str) -> None:
    await stand.desk.keeper.look_round()
    async with stand.desk.news.desk() as queue:
        async with stand.database.transaction() as connection:
            await record_signals(connection, waiting, [Signal("safety", "it caught fire")], stand.now)
        await stand.desk.keeper.look_round()
        assert await queue.get(0) == News(waiting, "alert")
        await stand.desk.keeper.look_round()
        assert len(queue) == 0


async def test_a_word_that_did_not_arrive_is_counted(boss: Browser, stand: Stand) -> None:
    # Done by hand here.
    await stand.messaging.delivery.stop()
    app_chat = await stand.conversations.open("telegram", "en", None, NOW, address="42")
    await stand.events.say(app_chat.id, [Word("message", "bot", "hello")], 0, NOW)
    outbox = Outbox(stand.database)
    letter = await outbox.head(app_chat.id, NOW)
    assert letter is not None
    claimed = await outbox.claim(letter, NOW, NOW + timedelta(seconds=9))
    assert claimed is not None
    await outbox.finished(claimed, "dead", NOW, reason="blocked")
    assert (await boss.get("overview")).json()["undelivered"] == 1
    events = (await boss.one(app_chat.id))["events"]
    assert (events[-1]["type"], events[-1]["about"], events[-1]["reason"]) == ("undelivered", 1, "blocked")


async def test_openapi_describes_every_way_of_the_desk(client: httpx.AsyncClient) -> None:
    schema: dict[str, Any] = (await client.get("/openapi.json")).json()
    paths = {path: ways for path, ways in schema["paths"].items() if path.startswith("/api/v1/desk/")}
    assert len(paths) >= 22
    for path, ways in paths.items():
        for way, described in ways.items():
            assert described.get("summary"), (path, way)
            answers = described["responses"]
            if "204" not in answers and not path.endswith("/desk/events"):
                shown = answers.get("200") or answers["201"]
                assert shown["content"]["application/json"]["schema"], (path, way)
