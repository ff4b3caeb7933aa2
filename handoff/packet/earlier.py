"""Earlier: what the same customer had with us before, and how sure it is that it was the same customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Row, and_, bindparam, exists, or_, select, text

from handoff.connection import Connection
from handoff.ownership import Conversation
from handoff.packet.parts import Earlier, Given
from handoff.packet.record import TicketRow, tickets_of
from handoff.tables import HAS_ADDRESS, IS_ADDRESS, conversations, facts

#: What an agent looks through in a minute.
MOST = 10
_CANDIDATES = 50

KnownBy = Literal["this_conversation", "address", "email", "phone"]

_later = facts.alias("later")
# Who corrected an address gave somebody else's first: only the last one of a conversation ties it to a customer.
_NEWER = exists().where(
    and_(
        _later.c.conversation_id == facts.c.conversation_id,
        _later.c.field == facts.c.field,
        _later.c.id > facts.c.id,
    )
)
_SAME_DETAIL = (
    select(facts.c.conversation_id, facts.c.field)
    # The words of the index, so that it is used; an address of 201 characters is nobody's.
    .where(text(IS_ADDRESS), facts.c.value.in_(bindparam("values", expanding=True)))
    .where(facts.c.conversation_id != bindparam("of"), ~_NEWER)
    .order_by(facts.c.id.desc())
    .limit(_CANDIDATES)
)
_SUMMARY = (
    conversations.c.id,
    conversations.c.channel,
    conversations.c.owner,
    conversations.c.created_at,
    conversations.c.updated_at,
)


@dataclass(frozen=True, slots=True)
class _Tie:
    known_by: KnownBy
    identity: Literal["same", "claimed"]


async def earlier_of(
    connection: Connection, conversation: Conversation, given: Sequence[Given], own: Sequence[TicketRow]
) -> tuple[Earlier, ...]:
    """Takes the conversation, what the customer gave, and its own tickets; returns what was before, the newest first.

    The same address in the same app is the same customer, for the app vouches for it. An e-mail address or telephone
    number that was typed is only a claim, even when its spelling was confirmed: anybody can type it.
    """
    ties = {conversation.id: _Tie("this_conversation", "same")}
    for id_ in await _same_address(connection, conversation):
        ties.setdefault(id_, _Tie("address", "same"))
    contacts = [one for one in given if one.field in ("email", "phone") and one.value and len(one.value) <= 200]
    for id_, field in await _same_detail(connection, conversation, [one.value or "" for one in contacts]):
        ties.setdefault(id_, _Tie("email" if field == "email" else "phone", "claimed"))
    others = [id_ for id_ in ties if id_ != conversation.id]
    found = await _conversations(connection, others) if others else {}
    rows = [*own, *(await tickets_of(connection, others) if others else [])]
    had = {row.conversation_id for row in rows}
    channels = {id_: row.channel for id_, row in found.items()} | {conversation.id: conversation.channel}
    result = [_ticket(row, ties[row.conversation_id], channels.get(row.conversation_id, "")) for row in rows]
    result += [_conversation(row, ties[id_]) for id_, row in found.items() if id_ not in had]
    return tuple(sorted(result, key=lambda one: (one.at, one.id), reverse=True)[:MOST])


async def _same_address(connection: Connection, conversation: Conversation) -> list[str]:
    if not conversation.address or len(conversation.address) > 200:
        return []
    query = (
        select(conversations.c.id)
        .where(text(HAS_ADDRESS), conversations.c.channel == conversation.channel)
        .where(conversations.c.address == conversation.address, conversations.c.id != conversation.id)
        .limit(_CANDIDATES)
    )
    return list((await connection.execute(query)).scalars())


async def _same_detail(
    connection: Connection, conversation: Conversation, values: Sequence[str]
) -> list[tuple[str, str]]:
    if not values:
        return []
    asked = {"of": conversation.id, "values": sorted({*values, *(value.lower() for value in values)})}
    return [(row.conversation_id, row.field) for row in await connection.execute(_SAME_DETAIL, asked)]


async def _conversations(connection: Connection, ids: Sequence[str]) -> dict[str, Row[tuple[object, ...]]]:
    any_of_them: ColumnElement[bool] = or_(conversations.c.id.in_(ids))
    rows = await connection.execute(select(*_SUMMARY).where(any_of_them))
    return {row.id: row for row in rows}


def _ticket(row: TicketRow, tie: _Tie, channel: str) -> Earlier:
    return Earlier(
        "ticket",
        row.number,
        row.conversation_id,
        row.opened_at,
        row.status,
        row.subject,
        row.intent,
        channel,
        tie.known_by,
        tie.identity,
    )


def _conversation(row: Row[tuple[object, ...]], tie: _Tie) -> Earlier:
    at: datetime = row.updated_at
    return Earlier("conversation", row.id, row.id, at, row.owner, "", None, row.channel, tie.known_by, tie.identity)
