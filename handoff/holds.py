"""Holds: which process has a conversation's unanswered messages in hand, so that two never think about the same one.

A hold is taken by whoever stores a message, let go by the turn that answers it, and lost when its time is over: then
another process takes the conversation up. It only saves work from being done twice. That nothing is answered twice
rests on the messages themselves, which a turn marks as handled in the transaction that answers them.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select, update

from handoff.connection import Connection
from handoff.database import Database
from handoff.ownership import Conversation
from handoff.tables import conversations, events

#: How long a process may be silent before its conversations are taken up by another one.
LEASE = timedelta(seconds=6)

# Put together once: doing it for each message costs more than running it.
_TAKE = (
    update(conversations)
    .where(conversations.c.id == bindparam("of"))
    .values(held_by=bindparam("holder"), held_until=bindparam("until"))
)
_FREE = {"held_by": None, "held_until": None}


async def take_hold(connection: Connection, conversation: Conversation, holder: str, at: datetime) -> bool:
    """Takes a conversation locked in this transaction; returns whether the holder has it now."""
    kept, until = conversation.held_until, at + LEASE
    if kept is not None and kept > at:
        if conversation.held_by != holder:
            return False
        if kept > at + LEASE / 2:
            return True
    await connection.execute(_TAKE, {"of": conversation.id, "holder": holder, "until": until})
    return True


class Holds:
    """The holds of one process.

    Args:
        holder: the process's name, which no other one ever has.
    """

    def __init__(self, db: Database, holder: str) -> None:
        self._db = db
        self.holder = holder

    async def take(self, conversation_id: str, now: datetime) -> bool:
        """Takes a conversation with messages to answer; returns whether this process has it now."""
        free = or_(
            conversations.c.held_until.is_(None),
            conversations.c.held_until <= now,
            conversations.c.held_by == self.holder,
        )
        here = conversations.c.id == conversation_id
        values = {"held_by": self.holder, "held_until": now + LEASE}
        async with self._db.transaction() as connection:
            return bool((await connection.execute(update(conversations).where(here, free).values(**values))).rowcount)

    async def claim(self, now: datetime, limit: int) -> list[str]:
        """Takes up conversations that wait for an answer and that nobody has in hand, the longest waiting first.

        Returns their ids, at most `limit`. Two processes that ask at once get different ones.
        """
        waiting = (
            select(events.c.conversation_id, func.min(events.c.id).label("since"))
            .where(events.c.handled_at.is_(None))
            .group_by(events.c.conversation_id)
            .subquery()
        )
        lost = or_(conversations.c.held_until.is_(None), conversations.c.held_until <= now)
        query = (
            select(conversations.c.id)
            .join(waiting, waiting.c.conversation_id == conversations.c.id)
            .where(lost)
            .order_by(waiting.c.since)
            .limit(limit)
        )
        async with self._db.session() as reading:
            if not (await reading.execute(query.limit(1))).first():
                # As nearly always: nothing to write, and nobody is kept from writing.
                return []
        async with self._db.transaction() as connection:
            locked = query.with_for_update(skip_locked=True, of=conversations)
            found = [str(id_) for id_ in (await connection.execute(locked)).scalars()]
            if found:
                mine = {"held_by": self.holder, "held_until": now + LEASE}
                await connection.execute(update(conversations).where(conversations.c.id.in_(found)).values(**mine))
            return found

    async def keep(self, conversation_ids: Collection[str], now: datetime) -> set[str]:
        """Takes conversations that are still in hand; returns those that this process has not lost meanwhile."""
        mine = (conversations.c.id.in_(list(conversation_ids)), conversations.c.held_by == self.holder)
        kept = update(conversations).where(*mine).values(held_until=now + LEASE).returning(conversations.c.id)
        async with self._db.transaction() as connection:
            return {str(id_) for id_ in (await connection.execute(kept)).scalars()}

    async def give_back(self, conversation_ids: Collection[str]) -> None:
        """Takes conversations that this process will not finish; any process may take them up at once."""
        mine = (conversations.c.id.in_(list(conversation_ids)), conversations.c.held_by == self.holder)
        async with self._db.transaction() as connection:
            await connection.execute(update(conversations).where(*mine).values(**_FREE))

    async def alone(self) -> None:
        """Says that no other process serves these conversations: what one that died had in hand is free at once."""
        held = conversations.c.held_by.is_not(None)
        async with self._db.transaction() as connection:
            await connection.execute(update(conversations).where(held).values(**_FREE))
