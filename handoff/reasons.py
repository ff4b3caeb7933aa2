"""Reasons: what each turn of the bot kept of itself, found by a message of it or by its number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from handoff.connection import Connection
from handoff.database import Database
from handoff.ownership import UnknownConversation
from handoff.stream import Event, event_from
from handoff.tables import conversations, events, traces


class NoSuchMessage(LookupError):
    """A conversation has no event of that number."""

    def __init__(self, conversation_id: str, seq: int) -> None:
        super().__init__(f"Conversation {conversation_id} has no message {seq}.")


class NotOfTheBot(LookupError):
    """The message belongs to no turn of the bot: a person answered it, or nobody has yet."""

    def __init__(self, conversation_id: str, seq: int) -> None:
        super().__init__(f"Message {seq} of conversation {conversation_id} belongs to no turn of the bot.")


class NoSuchTurn(LookupError):
    """The bot had fewer turns than that."""

    def __init__(self, conversation_id: str, number: int | None, turns: int) -> None:
        which = "no turn" if number is None else f"no turn {number}"
        had = f"it has {turns}, counted from 1" if turns else "the bot has not answered in it yet"
        super().__init__(f"Conversation {conversation_id} has {which} of the bot: {had}.")


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """One turn of the bot as it was kept.

    `number` counts the conversation's turns from 1; `seq` is the last message it answered. `messages` are those it
    answered, `words` what the bot said. `milliseconds`: how long the customer waited.
    """

    conversation_id: str
    number: int
    seq: int
    data: Mapping[str, Any]
    at: datetime
    outcome: str | None
    language: str | None
    milliseconds: int | None
    trouble: str | None
    messages: tuple[Event, ...]
    words: tuple[Event, ...]


class Reasons:
    """Finds turns. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of_message(self, conversation_id: str, seq: int) -> KeptTurn:
        """Takes a message's number, the customer's or the bot's; returns the turn it belongs to.

        Raises UnknownConversation, NoSuchMessage, NotOfTheBot.
        """
        async with self._db.session() as connection:
            await _check(connection, conversation_id)
            here = (events.c.conversation_id == conversation_id, events.c.seq == seq)
            row = (await connection.execute(select(events).where(*here))).one_or_none()
            if row is None:
                raise NoSuchMessage(conversation_id, seq)
            event = event_from(row)
            trace = await _of_event(connection, event)
            if trace is None:
                raise NotOfTheBot(conversation_id, seq)
            return await _kept(connection, trace)

    async def of_turn(self, conversation_id: str, number: int | None) -> KeptTurn:
        """Takes a turn's number, counted from 1, or None for the last; raises UnknownConversation, NoSuchTurn."""
        here = traces.c.conversation_id == conversation_id
        async with self._db.session() as connection:
            await _check(connection, conversation_id)
            query = select(traces).where(here)
            if number is None:
                query = query.order_by(traces.c.id.desc()).limit(1)
            else:
                query = query.order_by(traces.c.id).offset(max(number, 1) - 1).limit(1)
            row = (await connection.execute(query)).one_or_none()
            if row is None or (number is not None and number < 1):
                turns = (await connection.execute(select(func.count()).select_from(traces).where(here))).scalar_one()
                raise NoSuchTurn(conversation_id, number, turns)
            return await _kept(connection, row)

    async def said_before(self, turn: KeptTurn, limit: int) -> list[tuple[Event, ...]]:
        """Takes a turn and how many messages; returns what the customer wrote before it, as turns read it together,
        the latest first."""
        first = turn.messages[0].seq if turn.messages else turn.seq
        here = (events.c.conversation_id == turn.conversation_id, events.c.seq < first, events.c.role == "customer")
        those = traces.c.conversation_id == turn.conversation_id
        async with self._db.session() as connection:
            rows = await connection.execute(select(events).where(*here).order_by(events.c.seq.desc()).limit(limit))
            said = {row.seq: event_from(row) for row in rows}
            kept = await connection.execute(select(traces.c.seq, traces.c.data).where(those, traces.c.seq < first))
            together = {seq: row.seq for row in kept for seq in answered(row.data, row.seq)}
        bursts: dict[int, list[Event]] = {}
        for seq, event in said.items():
            bursts.setdefault(together.get(seq, seq), []).append(event)
        return [tuple(reversed(burst)) for burst in bursts.values()]


async def _check(connection: Connection, conversation_id: str) -> None:
    known = select(conversations.c.id).where(conversations.c.id == conversation_id)
    if (await connection.execute(known)).scalar_one_or_none() is None:
        raise UnknownConversation(conversation_id)


async def _of_event(connection: Connection, event: Event) -> Row[Any] | None:
    here = traces.c.conversation_id == event.conversation_id
    if event.role == "customer":
        # The next turn's, when it names the message among those it answered: a person may have come between.
        query = select(traces).where(here, traces.c.seq >= event.seq).order_by(traces.c.id).limit(1)
        row = (await connection.execute(query)).one_or_none()
        return row if row is not None and event.seq in answered(row.data, row.seq) else None
    if event.role != "bot" or event.turn is None:
        return None
    query = select(traces).where(here, traces.c.seq == event.turn).order_by(traces.c.id.desc()).limit(1)
    return (await connection.execute(query)).one_or_none()


def answered(data: object, seq: int) -> tuple[int, ...]:
    """Takes what a turn kept and its last message; returns the numbers of all messages it answered."""
    before = data.get("before") if isinstance(data, Mapping) else None
    kept = before.get("seqs") if isinstance(before, Mapping) else None
    return tuple(kept) if isinstance(kept, list) and seq in kept else (seq,)


async def _kept(connection: Connection, row: Row[Any]) -> KeptTurn:
    here = events.c.conversation_id == row.conversation_id
    data = row.data if isinstance(row.data, Mapping) else {}
    asked = select(events).where(here, events.c.seq.in_(answered(data, row.seq)), events.c.role == "customer")
    said = select(events).where(here, events.c.turn == row.seq, events.c.role == "bot")
    number = select(func.count()).select_from(traces)
    number = number.where(traces.c.conversation_id == row.conversation_id, traces.c.id <= row.id)
    return KeptTurn(
        conversation_id=row.conversation_id,
        number=(await connection.execute(number)).scalar_one(),
        seq=row.seq,
        data=data,
        at=row.at,
        outcome=row.outcome,
        language=row.language,
        milliseconds=row.milliseconds,
        trouble=row.trouble,
        messages=tuple(event_from(one) for one in await connection.execute(asked.order_by(events.c.seq))),
        words=tuple(event_from(one) for one in await connection.execute(said.order_by(events.c.seq))),
    )
