"""Items: what the desk shows of a conversation in a list, read for many of them in a few queries."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from handoff.connection import Connection
from handoff.desk.order import RISKS, RISKY, Urgency
from handoff.desk.view import FELT, LATELY
from handoff.ownership import Conversation
from handoff.tables import cases, conversations, events, facts, ownership_changes, promises, signals, tickets, traces
from handoff.tickets import OPEN, Ticket

#: From here on somebody is unhappy.
UNHAPPY = 0.5
#: Whoever calmly asks for a person should have one, and is not unhappy; a danger counts by itself.
_NO_MOOD = ("explicit_request", "safety")
_SPOKEN = ("message", "ticket", "promise")
_SCALE = 2.0


@dataclass(frozen=True, slots=True)
class Last:
    """What was said last, by whom and when."""

    text: str
    role: str
    at: datetime


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


@dataclass(frozen=True, slots=True)
class _Talk:
    """How far the talk has got: by event id, by seq, and by the clock."""

    last_id: int | None = None
    customer_seq: int | None = None
    agents_seq: int | None = None
    unread: int = 0
    agents_at: datetime | None = None
    asked_at: datetime | None = None


async def items_of(connection: Connection, ids: Sequence[str], now: datetime) -> dict[str, Item]:
    """Takes a connection, conversations and the moment; returns what is shown of each, in the order given."""
    if not ids:
        return {}
    rows, talks = await _rows(connection, ids), await _talks(connection, ids)
    last = await _last(connection, [talk.last_id for talk in talks.values() if talk.last_id is not None])
    people = await _facts(connection, ids)
    moves = await _moves(connection, ids)
    open_tickets, due = await _tickets(connection, ids), await _promises(connection, ids)
    felt, read = await _signals(connection, ids, now), await _readings(connection, ids)
    found = {}
    for id_ in ids:
        if id_ not in rows:
            continue
        row, talk = rows[id_], talks.get(id_, _Talk())
        conversation = conversation_from_mapping(row)
        risks = tuple(name for name, weight in felt[id_].items() if name in RISKS and weight >= RISKY)
        snoozed = row["snoozed_until"] if row["snoozed_until"] and row["snoozed_until"] > now else None
        if snoozed and (talk.customer_seq or 0) > (row["snoozed_seq"] or 0):
            snoozed = None
        waiting = _waiting(conversation, moves[id_], talk)
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
            frustration=read.get(id_, _felt(felt[id_])),
            promise_due=due.get(id_),
        )
    return found


def conversation_from_mapping(row: Mapping[Any, Any]) -> Conversation:
    """Takes a row with more than a conversation in it; returns the conversation."""
    return Conversation(**{name: row[name] for name in Conversation.__slots__})


async def _rows(connection: Connection, ids: Sequence[str]) -> dict[str, Mapping[Any, Any]]:
    columns = (cases.c.team, cases.c.snoozed_until, cases.c.snoozed_seq, cases.c.outcome)
    query = select(conversations, *columns).outerjoin(cases, cases.c.conversation_id == conversations.c.id)
    rows = await connection.execute(query.where(conversations.c.id.in_(ids)))
    return {row._mapping["id"]: row._mapping for row in rows}


async def _talks(connection: Connection, ids: Sequence[str]) -> dict[str, _Talk]:
    """Read in one pass over the events, which costs a fifth of asking for each part by itself."""
    customers = (events.c.role == "customer") & (events.c.type == "message")
    agents = (events.c.role == "agent") & (events.c.type == "message")
    spoken = events.c.type.in_(_SPOKEN) & (events.c.text != "")
    query = (
        select(
            events.c.conversation_id,
            func.max(case((spoken, events.c.id))),
            func.max(case((customers, events.c.seq))),
            func.max(case((agents, events.c.seq))),
            func.sum(case((customers & (events.c.seq > func.coalesce(cases.c.read_seq, 0)), 1), else_=0)),
        )
        .outerjoin(cases, cases.c.conversation_id == events.c.conversation_id)
        .where(events.c.conversation_id.in_(ids))
        .group_by(events.c.conversation_id)
    )
    found = {row[0]: _Talk(*row[1:]) for row in await connection.execute(query)}
    answered = [id_ for id_, talk in found.items() if talk.agents_seq is not None]
    if answered:
        # Of those that have heard from an agent: when that was, and since when they wait for the next word.
        seqs = [found[id_].agents_seq for id_ in answered]
        after = select(events.c.conversation_id, events.c.seq, events.c.role, events.c.type, events.c.at)
        after = after.where(events.c.conversation_id.in_(answered), events.c.seq >= min(filter(None, seqs)))
        for id_, seq, role, type_, at in await connection.execute(after.order_by(events.c.seq)):
            talk = found[id_]
            if seq == talk.agents_seq:
                found[id_] = replace(talk, agents_at=at)
            elif seq > (talk.agents_seq or 0) and (role, type_) == ("customer", "message") and talk.asked_at is None:
                found[id_] = replace(talk, asked_at=at)
    return found


def _waiting(conversation: Conversation, moves: Sequence[tuple[str, str, datetime]], talk: _Talk) -> datetime | None:
    """Since when the customer has waited for a person's words; None when a person spoke last, or is not asked for."""
    if conversation.owner not in ("queue", "agent"):
        return None
    began = None
    for to, _, at in moves:
        if to in ("bot", "closed"):
            began = None
        elif began is None and (talk.agents_at is None or at > talk.agents_at):
            began = at
    return began or (talk.asked_at if talk.agents_at is not None else None)


async def _last(connection: Connection, ids: Sequence[int]) -> dict[int, Last]:
    query = select(events.c.id, events.c.text, events.c.role, events.c.at).where(events.c.id.in_(ids))
    return {id_: Last(text, role, at) for id_, text, role, at in await connection.execute(query)}


async def _facts(connection: Connection, ids: Sequence[str]) -> defaultdict[str, dict[str, str | None]]:
    named = facts.c.field.in_(("name", "email", "phone"))
    query = select(facts.c.conversation_id, facts.c.field, facts.c.value).where(facts.c.conversation_id.in_(ids), named)
    found: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
    for id_, field, value in await connection.execute(query.order_by(facts.c.id)):
        found[id_][field] = value
    return found


async def _moves(connection: Connection, ids: Sequence[str]) -> defaultdict[str, list[tuple[str, str, datetime]]]:
    columns = (ownership_changes.c[name] for name in ("conversation_id", "to", "reason", "at"))
    query = select(*columns).where(ownership_changes.c.conversation_id.in_(ids)).order_by(ownership_changes.c.epoch)
    found: defaultdict[str, list[tuple[str, str, datetime]]] = defaultdict(list)
    for id_, to, reason, at in await connection.execute(query):
        found[id_].append((to, reason, at))
    return found


async def _tickets(connection: Connection, ids: Sequence[str]) -> dict[str, Ticket]:
    query = select(tickets).where(tickets.c.conversation_id.in_(ids)).order_by(tickets.c.opened_at, tickets.c.id)
    found: dict[str, Ticket] = {}
    for row in await connection.execute(query):
        ticket = Ticket(**row._mapping)
        before = found.get(ticket.conversation_id)
        # The first that is open; with none open, the latest.
        if before is None or before.status != OPEN:
            found[ticket.conversation_id] = ticket
    return found


async def _promises(connection: Connection, ids: Sequence[str]) -> dict[str, datetime]:
    query = select(promises.c.conversation_id, func.min(promises.c.due_at))
    query = query.where(promises.c.conversation_id.in_(ids), promises.c.kept_at.is_(None))
    rows = await connection.execute(query.group_by(promises.c.conversation_id))
    return {str(id_): due for id_, due in rows}


async def _signals(connection: Connection, ids: Sequence[str], now: datetime) -> defaultdict[str, dict[str, float]]:
    query = select(signals.c.conversation_id, signals.c.name, func.max(signals.c.weight))
    query = query.where(signals.c.conversation_id.in_(ids), signals.c.at > now - LATELY)
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for id_, name, weight in await connection.execute(query.group_by(signals.c.conversation_id, signals.c.name)):
        found[id_][name] = weight
    return found


async def _readings(connection: Connection, ids: Sequence[str]) -> dict[str, float]:
    """The probability that detection gave last, where the latest turn kept one and it was for a bad mood."""
    latest = select(func.max(traces.c.id)).where(traces.c.conversation_id.in_(ids)).group_by(traces.c.conversation_id)
    query = select(traces.c.conversation_id, traces.c.data).where(traces.c.id.in_(latest))
    found = {}
    for id_, data in await connection.execute(query):
        detection = data.get("detection") if isinstance(data, dict) else None
        value = detection.get("probability") if isinstance(detection, dict) else None
        if not isinstance(detection, dict) or detection.get("reason") in _NO_MOOD:
            continue
        if isinstance(value, int | float) and math.isfinite(value):
            found[id_] = float(value)
    return found


def _felt(weights: Mapping[str, float]) -> float:
    """What signals say by themselves, where no probability was kept."""
    total = sum(max(weight, 0.0) for name, weight in weights.items() if name in FELT)
    return math.tanh(total / _SCALE)
