"""A waiting customer sees where they stand, an honest time or none, and need not wait."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from api.routes.conversations import token_hash
from handoff.conversations import Conversation
from handoff.facts import Fact

from ..stand import NOW, Stand
from .desk import Browser, Office

KEY = {"Authorization": "Bearer key"}


async def queued(stand: Stand, minutes: int = 0, locale: str = "en") -> Conversation:
    at = NOW + timedelta(minutes=minutes)
    one = await stand.conversations.open("web", locale, token_hash("key"), at)
    return await stand.conversations.move(one.id, "queue", "bot", "explicit_request", None, at=at)


async def place(client: httpx.AsyncClient, id_: str, **params: object) -> dict[str, object]:
    answer = await client.get(f"/api/v1/conversations/{id_}/place", headers=KEY, params=params)  # type: ignore[arg-type]
    assert answer.status_code == 200
    found: dict[str, object] = answer.json()
    return found


async def test_each_sees_their_own_place_and_no_time_without_a_rule(
    client: httpx.AsyncClient, stand: Stand, kim: Browser
) -> None:
    first, second = await queued(stand), await queued(stand, 1)
    stand.now += timedelta(minutes=2)
    assert (await place(client, first.id))["place"] == 1
    found = await place(client, second.id)
    assert (found["place"], found["minutes"], found["can_leave"]) == (2, None, True)
    stranger = await client.get(f"/api/v1/conversations/{first.id}/place", headers={"Authorization": "Bearer x"})
    assert stranger.status_code == 404


async def test_with_recent_handling_times_and_somebody_there_a_time_is_said(
    client: httpx.AsyncClient, stand: Stand, office: Office
) -> None:
    kim = await office.person("kim", capacity=1)
    for n in range(5):
        done = await queued(stand)
        await kim.move(done.id, "claim", epoch=1)
        stand.now += timedelta(minutes=8)
        await kim.post("presence", available=True)
        await kim.move(done.id, "close", epoch=2, outcome="solved")
        assert n < 5
    waits = await queued(stand)
    assert (await place(client, waits.id))["minutes"] == 10
    await kim.post("presence", available=False)
    stand.desk.places._read_at = float("-inf")
    assert (await place(client, waits.id))["minutes"] is None


async def test_whoever_waits_for_a_change_hears_of_the_agent_at_once(
    client: httpx.AsyncClient, stand: Stand, kim: Browser
) -> None:
    waits = await queued(stand)
    mark = (await place(client, waits.id))["mark"]
    asked = asyncio.create_task(place(client, waits.id, mark=mark, wait=20))
    await asyncio.wait_for(stand.broadcast.watched.wait(), 5)
    await kim.move(waits.id, "claim", epoch=1)
    found = await asyncio.wait_for(asked, 5)
    assert (found["owner"], found["agent"]) == ("agent", {"display": "Kim"})


QUESTION = {
    "en": "the lid of my teapot is broken",
    "zh": "我的茶壶盖子碎了",
    "ko": "찻주전자 뚜껑이 깨졌어요",
}


@pytest.mark.parametrize("language", QUESTION)
async def test_who_would_rather_not_wait_gets_one_ticket_of_what_they_have_told(
    client: httpx.AsyncClient, stand: Stand, kim: Browser, language: str
) -> None:
    waits = await queued(stand, locale=language)
    # Said while nobody was there to read it: nothing of it is asked again.
    await stand.events.receive(waits.id, "1", QUESTION[language], NOW)
    await stand.events.receive(waits.id, "2", "jane@example.com", NOW)
    left = [await client.post(f"/api/v1/conversations/{waits.id}/place/leave", headers=KEY) for _ in range(2)]
    assert [one.json()["left"] for one in left] == [True, False]
    (ticket,) = await stand.tickets.for_conversation(waits.id)
    assert ticket.question == QUESTION[language]
    assert ticket.language == language
    assert ticket.reply_by is not None
    said = [e for e in await stand.events.after(waits.id, 0) if e.role == "bot"]
    assert said[-1].type == "ticket"
    assert ticket.number in said[-1].text
    assert "jane@example.com" in said[-1].text
    facts = await stand.services.facts.current(waits.id)
    assert facts["email"].value == "jane@example.com"
    assert [one["id"] for one in await kim.view("queue")] == [waits.id]
    found = await stand.conversations.find(waits.id)
    assert found is not None
    assert found.owner == "bot"


async def test_after_the_limit_a_conversation_becomes_a_ticket_by_itself(
    stand: Stand, kim: Browser, client: httpx.AsyncClient
) -> None:
    waits = await queued(stand)
    await stand.events.receive(waits.id, "1", QUESTION["en"], NOW)
    await stand.services.facts.record(waits.id, [Fact("email", "jane@example.com", "x", 1)], NOW)
    stand.now += timedelta(minutes=9)
    await stand.desk.keeper.look_after()
    assert await stand.tickets.for_conversation(waits.id) == []
    stand.now += timedelta(minutes=1)
    await asyncio.gather(*(stand.desk.keeper.look_after() for _ in range(3)))
    assert len(await stand.tickets.for_conversation(waits.id)) == 1
    assert len([e for e in await stand.events.after(waits.id, 0) if e.type == "ticket"]) == 1


async def test_the_bots_form_asks_only_for_what_is_missing_and_goes_on(stand: Stand, client: httpx.AsyncClient) -> None:
    waits = await queued(stand)
    await stand.events.receive(waits.id, "1", QUESTION["en"], NOW)
    await stand.services.facts.record(waits.id, [Fact("name", "Jane", "Jane", 1)], NOW)
    await client.post(f"/api/v1/conversations/{waits.id}/place/leave", headers=KEY)
    said = [e for e in await stand.events.after(waits.id, 0) if e.role == "bot"]
    assert "e-mail" in said[-1].text
    assert said[-1].data["buttons"]
    bot = stand.bot_with(stand.bot._plain)
    await stand.say(waits.id, "jane@example.com", bot)
    confirmed = await stand.say(waits.id, "yes", bot)
    (ticket,) = await stand.tickets.for_conversation(waits.id)
    assert ticket.number in confirmed[-1]
    assert ticket.question == QUESTION["en"]
    assert ticket.kind == "person"


async def test_an_agent_who_was_faster_keeps_it(stand: Stand, kim: Browser) -> None:
    waits = await queued(stand)
    seen = await stand.conversations.find(waits.id)
    assert seen is not None
    await kim.move(waits.id, "claim", epoch=1)
    assert not await stand.desk.leaving.leave(seen, "too late", "first")
    found = await stand.conversations.find(waits.id)
    assert found is not None
    assert found.owner == "agent"


async def test_when_an_agent_vanishes_the_customer_is_told_and_waits_in_the_queue(
    stand: Stand, kim: Browser, lee: Browser
) -> None:
    waits = await queued(stand, locale="ko")
    await kim.move(waits.id, "claim", epoch=1)
    stand.now += stand.desk.away
    await stand.desk.keeper.look_after()
    assert await lee.view("queue") == []
    stand.now += timedelta(seconds=1)
    await asyncio.gather(*(stand.desk.keeper.look_after() for _ in range(3)))
    events = (await lee.one(waits.id))["events"]
    assert [e["type"] for e in events][-3:] == ["note", "owner", "message"]
    assert "Kim" in events[-1]["text"]
    assert "대기열" in events[-1]["text"]
    assert [one["id"] for one in await lee.view("queue")] == [waits.id]
