"""Cases: an agent takes a conversation, passes it on, gives it back, or ends it; each in one transaction.

The change of owner, the private note that explains it, and the sentence the customer is told are written together.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import func, select, update

from handoff.connection import Connection
from handoff.conversations import change_owner, lock_conversation
from handoff.database import Database
from handoff.desk.whose import NotSnoozable, Who, theirs
from handoff.ownership import (
    Conversation,
    Handover,
    check_move,
)
from handoff.stream import NOTE, Word, append_event
from handoff.tables import cases, events, tickets
from handoff.tickets import OPEN

Outcome = Literal["solved", "ticket", "no_answer", "duplicate", "spam", "other"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
#: What the customer is told of a move, in their language.
Say = Callable[[Conversation], Sequence[Word]]


def nothing(_: Conversation) -> Sequence[Word]:
    """Says nothing to the customer."""
    return ()


class Cases:
    """Moves conversations at the desk. Takes the database.

    Each move takes who does it, the epoch they saw, and what the customer is told; it returns the conversation as it
    then is. Raises AlreadyClaimed, StaleMove, NotYours, IllegalMove or UnknownConversation.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def claim(self, id_: str, who: Who, epoch: int | None, at: datetime, say: Say = nothing) -> Conversation:
        """An agent takes a conversation; claiming what one has is no change."""
        async with self._db.transaction() as connection:
            before = await lock_conversation(connection, id_)
            if before.owner == "agent" and before.agent == who.name:
                return before
            handover = Handover("agent", who.name, "claimed at the desk", who.name)
            after = await self._move(connection, before, handover, epoch, at, say)
            await self._keep(connection, id_, outcome=None, outcome_at=None)
            return after

    async def release(
        self,
        id_: str,
        who: Who,
        epoch: int | None,
        to: Literal["queue", "bot"],
        at: datetime,
        note: str = "",
        say: Say = nothing,
        reason: str = "released at the desk",
    ) -> Conversation:
        """An agent gives a conversation back, to the queue or to the bot."""
        async with self._db.transaction() as connection:
            before = await lock_conversation(connection, id_)
            theirs(before, who, to, epoch)
            after = await self._move(connection, before, Handover(to, who.name, reason), epoch, at, say, note, who)
            await self._keep(connection, id_)
            return after

    async def pass_to(
        self, id_: str, who: Who, epoch: int | None, receiver: Who, at: datetime, note: str = "", say: Say = nothing
    ) -> Conversation:
        """An agent hands a conversation to a colleague."""
        async with self._db.transaction() as connection:
            before = await lock_conversation(connection, id_)
            if before.owner == "agent" and before.agent == receiver.name:
                return before
            theirs(before, who, "agent", epoch)
            if before.owner == "agent" and before.agent != who.name:
                # A supervisor takes it from one colleague for another: written down as the two moves it is.
                before = await change_owner(connection, before, Handover("queue", who.name, "passed on"), at)
                epoch = before.epoch
            handover = Handover("agent", who.name, "passed on", receiver.name)
            after = await self._move(connection, before, handover, epoch, at, say, note, who)
            await self._keep(connection, id_)
            return after

    async def pass_to_team(
        self, id_: str, who: Who, epoch: int | None, team: str, at: datetime, note: str = "", say: Say = nothing
    ) -> Conversation:
        """An agent puts a conversation into a team's queue."""
        async with self._db.transaction() as connection:
            after = before = await lock_conversation(connection, id_)
            theirs(before, who, "queue", epoch)
            if before.owner == "queue":
                await _note(connection, before, who, note, at)
            else:
                handover = Handover("queue", who.name, "passed to a team")
                after = await self._move(connection, before, handover, epoch, at, say, note, who)
            await self._keep(connection, id_, team=team)
            return after

    async def snooze(self, id_: str, who: Who, until: datetime | None) -> Conversation:
        """Puts what an agent has aside until a moment or the customer's next word; None takes it up again."""
        async with self._db.transaction() as connection:
            conversation = await lock_conversation(connection, id_)
            if conversation.owner != "agent":
                raise NotSnoozable(conversation)
            theirs(conversation, who, "snoozed", None)
            last = select(func.max(events.c.seq)).where(events.c.conversation_id == id_)
            seq = (await connection.execute(last)).scalar() or 0
            await self._keep(connection, id_, until=until, seq=seq)
            return conversation

    async def close(
        self,
        id_: str,
        who: Who,
        epoch: int | None,
        outcome: Outcome,
        at: datetime,
        note: str = "",
        say: Say = nothing,
    ) -> Conversation:
        """An agent ends a conversation; its tickets are done with, unless the outcome is that one stays."""
        async with self._db.transaction() as connection:
            before = await lock_conversation(connection, id_)
            theirs(before, who, "closed", epoch)
            handover = Handover("closed", who.name, outcome)
            after = before
            if before.owner != "closed":
                after = await self._move(connection, before, handover, epoch, at, say, note, who)
            if outcome != "ticket":
                status = "solved" if outcome == "solved" else "closed"
                mine = (tickets.c.conversation_id == id_, tickets.c.status == OPEN)
                await connection.execute(update(tickets).where(*mine).values(status=status))
            await self._keep(connection, id_, outcome=outcome, outcome_at=at)
            return after

    async def read(self, id_: str, seq: int) -> None:
        """Takes how far somebody at the desk has read."""
        known = select(cases.c.read_seq).where(cases.c.conversation_id == id_)
        async with self._db.session() as connection:
            if ((await connection.execute(known)).scalar() or 0) >= seq:
                return
        async with self._db.transaction() as connection:
            await mark_read(self._db, connection, id_, seq)

    async def _move(
        self,
        connection: Connection,
        before: Conversation,
        handover: Handover,
        epoch: int | None,
        at: datetime,
        say: Say,
        note: str = "",
        who: Who | None = None,
    ) -> Conversation:
        check_move(before, handover.to, handover.actor, handover.agent, epoch)
        if who is not None:
            await _note(connection, before, who, note, at)
        after = await change_owner(connection, before, handover, at)
        for word in say(after):
            await append_event(
                connection, after, type_=word.type, role=word.role, text=word.text, data=word.data, at=at
            )
        return after

    async def _keep(self, connection: Connection, id_: str, **values: Any) -> None:
        """Whatever changed hands is not snoozed any more."""
        row = {"snoozed_until": values.pop("until", None), "snoozed_seq": values.pop("seq", None), **values}
        await keep_case(self._db, connection, id_, **row)


async def keep_case(db: Database, connection: Connection, id_: str, **values: Any) -> None:
    """Takes a write transaction that has the conversation locked, and what the desk is to keep of it."""
    await connection.execute(db.insert_once(cases).values(conversation_id=id_, read_seq=0))
    if values:
        await connection.execute(update(cases).where(cases.c.conversation_id == id_).values(**values))


async def mark_read(db: Database, connection: Connection, id_: str, seq: int) -> None:
    """Takes a write transaction and how far was read; never goes back."""
    await connection.execute(db.insert_once(cases).values(conversation_id=id_, read_seq=0))
    here = (cases.c.conversation_id == id_, cases.c.read_seq < seq)
    await connection.execute(update(cases).where(*here).values(read_seq=seq))


async def _note(connection: Connection, conversation: Conversation, who: Who, text: str, at: datetime) -> None:
    if text.strip():
        data = {"agent": who.as_data()}
        await append_event(connection, conversation, type_=NOTE, role="agent", text=text, data=data, at=at)
