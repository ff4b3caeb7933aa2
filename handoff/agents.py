"""Agents: the people at the desk, what they may do, and whether they are there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update

from handoff.database import Database
from handoff.tables import agent_sessions, agents, cases, conversations

Role = Literal["agent", "supervisor", "knowledge_manager", "operator"]
ROLES: tuple[Role, ...] = get_args(Role)
#: Those who talk with customers, and those who may also do so for a colleague.
AT_DESK: tuple[Role, ...] = ("agent", "supervisor", "operator")
OVER_DESK: tuple[Role, ...] = ("supervisor", "operator")
#: Three heartbeats of the page: one may be lost, and a slow one is none.
PRESENT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who may sign in. `teams` empty: all of them; `languages` empty: any."""

    id: int
    name: str
    display: str
    role: Role
    languages: Sequence[str]
    teams: Sequence[str]
    capacity: int
    available: bool
    seen_at: datetime | None
    created_at: datetime
    removed_at: datetime | None = None

    @property
    def at_desk(self) -> bool:
        """Whether they talk with customers."""
        return self.role in AT_DESK

    @property
    def over_desk(self) -> bool:
        """Whether they may change what a colleague has."""
        return self.role in OVER_DESK

    def present(self, now: datetime) -> bool:
        """Takes the moment; says whether their page was heard from lately."""
        return self.seen_at is not None and now - self.seen_at <= PRESENT


@dataclass(frozen=True, slots=True)
class Colleague:
    """An agent with how many conversations they have (`load`) and whether they are there."""

    agent: Agent
    load: int
    present: bool

    @property
    def free(self) -> bool:
        """Whether they are there, want more, and have room."""
        return self.agent.at_desk and self.present and self.agent.available and self.load < self.agent.capacity


class NameTaken(ValueError):
    """There is such a user already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a user {name!r} already. Change the password with: frontdoor user password {name}")


class UnknownAgent(LookupError):
    """There is no such user."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no user {name!r}. Those there are: frontdoor user list")


def tidy_name(name: str) -> str:
    """Takes a user's name as typed; returns it as it is kept."""
    return name.strip().casefold()


def suggested(roster: Iterable[Colleague], language: str, team: str | None = None) -> Agent | None:
    """Takes who is there and a conversation's language and team; returns who should take it.

    Somebody who speaks the language first, then whoever has most room. None when nobody is free.
    """
    able = [one for one in roster if one.free and (not one.agent.teams or team is None or team in one.agent.teams)]

    def rank(one: Colleague) -> tuple[bool, float, int, str]:
        speaks = not one.agent.languages or language in one.agent.languages
        return not speaks, one.load / one.agent.capacity, one.load, one.agent.name

    return min(able, key=rank).agent if able else None


class Agents:
    """Adds, finds and removes users, and hears whether they are there. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def add(
        self,
        name: str,
        role: Role,
        password_hash: str,
        at: datetime,
        *,
        display: str = "",
        languages: Sequence[str] = (),
        teams: Sequence[str] = (),
        capacity: int = 4,
    ) -> Agent:
        """Adds a user, or brings back one who was removed. Raises NameTaken."""
        name = tidy_name(name)
        values: dict[str, Any] = {
            "display": display.strip() or name,
            "role": role,
            "languages": list(languages),
            "teams": list(teams),
            "capacity": capacity,
            "password_hash": password_hash,
            "available": False,
            "seen_at": None,
            "created_at": at,
            "removed_at": None,
        }
        async with self._db.transaction() as connection:
            row = (await connection.execute(select(agents).where(agents.c.name == name))).one_or_none()
            if row is None:
                await connection.execute(insert(agents).values(name=name, **values))
            elif row._mapping["removed_at"] is None:
                raise NameTaken(name)
            else:
                await connection.execute(update(agents).where(agents.c.name == name).values(**values))
        found = await self.find(name)
        if found is None:
            raise UnknownAgent(name)
        return found

    async def find(self, name: str) -> Agent | None:
        """Takes a name; returns the user, or None when there is none (any more)."""
        found = await self._where(agents.c.name == tidy_name(name), agents.c.removed_at.is_(None))
        return found[0] if found else None

    async def all(self) -> list[Agent]:
        """Returns everybody who may sign in, by name."""
        return await self._where(agents.c.removed_at.is_(None))

    async def any(self) -> bool:
        """Says whether there is any user at all."""
        query = select(agents.c.id).where(agents.c.removed_at.is_(None)).limit(1)
        async with self._db.session() as connection:
            return (await connection.execute(query)).first() is not None

    async def displays(self) -> dict[str, str]:
        """Returns how each user is called, by name; those who were removed, too."""
        async with self._db.session() as connection:
            return {str(name): str(shown) for name, shown in await connection.execute(_DISPLAYS)}

    async def password_hash(self, name: str) -> str | None:
        """Takes a name; returns what is stored of the password, or None when nobody can sign in with it."""
        query = select(agents.c.password_hash).where(agents.c.name == tidy_name(name), agents.c.removed_at.is_(None))
        async with self._db.session() as connection:
            found: str | None = (await connection.execute(query)).scalar_one_or_none()
        return found

    async def set_password(self, name: str, password_hash: str) -> None:
        """Gives a user another password and ends all their sessions. Raises UnknownAgent."""
        await self._change(name, password_hash=password_hash)

    async def remove(self, name: str, at: datetime) -> None:
        """Nobody signs in by that name any more. What they had goes back to the queue by itself."""
        await self._change(name, password_hash=None, removed_at=at, available=False, seen_at=None)

    async def heard(self, agent_id: int, at: datetime, available: bool | None = None) -> bool:
        """Takes who was heard from, and whether they want conversations; returns whether that is news."""
        here = agents.c.id == agent_id
        values: dict[str, Any] = {"seen_at": at}
        if available is not None:
            values["available"] = available
        query = select(agents.c.seen_at, agents.c.available).where(here)
        async with self._db.transaction() as connection:
            row = (await connection.execute(query)).one_or_none()
            await connection.execute(update(agents).where(here).values(**values))
        if row is None:
            return False
        back = row[0] is None or at - row[0] > PRESENT
        return back or (available is not None and available != row[1])

    async def left(self, agent_id: int) -> None:
        """Takes who signed out: they get nothing new."""
        async with self._db.transaction() as connection:
            await connection.execute(update(agents).where(agents.c.id == agent_id).values(available=False))

    async def roster(self, now: datetime) -> list[Colleague]:
        """Takes the moment; returns everybody with their load."""
        awake = or_(cases.c.snoozed_until.is_(None), cases.c.snoozed_until <= now)
        loads = (
            select(conversations.c.agent, func.count())
            .outerjoin(cases, cases.c.conversation_id == conversations.c.id)
            .where(conversations.c.owner == "agent", awake)
            .group_by(conversations.c.agent)
        )
        async with self._db.session() as connection:
            load = {str(name): int(count) for name, count in await connection.execute(loads)}
        return [Colleague(one, load.get(one.name, 0), one.present(now)) for one in await self.all()]

    async def _where(self, *conditions: ColumnElement[bool]) -> list[Agent]:
        columns = [agents.c[name] for name in Agent.__slots__]
        async with self._db.session() as connection:
            rows = await connection.execute(select(*columns).where(*conditions).order_by(agents.c.name))
            return [Agent(**row._mapping) for row in rows]

    async def _change(self, name: str, **values: Any) -> None:
        who = (agents.c.name == tidy_name(name), agents.c.removed_at.is_(None))
        async with self._db.transaction() as connection:
            id_ = (await connection.execute(select(agents.c.id).where(*who))).scalar_one_or_none()
            if id_ is None:
                raise UnknownAgent(tidy_name(name))
            await connection.execute(update(agents).where(agents.c.id == id_).values(**values))
            await connection.execute(delete(agent_sessions).where(agent_sessions.c.agent_id == id_))


_DISPLAYS = select(agents.c.name, agents.c.display)
