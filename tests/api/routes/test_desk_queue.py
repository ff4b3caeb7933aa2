"""The queue at the desk: tickets of the night, who stands first and why, and views in pages."""

from datetime import timedelta

from handoff.conversations import Conversation
from handoff.packet import record_signals

from ..stand import NOW, Stand
from .desk import Browser, Office, customers_view


async def a_ticket(stand: Stand, id_: str) -> str:
    ticket = await stand.tickets.open(
        f"{id_}:0",
        conversation_id=id_,
        team="support",
        kind="question",
        language="en",
        subject="teapot",
        question="my teapot is broken",
        at=stand.now,
        reply_by=stand.now + timedelta(hours=4),
        promise_text="You'll have a reply by two.",
    )
    return ticket.number


async def test_a_ticket_of_the_night_is_work_in_the_queue_until_somebody_has_answered_and_ended_it(
    kim: Browser, stand: Stand, conversation: Conversation
) -> None:
    number = await a_ticket(stand, conversation.id)
    stand.now += timedelta(hours=3)
    await kim.post("presence", available=True)
    (item,) = await kim.view("queue")
    assert item["owner"] == "bot"
    assert item["ticket"]["number"] == number
    assert {"name": "ticket", "value": True, "points": -20.0} in item["place"]["why"]
    await kim.move(item["id"], "claim", epoch=item["epoch"])
    assert await kim.view("queue") == []
    await kim.post(f"conversations/{conversation.id}/reply", id="1", epoch=1, text="We send you a new one.")
    stand.now += timedelta(hours=2)
    await kim.move(conversation.id, "close", epoch=1, outcome="solved")
    assert await kim.view("queue") == []
    assert await stand.tickets.queue("support") == []
    assert await stand.desk.alerts.broken(stand.now) == []


async def test_ended_with_a_ticket_the_ticket_stays_and_has_what_is_known(
    kim: Browser, stand: Stand, waiting: str
) -> None:
    await kim.move(waiting, "claim", epoch=1)
    await kim.move(waiting, "close", epoch=2, outcome="ticket")
    (ticket,) = await stand.tickets.for_conversation(waiting)
    assert ticket.status == "open"
    assert ticket.number in (await customers_view(stand, waiting))[-1]
    assert [one["ticket"]["number"] for one in await kim.view("queue")] == [ticket.number]


async def test_whoever_is_most_urgent_stands_first_and_it_says_why(kim: Browser, stand: Stand, waiting: str) -> None:
    stand.now += timedelta(minutes=5)
    threatens = await stand.conversations.open("web", "en", "hash", stand.now)
    await stand.events.receive(threatens.id, "1", "my lawyer will call you", stand.now)

    class Threat:
        name, weight, quote, seq = "threat", 3.0, "my lawyer", 1

    async with stand.database.transaction() as connection:
        await record_signals(connection, threatens.id, [Threat()], stand.now)
    await stand.conversations.move(threatens.id, "queue", "bot", "frustration", None, at=stand.now)
    await kim.post("presence", available=True)
    first, second = await kim.view("queue")
    assert first["id"] == threatens.id
    assert first["place"]["why"][0] == {"name": "risk", "value": "threat", "points": 40.0}
    assert second["place"] == {
        "rank": 2,
        "score": 7.5,
        "why": [{"name": "waiting", "value": 300, "points": 7.5}],
    }
    assert second["risks"] == []
    assert [one["id"] for one in await kim.view("unhappy")] == [threatens.id]
    counts = (await kim.get("conversations")).json()["counts"]
    assert counts == {"queue": 2, "mine": 0, "unhappy": 1, "waiting": 0, "closed": 0}


async def test_it_is_suggested_to_whoever_speaks_the_language_and_has_most_room(
    office: Office, kim: Browser, stand: Stand
) -> None:
    await office.person("minji", languages=["ko"])
    korean = await stand.conversations.open("web", "ko", "hash", NOW)
    await stand.conversations.move(korean.id, "queue", "bot", "explicit_request", None, at=NOW)
    english = await stand.conversations.open("web", "en", "hash", NOW)
    await stand.conversations.move(english.id, "queue", "bot", "explicit_request", None, at=NOW)
    await kim.post(f"conversations/{english.id}/claim", epoch=1)
    suggested = {one["id"]: one["suggested_agent"] for one in await kim.view("queue")}
    assert suggested == {korean.id: {"name": "minji", "display": "Minji"}}


async def test_a_view_comes_in_pages(kim: Browser, stand: Stand) -> None:
    made = []
    for minute in range(5):
        at = stand.now + timedelta(minutes=minute)
        one = await stand.conversations.open("web", "en", "hash", at)
        await stand.conversations.move(one.id, "queue", "bot", "explicit_request", None, at=at)
        made.append(one.id)
    stand.now += timedelta(minutes=6)
    await kim.post("presence", available=True)
    seen, after = [], ""
    while after is not None:
        page = (await kim.get("conversations", view="queue", after=after, limit=2)).json()
        seen += [one["id"] for one in page["conversations"]]
        after = page["next"]
    assert seen == made
