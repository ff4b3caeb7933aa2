"""The outbox: every word on its way to a customer in a messaging app, and what became of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from handoff.connection import Connection
from handoff.conversations import lock_conversation
from handoff.database import Database
from handoff.hooks import record_hook
from handoff.letters import Letter, Status, Undelivered, letter_from
from handoff.stream import UNDELIVERED, Event, append_event
from handoff.tables import events, outbox, ownership_changes

__all__ = ["Letter", "Outbox", "Status", "Undelivered"]


#: Those who move a conversation without taking the word from the bot.
_NOT_A_PERSON = ("bot", "customer", "system")


class Outbox:
    """Says what is due, and keeps what became of it. Takes the database.

    Of a conversation only its first waiting letter is ever due, so that words arrive in order. A sender claims a
    letter by moving its due time; whoever finds it moved has lost it. A sender that dies leaves it due again.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def due(self, now: datetime, limit: int = 500) -> list[str]:
        """Takes the moment; returns the conversations whose first waiting letter is due, the oldest first."""
        heads = _heads()
        query = (
            select(outbox.c.conversation_id)
            .join(heads, (heads.c.conversation_id == outbox.c.conversation_id) & (heads.c.seq == outbox.c.seq))
            .where(outbox.c.due_at <= now)
            .order_by(outbox.c.due_at)
            .limit(limit)
        )
        async with self._db.session() as connection:
            return list((await connection.execute(query)).scalars())

    async def next_due(self, after: datetime) -> datetime | None:
        """Takes the moment; returns when the next waiting letter becomes due, or None."""
        query = select(outbox.c.due_at).where(outbox.c.status == "due", outbox.c.due_at > after)
        async with self._db.session() as connection:
            return (await connection.execute(query.order_by(outbox.c.due_at).limit(1))).scalar()

    async def head(self, conversation_id: str, now: datetime) -> Letter | None:
        """Takes a conversation; returns its first waiting letter when that is due, else None."""
        query = select(outbox).where(outbox.c.conversation_id == conversation_id, outbox.c.status == "due")
        async with self._db.session() as connection:
            row = (await connection.execute(query.order_by(outbox.c.seq).limit(1))).mappings().one_or_none()
            return None if row is None or row["due_at"] > now else await letter_from(connection, row)

    async def claim(self, letter: Letter, now: datetime, until: datetime) -> Letter | None:
        """Takes a letter about to be sent; returns it claimed until then, or None when it must not be sent.

        A bot's word is dropped here when a person took the conversation over after it was said.
        """
        async with self._db.transaction() as connection:
            await lock_conversation(connection, letter.conversation_id)
            if await _overtaken(connection, letter.event):
                why = "a person took over before it was sent"
                await _change(connection, letter, status="dropped", reason=why, done_at=now)
                return None
            claimed = replace(letter, due_at=until, attempts=letter.attempts + 1)
            mine = await _change(connection, letter, due_at=until, attempts=claimed.attempts)
            return claimed if mine else None

    async def part_sent(self, letter: Letter, receipt: Mapping[str, Any], at: datetime) -> bool:
        """Takes a claimed letter and what the provider said to its next part; the part after that is due now."""
        parts = {"parts_sent": letter.parts_sent + 1, "sent": [*letter.sent, dict(receipt)], "attempts": 0}
        return await self._settle(letter, due_at=at, reason=None, **parts)

    async def finished(
        self, letter: Letter, status: Status, at: datetime, receipt: Mapping[str, Any] | None = None, reason: str = ""
    ) -> bool:
        """Takes a claimed letter and how it ended; nothing more is done with it.

        When that is news to whoever said it, an event tells it to the conversation in the same transaction.
        """
        parts = {} if receipt is None else {"parts_sent": letter.parts_sent + 1, "sent": [*letter.sent, dict(receipt)]}
        values = {"status": status, "reason": reason or None, "done_at": at, **parts}
        news = letter.news(status)
        async with self._db.transaction() as connection:
            # Locked before the letter is touched, as whoever claims one does: else the two wait for each other.
            conversation = await lock_conversation(connection, letter.conversation_id) if news else None
            mine = await _change(connection, letter, **values)
            if mine and news and conversation:
                data = {"seq": letter.seq, **({"reason": reason} if reason else {})}
                await append_event(connection, conversation, type_=news, role="system", text="", data=data, at=at)
                if news == UNDELIVERED:
                    told = {"conversation": letter.conversation_id, "seq": letter.seq, "channel": letter.channel}
                    await record_hook(connection, "message.undelivered", {**told, "reason": reason}, at)
            return mine

    async def put_off(self, letter: Letter, due_at: datetime, reason: str) -> bool:
        """Takes a claimed letter that could not be sent now; it is due again then."""
        return await self._settle(letter, due_at=due_at, reason=reason)

    async def again(self, letter_id: int, now: datetime) -> bool:
        """Takes a dead letter's id; has it sent after all, from the part it stopped at, with all its tries anew.

        Returns False when there is no such dead letter.
        """
        return await self._again(now, outbox.c.id == letter_id) == 1

    async def again_all(self, now: datetime) -> int:
        """Has every dead letter sent after all; returns how many there were."""
        return await self._again(now)

    async def undelivered(self, limit: int) -> list[Undelivered]:
        """Takes how many to list; returns the words that were given up, the latest first."""
        columns = (outbox.c.id, outbox.c.channel, events.c.role, outbox.c.attempts, outbox.c.reason, events.c.at)
        same = (events.c.conversation_id == outbox.c.conversation_id) & (events.c.seq == outbox.c.seq)
        query = select(*columns, outbox.c.done_at).join(events, same).where(outbox.c.status == "dead")
        async with self._db.session() as connection:
            rows = await connection.execute(query.order_by(outbox.c.done_at.desc(), outbox.c.id.desc()).limit(limit))
            return [
                Undelivered(id_, channel, role, attempts, reason or "", said_at, given_up_at)
                for id_, channel, role, attempts, reason, said_at, given_up_at in rows
            ]

    async def counts(self) -> dict[str, int]:
        """Returns how many letters there are of each status."""
        query = select(outbox.c.status, func.count()).group_by(outbox.c.status)
        async with self._db.session() as connection:
            return {str(row[0]): int(row[1]) for row in await connection.execute(query)}

    async def letters(
        self, *, status: str | None = None, conversation_id: str | None = None, after: int = 0, limit: int = 100
    ) -> list[Letter]:
        """Takes what to look for (`after`: a seq, within a conversation); returns the letters, oldest first."""
        query = select(outbox).where(outbox.c.seq > after).order_by(outbox.c.id).limit(limit)
        if status is not None:
            query = query.where(outbox.c.status == status)
        if conversation_id is not None:
            query = query.where(outbox.c.conversation_id == conversation_id)
        async with self._db.session() as connection:
            rows = (await connection.execute(query)).mappings().all()
            return [await letter_from(connection, row) for row in rows]

    async def _again(self, now: datetime, *which: ColumnElement[bool]) -> int:
        values = {"status": "due", "attempts": 0, "due_at": now, "at": now, "reason": None, "done_at": None}
        dead = update(outbox).where(outbox.c.status == "dead", *which).values(**values)
        async with self._db.transaction() as connection:
            return (await connection.execute(dead)).rowcount

    async def _settle(self, letter: Letter, **values: object) -> bool:
        async with self._db.transaction() as connection:
            return await _change(connection, letter, **values)


def _heads() -> Any:
    query = select(outbox.c.conversation_id, func.min(outbox.c.seq).label("seq"))
    return query.where(outbox.c.status == "due").group_by(outbox.c.conversation_id).subquery()


async def _change(connection: Connection, letter: Letter, **values: object) -> bool:
    """Changes a letter that is still as we know it; False when somebody else has it now."""
    same = (outbox.c.id == letter.id, outbox.c.status == "due", outbox.c.due_at == letter.due_at)
    return (await connection.execute(update(outbox).where(*same).values(**values))).rowcount == 1


async def _overtaken(connection: Connection, event: Event) -> bool:
    if event.role != "bot":
        return False
    since = (
        ownership_changes.c.conversation_id == event.conversation_id,
        ownership_changes.c.epoch > event.epoch,
        # The bot's own farewell, said while it passes the customer on, is to reach them.
        (ownership_changes.c.to == "agent") | ownership_changes.c.actor.not_in(_NOT_A_PERSON),
    )
    return (await connection.execute(select(ownership_changes.c.epoch).where(*since).limit(1))).first() is not None
