"""Signals are kept once for each message, with the words that raised them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from handoff.conversations import Conversation
from handoff.database import Database
from handoff.packet.parts import Evidence
from handoff.packet.signals import LONGEST_NAME, LONGEST_QUOTE, ledger_of, record_signals
from handoff.tables import signals


@dataclass(frozen=True)
class Signal:
    """A signal as detection raises it."""

    name: str
    weight: float
    quote: str
    seq: int


async def keep(database: Database, conversation: Conversation, noticed: Sequence[Signal], at: datetime) -> None:
    async with database.transaction() as connection:
        await record_signals(connection, conversation.id, noticed, at)


async def ledger(database: Database, conversation: Conversation) -> tuple[Evidence, ...]:
    async with database.session() as connection:
        return await ledger_of(connection, conversation.id)


async def test_a_signal_named_again_in_a_later_turn_is_kept_once(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    first, second = Signal("anger", 1.5, "this is a joke", 1), Signal("explicit_request", 4.0, "a person", 3)
    await keep(database, conversation, [first], now)
    await keep(database, conversation, [Signal("anger", 9.0, "changed", 1), second], now)
    await keep(database, conversation, [], now)
    assert await ledger(database, conversation) == (
        Evidence(1, "anger", 1.5, "this is a joke"),
        Evidence(3, "explicit_request", 4.0, "a person"),
    )


async def test_of_two_with_one_name_in_a_message_the_heavier_is_kept(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    await keep(database, conversation, [Signal("insult", 1.0, "a", 1), Signal("insult", -3.0, "b", 1)], now)
    assert await ledger(database, conversation) == (Evidence(1, "insult", -3.0, "b"),)


async def test_nothing_in_a_signal_can_cost_a_customer_the_turn(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    strange = Signal("n" * 300, float("nan"), "\x00\ud800" + "q" * 5000, 1)
    await keep(database, conversation, [strange, Signal("anger", float("inf"), "", 1)], now)
    kept = {one.name: one for one in await ledger(database, conversation)}
    assert kept["anger"].weight == 0.0
    assert kept["n" * LONGEST_NAME].quote == "\ufffd\ufffd" + "q" * (LONGEST_QUOTE - 2)
    assert kept["n" * LONGEST_NAME].weight == 0.0


async def test_the_ledger_of_an_endless_conversation_is_its_newest_part(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    await keep(database, conversation, [Signal("misses", 0.5, "x", seq) for seq in range(1, 501)], now)
    async with database.session() as connection:
        stored = (await connection.execute(select(func.count()).select_from(signals))).scalar_one()
    assert stored == 500
    assert [one.seq for one in await ledger(database, conversation)] == list(range(401, 501))
