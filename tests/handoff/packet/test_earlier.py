"""What a customer had before is found, and an agent sees whether it is surely theirs."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from handoff.conversations import Conversation, Conversations
from handoff.database import Database
from handoff.facts import Fact, Facts
from handoff.packet import Packets
from handoff.packet.parts import Earlier
from handoff.tables import IS_ADDRESS
from handoff.tickets import Ticket, Tickets


async def a_conversation(
    database: Database, at: datetime, *facts: Fact, channel: str = "web", address: str | None = None
) -> Conversation:
    opened = await Conversations(database).open(channel, "en", None, at, address=address)
    await Facts(database).record(opened.id, facts, at)
    return opened


async def a_ticket(database: Database, conversation: Conversation, at: datetime) -> Ticket:
    return await Tickets(database).open(
        f"{conversation.id}:0",
        conversation_id=conversation.id,
        team="support",
        kind="question",
        language="en",
        subject="Chipped teapot",
        question="The teapot is chipped",
        at=at,
        intent="damaged_item",
    )


async def earlier(database: Database, conversation: Conversation) -> tuple[Earlier, ...]:
    return (await Packets(database).of(conversation.id)).earlier


@pytest.mark.parametrize(("field", "value"), [("email", "jane@example.com"), ("phone", "+31612345678")])
async def test_the_same_contact_is_a_claim_and_no_proof(
    database: Database, now: datetime, field: str, value: str
) -> None:
    # Even a confirmed spelling says nothing of who typed it.
    fact = Fact(field, value, value, 1, confirmed=True)
    before = await a_conversation(database, now - timedelta(days=3), fact)
    ticket = await a_ticket(database, before, now - timedelta(days=3))
    (one,) = await earlier(database, await a_conversation(database, now, fact))
    assert one == Earlier(
        "ticket",
        ticket.number,
        before.id,
        now - timedelta(days=3),
        "open",
        "Chipped teapot",
        "damaged_item",
        "web",
        field,
        "claimed",
    )


async def test_the_same_address_in_the_same_app_is_the_same_customer(database: Database, now: datetime) -> None:
    before = await a_conversation(database, now - timedelta(days=1), channel="telegram", address="4711")
    await a_conversation(database, now, channel="line", address="4711")
    present = await a_conversation(database, now, channel="telegram", address="4711")
    (one,) = await earlier(database, present)
    assert (one.kind, one.id, one.known_by, one.identity) == ("conversation", before.id, "address", "same")


async def test_an_address_that_was_corrected_ties_nobody(database: Database, now: datetime) -> None:
    mistyped, right = Fact("email", "jane@example.com", "…"), Fact("email", "june@example.com", "no, june@…")
    await a_conversation(database, now, mistyped, right)
    assert await earlier(database, await a_conversation(database, now, mistyped)) == ()
    assert len(await earlier(database, await a_conversation(database, now, right))) == 1


async def test_what_is_no_address_ties_nobody(database: Database, now: datetime) -> None:
    same = (Fact("name", "Jane", "Jane"), Fact("order_number", "LL-1", "LL-1"), Fact("email", None, "no"))
    await a_conversation(database, now, *same)
    assert await earlier(database, await a_conversation(database, now, *same)) == ()


async def test_an_endless_address_is_stored_and_ties_nobody(database: Database, now: datetime) -> None:
    # Longer than an entry of a PostgreSQL index may be, and kept as it was typed.
    endless = Fact("email", "".join(f"{n:x}" for n in range(4000)), "…")
    await a_conversation(database, now, endless)
    assert await earlier(database, await a_conversation(database, now, endless)) == ()


async def test_the_newest_ten_come_first_and_its_own_tickets_are_among_them(database: Database, now: datetime) -> None:
    mail = Fact("email", "jane@example.com", "…")
    for days in range(15):
        await a_conversation(database, now - timedelta(days=days + 1), mail)
    present = await a_conversation(database, now, mail)
    own = await a_ticket(database, present, now)
    found = await earlier(database, present)
    assert [one.at for one in found] == [now - timedelta(days=days) for days in range(10)]
    assert (found[0].id, found[0].known_by, found[0].identity) == (own.number, "this_conversation", "same")


async def test_the_index_is_used(database: Database, now: datetime) -> None:
    await a_conversation(database, now, Fact("email", "jane@example.com", "…"))
    query = f"SELECT id FROM facts WHERE {IS_ADDRESS} AND value IN ('a@example.com')"
    async with database.transaction() as connection:
        if database.is_sqlite:
            plan = str((await connection.execute(text(f"EXPLAIN QUERY PLAN {query}"))).all())
        else:
            # A table of one row is read whole by anybody sensible; what matters is that the index could be used.
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
            plan = str((await connection.execute(text(f"EXPLAIN {query}"))).all())
    assert "ix_facts_address" in plan
