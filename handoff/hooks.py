"""Hooks: what the operator's own systems are told, written with the fact it tells and posted afterwards."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from handoff.connection import Connection
from handoff.database import Database
from handoff.tables import hooks

Type = Literal["handoff.requested", "handoff.claimed", "handoff.closed", "ticket.created", "message.undelivered"]
TYPES: tuple[Type, ...] = get_args(Type)
Status = Literal["due", "sent", "dead"]
#: Who told it nobody wants it: kept as long as somebody might still switch the hook on and be glad of it.
KEPT, SENT_KEPT = timedelta(days=1), timedelta(days=7)
_OWNERS: Mapping[str, Type] = {
    "queue": "handoff.requested",
    "agent": "handoff.claimed",
    "closed": "handoff.closed",
}


@dataclass(frozen=True, slots=True)
class Hook:
    """One thing to be told: its type and data, how often it was tried, when it is due, and why it waits."""

    id: str
    type: Type
    data: Mapping[str, Any]
    status: Status
    attempts: int
    due_at: datetime
    reason: str | None
    at: datetime
    done_at: datetime | None


async def record_hook(connection: Connection, type_: Type, data: Mapping[str, object], at: datetime) -> None:
    """Takes a write transaction and a fact it makes true; has it told once that is so."""
    row = {"id": uuid.uuid4().hex, "type": type_, "data": dict(data), "status": "due", "attempts": 0}
    await connection.execute(insert(hooks).values(**row, due_at=at, reason=None, at=at, done_at=None))


async def record_move(
    connection: Connection,
    conversation_id: str,
    channel: str,
    language: str,
    epoch: int,
    from_: str,
    to: str,
    agent: str | None,
    actor: str,
    reason: str,
    at: datetime,
) -> None:
    """Takes a write transaction and a change of owner; has it told when it concerns people.

    The bot getting a conversation back is no news to anybody's system.
    """
    if to not in _OWNERS:
        return
    data = {"conversation": conversation_id, "channel": channel, "language": language, "epoch": epoch, "from": from_}
    await record_hook(connection, _OWNERS[to], {**data, "to": to, "agent": agent, "actor": actor, "reason": reason}, at)


class Hooks:
    """Says what is to be posted, and keeps what became of it. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def claim(self, now: datetime, until: datetime, limit: int = 20) -> list[Hook]:
        """Takes the moment; returns what is due, the oldest first, claimed by this process until then.

        Two processes that ask at once get different ones; what one that dies had claimed is due again.
        """
        due = (hooks.c.status == "due", hooks.c.due_at <= now)
        async with self._db.session() as connection:
            if (await connection.execute(select(hooks.c.id).where(*due).limit(1))).first() is None:
                return []
        query = select(hooks).where(*due).order_by(hooks.c.due_at).limit(limit)
        async with self._db.transaction() as connection:
            found = [Hook(**row._mapping) for row in await connection.execute(query.with_for_update(skip_locked=True))]
            mine = update(hooks).where(hooks.c.id.in_([one.id for one in found]))
            if found:
                await connection.execute(mine.values(due_at=until, attempts=hooks.c.attempts + 1))
        return found

    async def next_due(self, after: datetime) -> datetime | None:
        """Takes the moment; returns when the next one becomes due, or None."""
        query = select(func.min(hooks.c.due_at)).where(hooks.c.status == "due", hooks.c.due_at > after)
        async with self._db.session() as connection:
            found: datetime | None = (await connection.execute(query)).scalar()
        return found

    async def sent(self, hook: Hook, at: datetime) -> None:
        """It was received."""
        await self._set(hook.id, status="sent", reason=None, done_at=at)

    async def put_off(self, hook: Hook, due_at: datetime, reason: str) -> None:
        """It was not received, and is tried again then."""
        await self._set(hook.id, due_at=due_at, reason=reason)

    async def dead(self, hook: Hook, at: datetime, reason: str) -> None:
        """It was not received, and is not tried again unless somebody says so."""
        await self._set(hook.id, status="dead", reason=reason, done_at=at)

    async def again(self, now: datetime, id_: str | None = None) -> int:
        """Has a dead one, or all of them, posted after all; returns how many."""
        which = [hooks.c.status == "dead", *([hooks.c.id == id_] if id_ else [])]
        values = {"status": "due", "attempts": 0, "due_at": now, "done_at": None}
        async with self._db.transaction() as connection:
            return (await connection.execute(update(hooks).where(*which).values(**values))).rowcount

    async def list(self, status: str | None = None, limit: int = 100) -> list[Hook]:
        """Takes a status; returns them, the oldest first."""
        which: list[ColumnElement[bool]] = [hooks.c.status == status] if status else []
        query = select(hooks).where(*which).order_by(hooks.c.at, hooks.c.id).limit(limit)
        async with self._db.session() as connection:
            return [Hook(**row._mapping) for row in await connection.execute(query)]

    async def counts(self) -> dict[str, int]:
        """Returns how many there are of each status."""
        query = select(hooks.c.status, func.count()).group_by(hooks.c.status)
        async with self._db.session() as connection:
            return {str(status): int(count) for status, count in await connection.execute(query)}

    async def forget(self, now: datetime, on: bool) -> None:
        """Takes the moment, and whether anybody wants them; throws away what was received long ago, and what nobody
        wanted."""
        old = (hooks.c.status == "sent") & (hooks.c.done_at < now - SENT_KEPT)
        if not on:
            old = old | ((hooks.c.status == "due") & (hooks.c.at < now - KEPT))
        async with self._db.transaction() as connection:
            await connection.execute(delete(hooks).where(old))

    async def _set(self, id_: str, **values: object) -> None:
        async with self._db.transaction() as connection:
            await connection.execute(update(hooks).where(hooks.c.id == id_).values(**values))
