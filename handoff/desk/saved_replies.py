"""Saved replies: sentences agents use often, in three languages, with places for names and numbers."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Column, insert, select, update

from handoff.database import Database
from handoff.tables import saved_replies as table

VARIABLES = ("name", "agent", "order", "ticket")
_OURS = Path(__file__).with_name("saved_replies.yml")
_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class SavedReply:
    """A sentence by its title. `author` None: it came with the product."""

    id: str
    language: str
    title: str
    text: str
    author: str | None
    changed_at: datetime


class UnknownVariable(ValueError):
    """A reply has a place that nobody could fill in."""

    def __init__(self, name: str) -> None:
        known = ", ".join("{" + one + "}" for one in VARIABLES)
        super().__init__(f"{{{name}}} is no variable. Allowed: {known}.")
        self.name = name


class UnknownReply(LookupError):
    """There is no such reply (any more)."""

    def __init__(self, id_: str) -> None:
        super().__init__(f"There is no saved reply {id_!r}.")


def check_variables(text: str) -> None:
    """Takes a reply's text; raises UnknownVariable for a place in braces that is none of ours."""
    for name in _PLACE.findall(text):
        if name not in VARIABLES:
            raise UnknownVariable(name)


class SavedReplies:
    """Keeps them. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def seed(self, at: datetime) -> None:
        """Puts in those that come with the product, each once: one that was changed or deleted stays so."""
        async with self._db.session() as connection:
            known = set((await connection.execute(select(table.c.id))).scalars())
        new = [one for one in _seeds() if one["id"] not in known]
        if not new:
            return
        async with self._db.transaction() as connection:
            for one in new:
                row = {**one, "author": None, "changed_at": at, "deleted_at": None}
                await connection.execute(self._db.insert_once(table).values(**row))

    async def all(self, language: str | None = None) -> list[SavedReply]:
        """Takes a language, or None for all; returns the replies by title."""
        query = select(*_columns()).where(table.c.deleted_at.is_(None))
        if language is not None:
            query = query.where(table.c.language == language)
        async with self._db.session() as connection:
            rows = await connection.execute(query.order_by(table.c.language, table.c.title, table.c.id))
            return [SavedReply(**row._mapping) for row in rows]

    async def find(self, id_: str) -> SavedReply:
        """Takes an id; returns the reply, or raises UnknownReply."""
        query = select(*_columns()).where(table.c.id == id_, table.c.deleted_at.is_(None))
        async with self._db.session() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            raise UnknownReply(id_)
        return SavedReply(**row._mapping)

    async def add(self, language: str, title: str, text: str, author: str, at: datetime) -> SavedReply:
        """Adds a reply. Raises UnknownVariable."""
        check_variables(text)
        reply = SavedReply(uuid.uuid4().hex, language, title, text, author, at)
        async with self._db.transaction() as connection:
            row = {name: getattr(reply, name) for name in SavedReply.__slots__}
            await connection.execute(insert(table).values(**row, deleted_at=None))
        return reply

    async def change(self, id_: str, language: str, title: str, text: str, at: datetime) -> SavedReply:
        """Changes a reply. Raises UnknownVariable and UnknownReply."""
        check_variables(text)
        await self._set(id_, language=language, title=title, text=text, changed_at=at)
        return await self.find(id_)

    async def delete(self, id_: str, at: datetime) -> None:
        """Deletes a reply. Raises UnknownReply."""
        await self._set(id_, deleted_at=at)

    async def _set(self, id_: str, **values: object) -> None:
        here = (table.c.id == id_, table.c.deleted_at.is_(None))
        async with self._db.transaction() as connection:
            if (await connection.execute(update(table).where(*here).values(**values))).rowcount == 0:
                raise UnknownReply(id_)


def _columns() -> list[Column[Any]]:
    return [table.c[name] for name in SavedReply.__slots__]


@cache
def _seeds() -> tuple[dict[str, str], ...]:
    shelf = yaml.safe_load(_OURS.read_text("utf-8"))
    return tuple(
        {"id": f"{name}-{language}", "language": language, "title": one["title"], "text": one["text"]}
        for name, languages in shelf.items()
        for language, one in languages.items()
    )
