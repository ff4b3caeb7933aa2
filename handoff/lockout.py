"""Lock-out: somebody who tries passwords is stopped, by the name they try and by the address they try from."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, delete, select, update

from handoff.connection import Connection
from handoff.database import Database
from handoff.tables import sign_in_failures as failures

Kind = Literal["name", "address"]
#: Wrong passwords within the window after which no more are looked at. Behind one address may sit a whole office.
MOST: dict[Kind, int] = {"name": 5, "address": 20}
WINDOW = timedelta(minutes=15)
LOCKED = timedelta(minutes=15)
_LONGEST = 200


class LockedOut(Exception):
    """Too many wrong passwords. `seconds` is how long that lasts."""

    def __init__(self, kind: Kind, seconds: int) -> None:
        super().__init__(f"Too many wrong passwords for this {kind}. Try again in {math.ceil(seconds / 60)} minutes.")
        self.kind = kind
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Attempt:
    """A password that is being looked at: for which name, from which address."""

    name: str
    address: str

    def places(self) -> tuple[tuple[Kind, str], ...]:
        """Returns where it counts."""
        return ("name", self.name[:_LONGEST]), ("address", self.address[:_LONGEST])


class LockOut:
    """Counts wrong passwords, of names nobody has as well. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def begin(self, attempt: Attempt, now: datetime) -> None:
        """Takes an attempt before its password is looked at; raises LockedOut when it must not be.

        It counts as wrong until `right` takes that back: however many come at once, only so many are looked at.
        """
        async with self._db.transaction() as connection:
            for kind, who in attempt.places():
                await self._count(connection, kind, who, now)

    async def right(self, attempt: Attempt) -> None:
        """Takes an attempt whose password was right: the name starts anew, the address has one failure less."""
        (_, name), (_, address) = attempt.places()
        there = _at("address", address)
        async with self._db.transaction() as connection:
            await connection.execute(delete(failures).where(_at("name", name)))
            less = update(failures).where(there).values(failures=failures.c.failures - 1, locked_until=None)
            await connection.execute(less)

    async def lift(self, name: str) -> None:
        """Takes a name; forgets its wrong passwords."""
        async with self._db.transaction() as connection:
            await connection.execute(delete(failures).where(_at("name", name[:_LONGEST])))

    async def forget(self, now: datetime) -> None:
        """Takes the moment; forgets what is over."""
        async with self._db.transaction() as connection:
            await connection.execute(delete(failures).where(failures.c.since < now - WINDOW - LOCKED))

    async def _count(self, connection: Connection, kind: Kind, who: str, now: datetime) -> None:
        fresh = self._db.insert_once(failures).values(kind=kind, who=who, failures=0, since=now, locked_until=None)
        await connection.execute(fresh)
        query = select(failures.c.failures, failures.c.since, failures.c.locked_until).where(_at(kind, who))
        count, since, until = (await connection.execute(query.with_for_update())).one()
        if until is not None and until > now:
            raise LockedOut(kind, math.ceil((until - now).total_seconds()))
        if until is not None or now - since > WINDOW:
            count, since = 0, now
        locked = now + LOCKED if count + 1 >= MOST[kind] else None
        values = {"failures": count + 1, "since": since, "locked_until": locked}
        await connection.execute(update(failures).where(_at(kind, who)).values(**values))


def _at(kind: Kind, who: str) -> ColumnElement[bool]:
    return (failures.c.kind == kind) & (failures.c.who == who)
