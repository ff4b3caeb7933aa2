"""The record: all a packet is made of, read from the database in a few small questions however long the chat was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, RowMapping, bindparam, func, select

from handoff.connection import Connection
from handoff.facts import Fact
from handoff.ownership import Conversation, UnknownConversation, conversation_from
from handoff.packet.parts import Evidence
from handoff.packet.readings import Trace
from handoff.packet.remembered import whole
from handoff.packet.signals import ledger_of
from handoff.promises import MadePromise
from handoff.tables import conversations, events, ownership_changes, promises, tickets, traces
from handoff.tables import facts as facts_table

#: How much of a long conversation is read: its end, and the older messages that something refers to.
EVENTS, TRACES, CHANGES, PROMISES, TICKETS, OLDER = 120, 12, 20, 20, 20, 12


@dataclass(frozen=True, slots=True)
class Spoken:
    """One event: where, of what type, who said it, the text, what hangs on it, when."""

    seq: int
    type: str
    role: str
    text: str
    data: Mapping[str, object]
    at: datetime

    @property
    def by_customer(self) -> bool:
        """Says whether the customer said it. What was typed or pressed too late does not count."""
        return self.role == "customer" and self.type == "message"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of owner."""

    from_: str
    to: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket without its transcript: the conversation is that."""

    id: str
    number: str
    conversation_id: str
    kind: str
    status: str
    subject: str
    question: str
    details: object
    intent: str | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that was read. Lists are oldest first; `older`: the messages before `events` that matter."""

    conversation: Conversation
    events: Sequence[Spoken]
    older: Sequence[Spoken]
    last_heard: datetime | None
    ledger: tuple[Evidence, ...]
    facts: Sequence[Fact]
    changes: Sequence[Change]
    traces: Sequence[Trace]
    promises: Sequence[MadePromise]
    tickets: Sequence[TicketRow]

    @property
    def messages(self) -> list[Spoken]:
        """Returns the customer's messages, oldest first."""
        return [one for one in (*self.older, *self.events) if one.by_customer]


_OF: BindParameter[str] = bindparam("of")
_SPOKEN = [events.c[name] for name in Spoken.__slots__]
_HEARD = (events.c.role == "customer", events.c.type == "message")
_TICKET = [tickets.c[name] for name in TicketRow.__slots__]
_LAST_OF_FIELD = select(func.max(facts_table.c.id)).where(facts_table.c.conversation_id == _OF)
# Put together once: doing it for each packet costs more than running them.
_CONVERSATION = select(conversations).where(conversations.c.id == _OF)
_EVENTS = select(*_SPOKEN).where(events.c.conversation_id == _OF).order_by(events.c.seq.desc()).limit(EVENTS)
_OLDER = select(*_SPOKEN).where(events.c.conversation_id == _OF, events.c.seq.in_(bindparam("those", expanding=True)))
_LAST_HEARD = select(events.c.at).where(events.c.conversation_id == _OF, *_HEARD).order_by(events.c.seq.desc()).limit(1)
_FACTS = (
    select(facts_table)
    .where(facts_table.c.id.in_(_LAST_OF_FIELD.group_by(facts_table.c.field)))
    .order_by(facts_table.c.id)
)
_CHANGES = (
    select(ownership_changes)
    .where(ownership_changes.c.conversation_id == _OF)
    .order_by(ownership_changes.c.epoch.desc())
    .limit(CHANGES)
)
_TRACES = (
    select(traces.c.seq, traces.c.data, traces.c.language)
    .where(traces.c.conversation_id == _OF)
    .order_by(traces.c.seq.desc(), traces.c.id.desc())
    .limit(TRACES)
)
_PROMISES = (
    select(promises)
    .where(promises.c.conversation_id == _OF)
    .order_by(promises.c.made_at.desc(), promises.c.id)
    .limit(PROMISES)
)
_TICKETS = (
    select(*_TICKET)
    .where(tickets.c.conversation_id.in_(bindparam("those", expanding=True)))
    .order_by(tickets.c.opened_at.desc(), tickets.c.id)
    .limit(TICKETS)
)


async def read(connection: Connection, conversation_id: str) -> Record:
    """Takes a connection and a conversation; returns its record. Raises UnknownConversation."""
    of = {"of": conversation_id}
    row = (await connection.execute(_CONVERSATION, of)).one_or_none()
    if row is None:
        raise UnknownConversation(conversation_id)
    tail = [_spoken(row._mapping) for row in reversed(list(await connection.execute(_EVENTS, of)))]
    ledger = await ledger_of(connection, conversation_id)
    facts = [
        Fact(row.field, row.value, row.raw, whole(row.seq), bool(row.confirmed), row.at)
        for row in await connection.execute(_FACTS, of)
    ]
    changes = reversed(list((await connection.execute(_CHANGES, of)).mappings()))
    read_traces = reversed(list(await connection.execute(_TRACES, of)))
    made = reversed(list(await connection.execute(_PROMISES, of)))
    heard = next((one.at for one in reversed(tail) if one.by_customer), None)
    if heard is None and tail and tail[0].seq > 1:
        heard = (await connection.execute(_LAST_HEARD, of)).scalar_one_or_none()
    return Record(
        conversation=conversation_from(row),
        events=tail,
        older=await _older(connection, conversation_id, tail, ledger, facts),
        last_heard=heard,
        ledger=ledger,
        facts=facts,
        changes=[Change(one["from"], one["to"], one["reason"], one["at"]) for one in changes],
        traces=[Trace(one.seq, one.data, one.language) for one in read_traces],
        promises=[MadePromise(**one._mapping) for one in made],
        tickets=list(reversed(await tickets_of(connection, [conversation_id]))),
    )


async def tickets_of(connection: Connection, conversation_ids: Sequence[str]) -> list[TicketRow]:
    """Takes a connection and conversations; returns their tickets, the newest first, at most twenty."""
    rows = await connection.execute(_TICKETS, {"those": list(conversation_ids)})
    return [TicketRow(**row._mapping) for row in rows]


async def _older(
    connection: Connection,
    conversation_id: str,
    tail: Sequence[Spoken],
    ledger: Sequence[Evidence],
    facts: Sequence[Fact],
) -> list[Spoken]:
    """The messages before the end of a long conversation that a signal or the question is in."""
    first = tail[0].seq if tail else 1
    heaviest = sorted(ledger, key=lambda one: (-one.weight, -one.seq))
    wanted = [fact.seq for fact in facts if fact.field == "question" and fact.seq is not None]
    wanted += [one.seq for one in heaviest]
    those = list(dict.fromkeys(seq for seq in wanted if seq < first))[:OLDER]
    if not those:
        return []
    rows = await connection.execute(_OLDER, {"of": conversation_id, "those": those})
    return sorted((_spoken(row._mapping) for row in rows), key=lambda one: one.seq)


def _spoken(row: RowMapping) -> Spoken:
    data = row["data"]
    return Spoken(
        row["seq"], row["type"], row["role"], row["text"], data if isinstance(data, Mapping) else {}, row["at"]
    )
