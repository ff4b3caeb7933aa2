"""Watch: conversations nobody looks after any more, because their agent has gone or the queue is too long."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select

from handoff.database import Database
from handoff.desk.items import Item, items_of
from handoff.tables import agents, cases, conversations, ownership_changes

#: Silent for longer, and with an answer, a customer is not waiting: the conversation stays with its agent until they
#: write, so that nobody is told in the evening that an agent has left.
LIVELY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Left:
    """A conversation whose agent has gone."""

    item: Item
    agent: str
    display: str


class Watch:
    """Finds what has to go on without the one who should do it. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def left_alone(self, now: datetime, away: timedelta) -> list[Left]:
        """Takes the moment and how long an agent may be silent; returns the conversations that wait for one who has
        gone. What is snoozed waits for its time."""
        gone = or_(agents.c.id.is_(None), agents.c.seen_at.is_(None), agents.c.seen_at < now - away)
        since = and_(
            ownership_changes.c.conversation_id == conversations.c.id,
            ownership_changes.c.epoch == conversations.c.epoch,
        )
        query = (
            select(conversations.c.id, conversations.c.agent, agents.c.display)
            .outerjoin(agents, agents.c.name == conversations.c.agent)
            .join(ownership_changes, since)
            # Passed to somebody who is not here yet: they have as long to come.
            .where(conversations.c.owner == "agent", gone, ownership_changes.c.at < now - away)
        )
        async with self._db.session(long=True) as connection:
            rows = {row[0]: (row[1], row[2] or row[1]) for row in await connection.execute(query)}
            items = await items_of(connection, list(rows), now)
        return [Left(item, *rows[id_]) for id_, item in items.items() if _waits(item, now)]

    async def too_long(self, now: datetime, limit: timedelta) -> list[str]:
        """Takes the moment and how long anybody may wait; returns the conversations in the queue for longer."""
        here = and_(
            ownership_changes.c.conversation_id == conversations.c.id,
            ownership_changes.c.epoch == conversations.c.epoch,
        )
        query = select(conversations.c.id).join(ownership_changes, here)
        query = query.where(conversations.c.owner == "queue", ownership_changes.c.at <= now - limit)
        async with self._db.session() as connection:
            return [str(id_) for id_ in (await connection.execute(query.order_by(ownership_changes.c.at))).scalars()]

    async def awake(self, since: datetime, now: datetime) -> list[str]:
        """Takes two moments; returns the conversations whose time of being put aside ended between them."""
        ended = (cases.c.snoozed_until > since, cases.c.snoozed_until <= now)
        query = select(cases.c.conversation_id).where(*ended)
        async with self._db.session() as connection:
            return [str(id_) for id_ in (await connection.execute(query)).scalars()]


def _waits(item: Item, now: datetime) -> bool:
    if item.snoozed_until is not None:
        return False
    return item.waiting_since is not None or (item.last is not None and now - item.last.at < LIVELY)
