"""Tickets: what a person picks up when the bot steps aside."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, select

from handoff.connection import Connection
from handoff.database import Database
from handoff.hooks import record_hook
from handoff.numbers import new_number, tidy_number
from handoff.promises import MadePromise, record_promise
from handoff.tables import tickets

Kind = Literal["question", "person"]
OPEN = "open"
_ATTEMPTS = 10


@dataclass(frozen=True, slots=True)
class Ticket:
    """One customer's request with everything needed to answer it without asking again."""

    id: str
    number: str
    key: str
    conversation_id: str
    team: str
    kind: Kind
    status: str
    language: str
    subject: str
    question: str
    details: Mapping[str, object]
    intent: str | None
    tried: Sequence[object]
    transcript: Sequence[object]
    opened_at: datetime
    reply_by: datetime | None


class NoNumberLeft(RuntimeError):
    """Every number that was drawn is taken."""

    def __init__(self) -> None:
        super().__init__(f"No free ticket number was found in {_ATTEMPTS} attempts.")


def _told(ticket: Ticket) -> dict[str, object]:
    """What another system hears of a new ticket."""
    return {
        "conversation": ticket.conversation_id,
        "ticket": ticket.number,
        "team": ticket.team,
        "kind": ticket.kind,
        "language": ticket.language,
        "subject": ticket.subject,
        "reply_by": ticket.reply_by.isoformat() if ticket.reply_by else None,
    }


class Tickets:
    """Opens and finds tickets. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def open(
        self,
        key: str,
        *,
        conversation_id: str,
        team: str,
        kind: Kind,
        language: str,
        subject: str,
        question: str,
        at: datetime,
        details: Mapping[str, object] | None = None,
        intent: str | None = None,
        tried: Sequence[object] = (),
        transcript: Sequence[object] = (),
        reply_by: datetime | None = None,
        promise_text: str = "",
    ) -> Ticket:
        """Opens one ticket for one `key`, however often and from wherever it is asked, and returns it.

        With `reply_by` the promise is stored in the same transaction, in the words of `promise_text`.
        """
        async with self._db.transaction() as connection:
            for _ in range(_ATTEMPTS):
                ticket = Ticket(
                    id=uuid.uuid4().hex,
                    number=new_number(),
                    key=key,
                    conversation_id=conversation_id,
                    team=team,
                    kind=kind,
                    status=OPEN,
                    language=language,
                    subject=subject,
                    question=question,
                    details=dict(details or {}),
                    intent=intent,
                    tried=list(tried),
                    transcript=list(transcript),
                    opened_at=at,
                    reply_by=reply_by,
                )
                values = {name: getattr(ticket, name) for name in Ticket.__slots__}
                await connection.execute(self._db.insert_once(tickets).values(**values))
                stored = await _one(connection, tickets.c.key == key)
                if stored is None:
                    continue  # another ticket has this number: draw again
                if stored.id == ticket.id:
                    await record_hook(connection, "ticket.created", _told(stored), at)
                if stored.id == ticket.id and reply_by is not None:
                    await record_promise(
                        connection,
                        MadePromise(
                            uuid.uuid4().hex,
                            conversation_id,
                            stored.id,
                            "reply",
                            promise_text,
                            reply_by,
                            at,
                            None,
                        ),
                    )
                return stored
        raise NoNumberLeft

    async def find(self, number: str) -> Ticket | None:
        """Takes a number as a person types it; returns the ticket, or None."""
        async with self._db.session() as connection:
            return await _one(connection, tickets.c.number == tidy_number(number))

    async def for_conversation(self, conversation_id: str) -> list[Ticket]:
        """Takes a conversation; returns its tickets, the first opened first."""
        return await self._all(tickets.c.conversation_id == conversation_id)

    async def queue(self, team: str) -> list[Ticket]:
        """Takes a team; returns its open tickets, the longest waiting first."""
        return await self._all(tickets.c.team == team, tickets.c.status == OPEN)

    async def _all(self, *conditions: ColumnElement[bool]) -> list[Ticket]:
        query = select(tickets).where(*conditions).order_by(tickets.c.opened_at, tickets.c.id)
        async with self._db.session() as connection:
            return [Ticket(**row._mapping) for row in await connection.execute(query)]


async def _one(connection: Connection, condition: ColumnElement[bool]) -> Ticket | None:
    row = (await connection.execute(select(tickets).where(condition))).one_or_none()
    return None if row is None else Ticket(**row._mapping)
