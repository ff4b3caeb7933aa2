"""Sessions: who is signed in at the desk, and since when."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update

from handoff.agents import Agent, Agents, tidy_name
from handoff.database import Database
from handoff.lockout import Attempt, LockOut
from handoff.passwords import matches
from handoff.tables import agent_sessions as sessions
from handoff.tables import agents

#: How long a session lasts without a request, and at most.
IDLE, LONGEST = timedelta(hours=12), timedelta(days=7)
#: How often it is written down that somebody is still there.
_STEP = timedelta(seconds=15)


class WrongSignIn(Exception):
    """There is no such name with this password; which of the two is nobody's business."""

    def __init__(self) -> None:
        super().__init__("This name and password do not belong together.")


class NoUsers(Exception):
    """Nobody was added yet, so nobody can sign in."""

    def __init__(self) -> None:
        super().__init__("There is no user yet. Add the first one with: frontdoor user add NAME --role operator")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody with a session. `token` is what their browser shows with each request."""

    agent: Agent
    token: str

    @property
    def csrf(self) -> str:
        """Returns what a page of ours knows and a page of somebody else's does not. It needs no place to be kept."""
        return hmac.new(self.token.encode(), b"frontdoor desk csrf", hashlib.sha256).hexdigest()

    def is_csrf(self, shown: str) -> bool:
        """Takes what a request shows; says whether it comes from our page."""
        return hmac.compare_digest(shown.encode("utf-8", "replace"), self.csrf.encode())


class Sessions:
    """Lets people in and out. Takes the database."""

    def __init__(self, db: Database, agents_: Agents) -> None:
        self._db = db
        self._agents = agents_
        self.lockout = LockOut(db)

    async def sign_in(self, name: str, password: str, address: str, now: datetime) -> SignedIn:
        """Takes what was typed and from where; returns the session. Raises NoUsers, LockedOut or WrongSignIn."""
        if not await self._agents.any():
            raise NoUsers
        attempt = Attempt(tidy_name(name), address)
        await self.lockout.begin(attempt, now)
        agent = await self._agents.find(name)
        stored = await self._agents.password_hash(name)
        if not await matches(stored, password) or agent is None:
            raise WrongSignIn
        await self.lockout.right(attempt)
        token = secrets.token_urlsafe(32)
        async with self._db.transaction() as connection:
            values = {"token_hash": _hash(token), "agent_id": agent.id, "begun_at": now, "seen_at": now}
            await connection.execute(insert(sessions).values(**values))
        return SignedIn(agent, token)

    async def find(self, token: str, now: datetime) -> SignedIn | None:
        """Takes a token; returns whose it is, or None when the session is over.

        Being asked counts as being there: somebody's own desk, which has no heartbeat, is present by working.
        """
        if not token:
            return None
        columns = [agents.c[name] for name in Agent.__slots__]
        query = (
            select(sessions.c.begun_at, sessions.c.seen_at.label("session_seen_at"), *columns)
            .join(agents, agents.c.id == sessions.c.agent_id)
            .where(sessions.c.token_hash == _hash(token), agents.c.removed_at.is_(None))
        )
        async with self._db.session() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        found = row._mapping
        seen = found["session_seen_at"]
        if now - seen > IDLE or now - found["begun_at"] > LONGEST:
            return None
        agent = Agent(**{name: found[name] for name in Agent.__slots__})
        if now - seen > _STEP:
            async with self._db.transaction() as connection:
                here = sessions.c.token_hash == _hash(token)
                await connection.execute(update(sessions).where(here).values(seen_at=now))
        if agent.seen_at is None or now - agent.seen_at > _STEP:
            await self._agents.heard(agent.id, now)
        return SignedIn(agent, token)

    async def lasts(self, token: str, now: datetime) -> bool:
        """Takes a token; says whether its session goes on. That is no sign of whoever holds it."""
        query = (
            select(sessions.c.begun_at, sessions.c.seen_at)
            .join(agents, agents.c.id == sessions.c.agent_id)
            .where(sessions.c.token_hash == _hash(token), agents.c.removed_at.is_(None))
        )
        async with self._db.session() as connection:
            row = (await connection.execute(query)).one_or_none()
        return row is not None and now - row[1] <= IDLE and now - row[0] <= LONGEST

    async def sign_out(self, signed_in: SignedIn) -> None:
        """Ends a session; who signs out gets no new conversations."""
        async with self._db.transaction() as connection:
            await connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(signed_in.token)))
        await self._agents.left(signed_in.agent.id)

    async def forget(self, now: datetime) -> None:
        """Takes the moment; throws away what is over."""
        over = or_(sessions.c.seen_at < now - IDLE, sessions.c.begun_at < now - LONGEST)
        async with self._db.transaction() as connection:
            await connection.execute(delete(sessions).where(over))
        await self.lockout.forget(now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
