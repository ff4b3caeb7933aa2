"""Items: what the desk shows of a conversation in a list, read for many of them in a few queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handoff.connection import Connection
from handoff.desk.mood import felt_of, readings_of, signals_of
from handoff.desk.order import RISKS, RISKY, Urgency
from handoff.desk.records import moves_of, people_of, promises_of, rows_of, tickets_of
from handoff.desk.talks import Last, Talk, last_of, talks_of, waiting_since
from handoff.ownership import Conversation
from handoff.tickets import Ticket

#: From here on somebody is unhappy.
UNHAPPY = 0.5


@dataclass(frozen=True, slots=True)
class Item:
    """A conversation as a list shows it. See docs/desk-api.md for what each part means."""

    conversation: Conversation
    customer: Mapping[str, str | None]
    reason: str
    since: datetime
    waiting_since: datetime | None
    last: Last | None
    unread: int
    team: str | None
    snoozed_until: datetime | None
    outcome: str | None
    ticket: Ticket | None
    risks: tuple[str, ...]
    frustration: float
    promise_due: datetime | None

    @property
    def unhappy(self) -> bool:
        """Whether somebody should look, whoever has it."""
        return bool(self.risks) or self.frustration >= UNHAPPY

    @property
    def urgency(self) -> Urgency:
        """Returns what its place in the queue depends on."""
        sits_there = self.conversation.owner == "queue"
        waiting = self.waiting_since or self.since
        if not sits_there and self.ticket is not None:
            waiting = self.ticket.opened_at
        return Urgency(waiting, self.risks, self.frustration, self.promise_due, ticket=not sits_there)


async def items_of(connection: Connection, ids: Sequence[str], now: datetime) -> dict[str, Item]:
    """Takes a connection, conversations and the moment; returns what is shown of each, in the order given."""
    if not ids:
        return {}
    rows, talks = await rows_of(connection, ids), await talks_of(connection, ids)
    last = await last_of(connection, [talk.last_id for talk in talks.values() if talk.last_id is not None])
    people = await people_of(connection, ids)
    moves = await moves_of(connection, ids)
    open_tickets, due = await tickets_of(connection, ids), await promises_of(connection, ids)
    felt, read = await signals_of(connection, ids, now), await readings_of(connection, ids)
    found = {}
    for id_ in ids:
        if id_ not in rows:
            continue
        row, talk = rows[id_], talks.get(id_, Talk())
        conversation = conversation_from_mapping(row)
        risks = tuple(name for name, weight in felt[id_].items() if name in RISKS and weight >= RISKY)
        snoozed = row["snoozed_until"] if row["snoozed_until"] and row["snoozed_until"] > now else None
        if snoozed and (talk.customer_seq or 0) > (row["snoozed_seq"] or 0):
            snoozed = None
        waiting = waiting_since(conversation, moves[id_], talk)
        found[id_] = Item(
            conversation=conversation,
            customer={field: people[id_].get(field) for field in ("name", "email", "phone")},
            reason=moves[id_][-1][1] if moves[id_] else "",
            since=moves[id_][-1][2] if moves[id_] else conversation.created_at,
            waiting_since=waiting,
            last=last.get(talk.last_id or 0),
            unread=talk.unread,
            team=row["team"],
            snoozed_until=snoozed,
            outcome=row["outcome"] if conversation.owner == "closed" else None,
            ticket=open_tickets.get(id_),
            risks=risks,
            frustration=read.get(id_, felt_of(felt[id_])),
            promise_due=due.get(id_),
        )
    return found


def conversation_from_mapping(row: Mapping[Any, Any]) -> Conversation:
    """Takes a row with more than a conversation in it; returns the conversation."""
    return Conversation(**{name: row[name] for name in Conversation.__slots__})
