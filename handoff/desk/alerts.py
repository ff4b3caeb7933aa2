"""Alerts: what a supervisor should hear of at once, each with its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select

from handoff.database import Database
from handoff.desk.order import RISKS
from handoff.desk.view import LATELY, risky
from handoff.tables import conversations, promises, signals, tickets
from handoff.tickets import OPEN

Kind = Literal["risk", "promise", "waiting", "away"]
#: More alerts than this are one: that something is very wrong.
MOST = 200


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at: its kind, the conversation, what shows it (`evidence`, in somebody's own words), and when.

    `name` is the risk signal's; `seq` the message it was found in.
    """

    kind: Kind
    conversation: str
    evidence: str
    at: datetime
    owner: str
    agent: str | None
    name: str | None = None
    seq: int | None = None

    @property
    def key(self) -> tuple[str, str, str | None, int | None]:
        """Returns what makes it the same alert when it is looked for again."""
        return self.kind, self.conversation, self.name, self.seq


@dataclass(frozen=True, slots=True)
class BrokenPromise:
    """A promise whose time is over, of a customer who still waits for it."""

    conversation: str
    ticket: str | None
    text: str
    due_at: datetime
    owner: str
    agent: str | None


class Alerts:
    """Finds what to look at. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def risks(self, now: datetime) -> list[Alert]:
        """Takes the moment; returns the risk signals of the last day in conversations that go on, the latest first."""
        columns = (signals.c.name, signals.c.conversation_id, signals.c.quote, signals.c.at, signals.c.seq)
        query = (
            select(*columns, conversations.c.owner, conversations.c.agent)
            .join(conversations, conversations.c.id == signals.c.conversation_id)
            .where(risky(now - LATELY), conversations.c.owner != "closed")
            .order_by(signals.c.at.desc(), signals.c.id.desc())
            .limit(MOST)
        )
        async with self._db.session() as connection:
            return [
                Alert("risk", id_, quote, at, owner, agent, name, seq)
                for name, id_, quote, at, seq, owner, agent in await connection.execute(query)
            ]

    async def broken(self, now: datetime) -> list[BrokenPromise]:
        """Takes the moment; returns the broken promises that somebody still waits for, the oldest first.

        A conversation that ended, with no ticket left open, waits for nothing.
        """
        query = (
            select(
                promises.c.conversation_id,
                tickets.c.number,
                promises.c.text,
                promises.c.due_at,
                conversations.c.owner,
                conversations.c.agent,
                tickets.c.status,
            )
            .join(conversations, conversations.c.id == promises.c.conversation_id)
            .outerjoin(tickets, tickets.c.id == promises.c.ticket_id)
            .where(promises.c.kept_at.is_(None), promises.c.due_at < now)
            .order_by(promises.c.due_at)
            .limit(MOST)
        )
        async with self._db.session() as connection:
            rows = (await connection.execute(query)).all()
        return [
            BrokenPromise(id_, number, text, due, owner, agent)
            for id_, number, text, due, owner, agent, status in rows
            if status == OPEN or (number is None and owner != "closed")
        ]


def promise_alerts(broken: Iterable[BrokenPromise]) -> list[Alert]:
    """Takes broken promises; returns them as alerts, with what was promised as evidence."""
    return [Alert("promise", one.conversation, one.text, one.due_at, one.owner, one.agent) for one in broken]


def worst_first(alerts: Iterable[Alert]) -> list[Alert]:
    """Takes alerts; returns the gravest risks first, then the latest."""
    kinds: dict[str, float] = {"promise": 35.0, "away": 15.0, "waiting": 10.0}

    def rank(one: Alert) -> tuple[float, timedelta]:
        points = RISKS.get(one.name or "", 20.0) if one.kind == "risk" else kinds[one.kind]
        return -points, _EPOCH - one.at

    return sorted(alerts, key=rank)


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
