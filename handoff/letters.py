"""Letters: one word on its way to a customer in a messaging app, and what its end means to whoever said it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from handoff.connection import Connection
from handoff.stream import DELIVERED, UNDELIVERED, Event, event_from
from handoff.tables import conversations, events

Status = Literal["due", "sent", "simulated", "dropped", "dead"]


@dataclass(frozen=True, slots=True)
class Letter:
    """One event on its way: how far it got (`parts_sent` of it are out), when it is due next, and why it waits.

    `attempts` are those of the part that is next. `answering` is what the channel kept of the customer's message that
    this event answers.
    """

    id: int
    conversation_id: str
    seq: int
    channel: str
    status: Status
    attempts: int
    parts_sent: int
    due_at: datetime
    reason: str | None
    sent: Sequence[Mapping[str, Any]]
    at: datetime
    done_at: datetime | None
    address: str
    language: str
    event: Event
    answering: Mapping[str, Any]

    @property
    def brought_back(self) -> bool:
        """Whether it was given up once: its time counts from when somebody had it sent after all."""
        return self.at > self.event.at

    def news(self, ending: Status) -> str | None:
        """Takes how it ends; returns the event that tells it to the conversation, None when there is no need.

        Whoever said the word must not believe what is not so. The receipt of a pressed button is nobody's word.
        """
        if self.event.role == "customer":
            return None
        if ending == "dead":
            return UNDELIVERED
        return DELIVERED if self.brought_back and ending != "dropped" else None


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A word that will not reach its customer unless somebody has it sent again; never the word itself."""

    id: int
    channel: str
    role: str
    attempts: int
    reason: str
    said_at: datetime
    given_up_at: datetime


async def letter_from(connection: Connection, row: Mapping[Any, Any]) -> Letter:
    """Takes a row of the outbox; returns the letter with its word and where it goes."""
    conversation_id = row["conversation_id"]

    async def event_of(seq: int) -> Event | None:
        query = select(events).where(events.c.conversation_id == conversation_id, events.c.seq == seq)
        found = (await connection.execute(query)).one_or_none()
        return None if found is None else event_from(found)

    event = await event_of(row["seq"])
    if event is None:
        raise LookupError(f"Letter {row['id']} has no event {row['seq']} in conversation {conversation_id}.")
    asked = await event_of(event.turn) if event.turn is not None else None
    query = select(conversations.c.address, conversations.c.language).where(conversations.c.id == conversation_id)
    address, language = (await connection.execute(query)).one()
    return Letter(
        **row, address=address or "", language=language, event=event, answering=dict(asked.data) if asked else {}
    )
