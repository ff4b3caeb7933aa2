"""The stream: how one event is written to the end of a conversation, without a gap and without a double."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from handoff.ownership import Conversation
from handoff.tables import events

# What was said when it was no longer that speaker's turn: kept for the record, never shown.
DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a conversation, in its place (`seq`); `turn` is the message it answers."""

    conversation_id: str
    seq: int
    type: str
    role: str
    text: str
    data: Mapping[str, object]
    client_id: str | None
    epoch: int
    turn: int | None
    handled_at: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Word:
    """Something to be said: its type (message, ticket, promise …), who says it, the text, and its data."""

    type: str
    role: str
    text: str
    data: Mapping[str, object] = field(default_factory=dict)


async def append_event(
    connection: AsyncConnection,
    conversation: Conversation,
    *,
    type_: str,
    role: str,
    text: str,
    data: Mapping[str, object],
    at: datetime,
    client_id: str | None = None,
    turn: int | None = None,
    epoch: int | None = None,
) -> Event:
    """Takes a conversation locked in this transaction; writes the event at its end and returns it.

    Only a customer's message waits to be handled; everything else is handled by being written.
    """
    last = select(func.max(events.c.seq)).where(events.c.conversation_id == conversation.id)
    event = Event(
        conversation_id=conversation.id,
        seq=((await connection.execute(last)).scalar() or 0) + 1,
        type=type_,
        role=role,
        text=text,
        data=dict(data),
        client_id=client_id,
        epoch=conversation.epoch if epoch is None else epoch,
        turn=turn,
        handled_at=None if role == "customer" else at,
        at=at,
    )
    values = {name: getattr(event, name) for name in Event.__slots__}
    await connection.execute(insert(events).values(**values))
    return event


def event_from(row: Row[tuple[object, ...]]) -> Event:
    """Takes a row of the events table; returns the event."""
    return Event(**{name: row._mapping[name] for name in Event.__slots__})
