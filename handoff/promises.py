"""Promises: what we told a customer would happen, and by when; a time is computed from hours, never typed."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select, update

from handoff.connection import Connection
from handoff.database import Database
from handoff.hours import Team
from handoff.tables import promises


@dataclass(frozen=True, slots=True)
class Promise:
    """When a team replies. `due_at` is None when its hours back no promise: then none may be said."""

    due_at: datetime | None
    open_now: bool
    next_opening: datetime | None


@dataclass(frozen=True, slots=True)
class MadePromise:
    """A promise as it was made to a customer, and when it was kept."""

    id: str
    conversation_id: str
    ticket_id: str | None
    kind: str
    text: str
    due_at: datetime
    made_at: datetime
    kept_at: datetime | None


class UnknownPromise(LookupError):
    """There is no such promise."""

    def __init__(self, promise_id: str) -> None:
        super().__init__(f"There is no promise {promise_id!r}.")


def reply_promise(team: Team, at: datetime) -> Promise:
    """Takes a team and the moment somebody asks; returns the reply its own hours let us promise."""
    due = team.add_working_time(at, team.reply_within)
    if due is not None:
        # People are told minutes, so the promise is the full minute: what is said is what is stored.
        seconds = timedelta(seconds=due.second, microseconds=due.microsecond)
        due = due - seconds + timedelta(minutes=1) if seconds else due
        due = due.astimezone(UTC)
    return Promise(due, team.is_open(at), team.next_opening(at))


async def record_promise(connection: Connection, promise: MadePromise) -> None:
    """Takes a write transaction and a promise; stores it together with whatever else the transaction does."""
    await connection.execute(
        insert(promises).values(**{name: getattr(promise, name) for name in MadePromise.__slots__})
    )


class Promises:
    """Keeps what was promised. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def make(
        self,
        conversation_id: str,
        kind: str,
        text: str,
        due_at: datetime,
        at: datetime,
        ticket_id: str | None = None,
    ) -> MadePromise:
        """Takes what was said and by when it is due; stores and returns it."""
        promise = MadePromise(uuid.uuid4().hex, conversation_id, ticket_id, kind, text, due_at, at, None)
        async with self._db.transaction() as connection:
            await record_promise(connection, promise)
        return promise

    async def keep(self, promise_id: str, at: datetime) -> None:
        """Takes a promise that was kept; the first time counts."""
        async with self._db.transaction() as connection:
            known = select(promises.c.id).where(promises.c.id == promise_id)
            if (await connection.execute(known)).scalar_one_or_none() is None:
                raise UnknownPromise(promise_id)
            await connection.execute(
                update(promises).where(promises.c.id == promise_id, promises.c.kept_at.is_(None)).values(kept_at=at)
            )

    async def for_conversation(self, conversation_id: str) -> list[MadePromise]:
        """Takes a conversation; returns its promises, the first made first."""
        query = select(promises).where(promises.c.conversation_id == conversation_id)
        async with self._db.session() as connection:
            rows = await connection.execute(query.order_by(promises.c.made_at, promises.c.id))
            return [MadePromise(**row._mapping) for row in rows]

    async def overdue(self, at: datetime) -> list[MadePromise]:
        """Takes a moment; returns the promises that should have been kept by then and were not."""
        query = select(promises).where(promises.c.kept_at.is_(None), promises.c.due_at < at)
        async with self._db.session() as connection:
            rows = await connection.execute(query.order_by(promises.c.due_at))
            return [MadePromise(**row._mapping) for row in rows]
