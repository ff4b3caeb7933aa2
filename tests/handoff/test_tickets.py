"""Exactly one ticket per request, with a number that can be read out and not guessed."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from handoff import tickets as tickets_module
from handoff.conversations import Conversation
from handoff.database import Database
from handoff.numbers import ALPHABET, new_number, tidy_number
from handoff.promises import Promises
from handoff.tickets import NoNumberLeft, Tickets


def request(conversation: Conversation, now: datetime, **changes: Any) -> dict[str, Any]:
    return {
        "conversation_id": conversation.id,
        "team": "support",
        "kind": "question",
        "language": "ko",
        "subject": "배송 지연",
        "question": "주문한 게 아직 안 왔어요",
        "details": {"name": {"value": "김민지"}},
        "intent": "delivery_late",
        "tried": [{"permalink": "/ko/help/delivery/parcel-late/"}],
        "transcript": [{"role": "customer", "text": "안녕하세요", "at": now.isoformat()}],
        "reply_by": now + timedelta(hours=4),
        "promise_text": "오늘 오후 3:00까지",
        "at": now,
        **changes,
    }


async def test_a_ticket_holds_all_a_person_needs(database: Database, conversation: Conversation, now: datetime) -> None:
    store = Tickets(database)
    ticket = await store.open("k1", **request(conversation, now))
    assert await store.find(ticket.number) == ticket
    assert ticket.status == "open"
    assert ticket.question == "주문한 게 아직 안 왔어요"
    assert ticket.details == {"name": {"value": "김민지"}}
    assert ticket.reply_by == now + timedelta(hours=4)
    assert await store.for_conversation(conversation.id) == [ticket]


async def test_the_promise_is_stored_with_the_ticket_once(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    for _ in range(3):
        ticket = await Tickets(database).open("k1", **request(conversation, now))
    (promise,) = await Promises(database).for_conversation(conversation.id)
    assert (promise.ticket_id, promise.text, promise.due_at) == (
        ticket.id,
        "오늘 오후 3:00까지",
        ticket.reply_by,
    )


async def test_a_request_repeated_at_once_on_two_replicas_makes_one_ticket(
    database_url: str, conversation: Conversation, now: datetime
) -> None:
    replicas = [Database(database_url) for _ in range(2)]
    for replica in replicas:
        await replica.connect()
    opened = await asyncio.gather(
        *(Tickets(replicas[n % 2]).open("k1", **request(conversation, now)) for n in range(12))
    )
    async with replicas[0].session() as connection:
        rows = (await connection.execute(text("SELECT count(*) FROM tickets"))).scalar_one()
        promised = (await connection.execute(text("SELECT count(*) FROM promises"))).scalar_one()
    for replica in replicas:
        await replica.dispose()
    assert (rows, promised) == (1, 1)
    assert {ticket.number for ticket in opened} == {opened[0].number}


async def test_a_number_that_is_taken_is_drawn_again(
    database: Database, conversation: Conversation, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: Iterator[str] = iter(["FD-AAAAAA", "FD-AAAAAA", "FD-CCCCCC"])
    monkeypatch.setattr(tickets_module, "new_number", lambda: next(drawn))
    first = await Tickets(database).open("k1", **request(conversation, now))
    second = await Tickets(database).open("k2", **request(conversation, now))
    assert (first.number, second.number) == ("FD-AAAAAA", "FD-CCCCCC")
    monkeypatch.setattr(tickets_module, "new_number", lambda: "FD-AAAAAA")
    with pytest.raises(NoNumberLeft):
        await Tickets(database).open("k3", **request(conversation, now))


async def test_the_queue_shows_a_team_its_own_longest_waiting_first(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    store = Tickets(database)
    late = await store.open("k1", **request(conversation, now + timedelta(minutes=5)))
    early = await store.open("k2", **request(conversation, now, kind="person"))
    await store.open("k3", **request(conversation, now, team="billing"))
    assert [ticket.id for ticket in await store.queue("support")] == [early.id, late.id]


async def test_a_ticket_nobody_opened_is_not_found(database: Database) -> None:
    assert await Tickets(database).find("FD-234679") is None


def test_a_number_is_found_however_it_is_typed() -> None:
    number = new_number()
    for typed in (
        number,
        number.lower(),
        number.replace("-", " "),
        number.removeprefix("FD-"),
        f" {number} ",
    ):
        assert tidy_number(typed) == number


def test_numbers_are_not_counted_and_have_no_twins() -> None:
    numbers = {new_number() for _ in range(2000)}
    assert len(numbers) > 1990  # two alike in so few are possible, and drawn again
    assert set("".join(numbers)) <= set(ALPHABET) | set("FD-")
    assert not set(ALPHABET) & set("01ILOSZBU58")
