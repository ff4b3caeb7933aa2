"""Records: what the database has of many conversations at once, each kind in one query."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from handoff.connection import Connection
from handoff.tables import cases, conversations, facts, ownership_changes, promises, tickets
from handoff.tickets import OPEN, Ticket


async def rows_of(connection: Connection, ids: Sequence[str]) -> dict[str, Mapping[Any, Any]]:
    """Takes conversations; returns each with what the desk keeps of it."""
    columns = (cases.c.team, cases.c.snoozed_until, cases.c.snoozed_seq, cases.c.outcome)
    query = select(conversations, *columns).outerjoin(cases, cases.c.conversation_id == conversations.c.id)
    rows = await connection.execute(query.where(conversations.c.id.in_(ids)))
    return {row._mapping["id"]: row._mapping for row in rows}


async def people_of(connection: Connection, ids: Sequence[str]) -> defaultdict[str, dict[str, str | None]]:
    """Takes conversations; returns the name, e-mail and telephone each customer gave last."""
    named = facts.c.field.in_(("name", "email", "phone"))
    query = select(facts.c.conversation_id, facts.c.field, facts.c.value).where(facts.c.conversation_id.in_(ids), named)
    found: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
    for id_, field, value in await connection.execute(query.order_by(facts.c.id)):
        found[id_][field] = value
    return found


async def moves_of(connection: Connection, ids: Sequence[str]) -> defaultdict[str, list[tuple[str, str, datetime]]]:
    """Takes conversations; returns the moves of each in order: to whom, why, when."""
    columns = (ownership_changes.c[name] for name in ("conversation_id", "to", "reason", "at"))
    query = select(*columns).where(ownership_changes.c.conversation_id.in_(ids)).order_by(ownership_changes.c.epoch)
    found: defaultdict[str, list[tuple[str, str, datetime]]] = defaultdict(list)
    for id_, to, reason, at in await connection.execute(query):
        found[id_].append((to, reason, at))
    return found


async def tickets_of(connection: Connection, ids: Sequence[str]) -> dict[str, Ticket]:
    """Takes conversations; returns the ticket of each that counts: the first that is open, else the latest."""
    query = select(tickets).where(tickets.c.conversation_id.in_(ids)).order_by(tickets.c.opened_at, tickets.c.id)
    found: dict[str, Ticket] = {}
    for row in await connection.execute(query):
        ticket = Ticket(**row._mapping)
        before = found.get(ticket.conversation_id)
        if before is None or before.status != OPEN:
            found[ticket.conversation_id] = ticket
    return found


async def promises_of(connection: Connection, ids: Sequence[str]) -> dict[str, datetime]:
    """Takes conversations; returns when the first promise that was not kept yet is due."""
    query = select(promises.c.conversation_id, func.min(promises.c.due_at))
    query = query.where(promises.c.conversation_id.in_(ids), promises.c.kept_at.is_(None))
    rows = await connection.execute(query.group_by(promises.c.conversation_id))
    return {str(id_): due for id_, due in rows}
