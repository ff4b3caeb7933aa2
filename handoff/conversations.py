"""Conversations: opened by a customer, owned by the bot, the queue or one agent, and never by two."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import bindparam, insert, select, update

from handoff.connection import Connection
from handoff.database import Database
from handoff.hooks import record_move
from handoff.ownership import (
    MOVES,
    OWNERS,
    AlreadyClaimed,
    Conversation,
    Handover,
    IllegalMove,
    Owner,
    OwnershipChange,
    StaleMove,
    UnknownConversation,
    check_move,
    conversation_from,
)
from handoff.stream import append_event
from handoff.tables import conversations, ownership_changes

__all__ = [
    "MOVES",
    "OWNERS",
    "AlreadyClaimed",
    "Conversation",
    "Conversations",
    "Handover",
    "IllegalMove",
    "Owner",
    "OwnershipChange",
    "StaleMove",
    "UnknownConversation",
    "change_owner",
    "lock_conversation",
    "reopened",
]


# Put together once: doing it for each message costs more than running it.
_FOUND = select(conversations).where(conversations.c.id == bindparam("of"))
_LOCKED = _FOUND.with_for_update()


async def lock_conversation(connection: Connection, conversation_id: str) -> Conversation:
    """Takes a write transaction and an id; returns the conversation, which nobody else changes until it ends.

    SQLite has one writer at a time anyway; PostgreSQL is asked to lock the row.
    """
    row = (await connection.execute(_LOCKED, {"of": conversation_id})).one_or_none()
    if row is None:
        raise UnknownConversation(conversation_id)
    return conversation_from(row)


async def change_owner(connection: Connection, before: Conversation, handover: Handover, at: datetime) -> Conversation:
    """Takes a locked conversation and a legal move; records it, tells the customer, returns the result."""
    agent = handover.agent if handover.to == "agent" else None
    epoch = before.epoch + 1
    await connection.execute(
        update(conversations)
        .where(conversations.c.id == before.id)
        .values(owner=handover.to, agent=agent, epoch=epoch, updated_at=at)
    )
    change = {"from": before.owner, "to": handover.to, "agent": agent}
    record = {**change, "conversation_id": before.id, "epoch": epoch, "at": at}
    await connection.execute(insert(ownership_changes).values(**record, actor=handover.actor, reason=handover.reason))
    move = (before.owner, handover.to, agent, handover.actor, handover.reason, at)
    await record_move(connection, before.id, before.channel, before.language, epoch, *move)
    after = replace(before, owner=handover.to, agent=agent, epoch=epoch, updated_at=at)
    await append_event(connection, after, type_="owner", role="system", text="", data=change, at=at)
    return after


async def reopened(connection: Connection, conversation: Conversation, at: datetime) -> Conversation:
    """Takes a locked conversation whose customer writes; returns it, the bot's again if it had ended."""
    if conversation.owner != "closed":
        return conversation
    return await change_owner(connection, conversation, Handover("bot", "customer", "the customer wrote again"), at)


class Conversations:
    """Opens, finds and moves conversations. Takes the database it works on."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def open(
        self,
        channel: str,
        locale: str,
        token_hash: str | None,
        at: datetime,
        id: str | None = None,
        address: str | None = None,
    ) -> Conversation:
        """Takes where the customer comes from; returns the new conversation, which the bot owns.

        `id` may be given by a channel whose conversations have a name of their own: opening it again
        returns the one that is there. `address` is where the channel reaches the customer.
        """
        conversation = Conversation(
            id=id or uuid.uuid4().hex,
            channel=channel,
            locale=locale,
            language=locale.replace("_", "-").split("-")[0].lower(),
            token_hash=token_hash,
            owner="bot",
            agent=None,
            epoch=0,
            dialogue=None,
            created_at=at,
            updated_at=at,
            address=address,
        )
        values = {name: getattr(conversation, name) for name in conversations.c.keys()}  # noqa: SIM118
        async with self._db.transaction() as connection:
            await connection.execute(self._db.insert_once(conversations).values(**values))
            return await lock_conversation(connection, conversation.id)

    async def find(self, id: str) -> Conversation | None:
        """Takes an id; returns the conversation, or None when there is none."""
        async with self._db.session() as connection:
            row = (await connection.execute(_FOUND, {"of": id})).one_or_none()
        return None if row is None else conversation_from(row)

    async def move(
        self,
        id: str,
        to: Owner,
        actor: str,
        reason: str,
        expected_epoch: int | None,
        *,
        agent: str | None = None,
        at: datetime | None = None,
    ) -> Conversation:
        """Changes the owner in one transaction and returns the conversation as it then is.

        `actor` does it; `agent` gets it (the actor, unless named). `expected_epoch` is what the actor saw;
        None means whatever it is now. An agent who claims twice simply has it. Raises AlreadyClaimed,
        StaleMove, IllegalMove or UnknownConversation.
        """
        receiver = (agent or actor) if to == "agent" else None
        async with self._db.transaction() as connection:
            before = await lock_conversation(connection, id)
            if receiver is not None and before.owner == "agent" and before.agent == receiver:
                return before
            check_move(before, to, actor, receiver, expected_epoch)
            return await change_owner(
                connection, before, Handover(to, actor, reason, receiver), at or datetime.now(UTC)
            )

    async def changes(self, id: str) -> Sequence[OwnershipChange]:
        """Takes an id; returns every change of owner, oldest first."""
        query = select(ownership_changes).where(ownership_changes.c.conversation_id == id)
        async with self._db.session() as connection:
            rows = (await connection.execute(query.order_by(ownership_changes.c.epoch))).mappings()
            return [
                OwnershipChange(
                    id,
                    row["epoch"],
                    row["from"],
                    row["to"],
                    row["actor"],
                    row["agent"],
                    row["reason"],
                    row["at"],
                )
                for row in rows
            ]

    async def remember(self, id: str, dialogue: object, language: str | None = None) -> None:
        """Saves the dialogue engine's state, and the customer's language when it is given."""
        values: dict[str, object] = {"dialogue": dialogue}
        if language is not None:
            values["language"] = language
        async with self._db.transaction() as connection:
            result = await connection.execute(update(conversations).where(conversations.c.id == id).values(**values))
        if result.rowcount == 0:
            raise UnknownConversation(id)
