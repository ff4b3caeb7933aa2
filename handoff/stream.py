"""The stream: how one event is written to the end of a conversation, without a gap and without a double."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, bindparam, func, insert, select

from handoff.connection import Connection
from handoff.ownership import Conversation
from handoff.tables import events, outbox

# What was said when it was no longer that speaker's turn: kept for the record, never shown.
DROPPED = "dropped"
# Whether a word reached the customer's app: told to the agent who said it, and to nobody else.
UNDELIVERED, DELIVERED = "undelivered", "delivered"
# What agents write for each other.
NOTE = "note"
# What a customer is never shown.
UNSEEN = (DROPPED, UNDELIVERED, DELIVERED, NOTE)
# Not written down as something to say: what is not shown, and notices for whoever watches a conversation.
_UNSAID = (*UNSEEN, "owner")
# Put together once: doing it for each message costs more than running it.
_LAST = select(func.max(events.c.seq)).where(events.c.conversation_id == bindparam("of"))
_APPEND = insert(events)


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
    connection: Connection,
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
    handled: bool = False,
) -> Event:
    """Takes a conversation locked in this transaction; writes the event at its end and returns it.

    Only a customer's message waits to be handled, unless it was answered at once (`handled`); everything else is
    handled by being written. What is to reach a customer in a messaging app is put in the outbox as well.
    """
    event = Event(
        conversation_id=conversation.id,
        seq=((await connection.execute(_LAST, {"of": conversation.id})).scalar() or 0) + 1,
        type=type_,
        role=role,
        text=text,
        data=dict(data),
        client_id=client_id,
        epoch=conversation.epoch if epoch is None else epoch,
        turn=turn,
        handled_at=None if role == "customer" and not handled else at,
        at=at,
    )
    await connection.execute(_APPEND, {name: getattr(event, name) for name in Event.__slots__})
    if conversation.address is not None and _to_be_sent(event):
        await _post(connection, conversation, event)
    return event


def _to_be_sent(event: Event) -> bool:
    if event.role == "customer":
        # A pressed button keeps turning in the customer's app until the app hears that the press arrived.
        return "receipt" in event.data
    return event.type not in _UNSAID and bool(event.text.strip())


async def _post(connection: Connection, conversation: Conversation, event: Event) -> None:
    await connection.execute(
        insert(outbox).values(
            conversation_id=conversation.id,
            seq=event.seq,
            channel=conversation.channel,
            status="due",
            attempts=0,
            parts_sent=0,
            due_at=event.at,
            reason=None,
            sent=[],
            at=event.at,
            done_at=None,
        )
    )


def event_from(row: Row[tuple[object, ...]]) -> Event:
    """Takes a row of the events table; returns the event."""
    return Event(**{name: row._mapping[name] for name in Event.__slots__})
