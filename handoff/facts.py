"""Facts: what the customer told us, where they said it, and what replaced it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select

from handoff.answers import Understood
from handoff.connection import Connection
from handoff.database import Database
from handoff.ownership import UnknownConversation
from handoff.tables import conversations
from handoff.tables import facts as facts_table


@dataclass(frozen=True, slots=True)
class Fact:
    """A detail: its field (name, email …), its value, the words it was said in (`raw`), the message (`seq`).

    `confirmed` is False while it is only claimed. A value of None means the customer would not say.
    """

    field: str
    value: str | None
    raw: str
    seq: int | None = None
    confirmed: bool = False
    at: datetime | None = None


def facts_said(understood: Iterable[Understood], seq: int | None, at: datetime | None = None) -> list[Fact]:
    """Takes what the intake understood from a message; returns it as facts, refusals included."""
    return [
        Fact(one.field, one.value, one.raw, seq, one.how == "typo_accepted", at)
        for one in understood
        if one.how in ("given", "replaced", "refused", "unverified")
    ]


async def record_facts(connection: Connection, conversation_id: str, facts: Sequence[Fact], at: datetime) -> None:
    """Takes a write transaction and facts; adds them to the history, the last of a field is its value."""
    for fact in facts:
        await connection.execute(
            insert(facts_table).values(
                conversation_id=conversation_id,
                field=fact.field,
                value=fact.value,
                raw=fact.raw,
                seq=fact.seq,
                confirmed=fact.confirmed,
                at=fact.at or at,
            )
        )


class Facts:
    """Keeps what customers said about themselves and their case. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def record(self, conversation_id: str, facts: Sequence[Fact], at: datetime) -> None:
        """Takes facts in the order they were said; stores them all or none. Raises UnknownConversation."""
        async with self._db.transaction() as connection:
            known = select(conversations.c.id).where(conversations.c.id == conversation_id)
            if (await connection.execute(known)).scalar_one_or_none() is None:
                raise UnknownConversation(conversation_id)
            await record_facts(connection, conversation_id, facts, at)

    async def current(self, conversation_id: str) -> dict[str, Fact]:
        """Takes a conversation; returns each field's present value, which is the last one said."""
        said = facts_table.c.conversation_id == conversation_id
        last = select(func.max(facts_table.c.id)).where(said).group_by(facts_table.c.field)
        return {fact.field: fact for fact in await self._all(facts_table.c.id.in_(last))}

    async def history(self, conversation_id: str, field: str | None = None) -> list[Fact]:
        """Takes a conversation and, if wanted, one field; returns all that was said, oldest first."""
        of_field = [] if field is None else [facts_table.c.field == field]
        return await self._all(facts_table.c.conversation_id == conversation_id, *of_field)

    async def _all(self, *which: ColumnElement[bool]) -> list[Fact]:
        query = select(facts_table).where(*which).order_by(facts_table.c.id)
        async with self._db.session() as connection:
            rows = (await connection.execute(query)).mappings()
            return [
                Fact(row["field"], row["value"], row["raw"], row["seq"], row["confirmed"], row["at"]) for row in rows
            ]
