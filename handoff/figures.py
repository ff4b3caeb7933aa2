"""Figures: how many conversations, turns, tickets and troubles there were, counted by the database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from handoff.connection import Connection
from handoff.database import Database
from handoff.tables import conversations, events, outbox, promises, tickets, traces
from handoff.tickets import OPEN

#: Languages that figures tell apart; a customer's page may name any, and all others count as one.
TOLD_APART = ("en", "zh", "ko")
OTHER = "other"
#: The outbox's word for what will never be delivered.
DEAD = "dead"
FAILED = "error"
#: Kinds of trouble that are not the bot's: the turn failed altogether, or the order system was away.
FAILED_TURN, ORDERS = "failed", "orders"


@dataclass(frozen=True)
class Tally:
    """What happened between two moments. Tallies of windows that follow each other add up.

    `turns` by (outcome, language, channel), `waits` by (language, channel, milliseconds), `troubles` by
    (kind, language, channel), `conversations` by (language, channel), `tickets` by (kind, language, channel),
    `undelivered` by channel.
    """

    turns: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    waits: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    troubles: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    conversations: Counter[tuple[str, str]] = field(default_factory=Counter)
    tickets: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    undelivered: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in Tally.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits now: open tickets, promises whose time has passed, messages nobody has answered yet and the moment
    the longest waiting one came, words on their way to a messaging app. Then how many conversations those messages
    are in, since when the oldest of those words is due, and words that will never arrive unless somebody sees to it."""

    open_tickets: int
    overdue_promises: int
    unanswered_messages: int
    oldest_unanswered: datetime | None
    undelivered: int
    waiting_conversations: int = 0
    oldest_undelivered: datetime | None = None
    dead_letters: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that did not go as it should: when, where, and why as `kind detail`."""

    at: datetime
    channel: str
    outcome: str
    why: str


class Figures:
    """Counts, and reads nothing a customer wrote. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def tally(self, start: datetime, end: datetime) -> Tally:
        """Takes two moments; returns what happened from the first until just before the second."""
        async with self._db.session(long=True) as connection:
            found = {name: await _rows(connection, query) for name, query in _queries(start, end).items()}
        turns, waits = Counter[tuple[str, str, str]](), Counter[tuple[str, str, int]]()
        for outcome, language, channel, milliseconds, count in found["turns"]:
            turns[outcome, language, channel] += count
            if milliseconds is not None:
                waits[language, channel, milliseconds] += count
        troubles = Counter[tuple[str, str, str]]()
        for why, language, channel, count in found["troubles"]:
            troubles[why.partition(" ")[0], language, channel] += count
        return Tally(
            turns=turns,
            waits=waits,
            troubles=troubles,
            conversations=_counter(found["conversations"]),
            tickets=_counter(found["tickets"]),
            undelivered=Counter({row[0]: row[1] for row in found["undelivered"]}),
        )

    async def backlog(self, at: datetime) -> Backlog:
        """Takes the present moment; returns what waits."""
        apart = func.count(func.distinct(events.c.conversation_id))
        waiting = select(func.count(), func.min(events.c.at), apart).where(events.c.handled_at.is_(None))
        # A letter that is tried again later is due later; it has waited since it was written.
        due = select(func.count(), func.min(outbox.c.at)).where(outbox.c.status == "due")
        overdue = select(func.count()).where(promises.c.kept_at.is_(None), promises.c.due_at < at)
        async with self._db.session(long=True) as connection:
            messages, oldest, in_conversations = (await connection.execute(waiting)).one()
            letters, oldest_letter = (await connection.execute(due)).one()
            return Backlog(
                open_tickets=await _number(connection, select(func.count()).where(tickets.c.status == OPEN)),
                overdue_promises=await _number(connection, overdue),
                unanswered_messages=messages,
                oldest_unanswered=oldest,
                undelivered=letters,
                waiting_conversations=in_conversations,
                oldest_undelivered=oldest_letter,
                dead_letters=await _number(connection, select(func.count()).where(outbox.c.status == DEAD)),
            )

    async def troubles(self, since: datetime, limit: int = 20) -> list[Trouble]:
        """Takes a moment; returns what went wrong from then on, the latest first."""
        turns = select(traces.c.at, traces.c.channel, traces.c.outcome, traces.c.trouble)
        turns = turns.where(traces.c.trouble.is_not(None), traces.c.at >= since).order_by(traces.c.at.desc())
        lost = select(outbox.c.done_at, outbox.c.channel).where(outbox.c.status == DEAD, outbox.c.done_at >= since)
        async with self._db.session(long=True) as connection:
            found = [Trouble(*row) for row in await _rows(connection, turns.limit(limit))]
            rows = await _rows(connection, lost.order_by(outbox.c.done_at.desc()).limit(limit))
            # The provider's own sentence may quote the customer, so only where it happened is said here.
            found += [Trouble(at, channel, "undelivered", "undelivered") for at, channel in rows]
        return sorted(found, key=lambda trouble: trouble.at, reverse=True)[:limit]


def _queries(start: datetime, end: datetime) -> dict[str, Select[Any]]:
    in_window = (traces.c.at >= start, traces.c.at < end)
    # Turns that were made before these columns existed count as what is least known of them.
    outcome = func.coalesce(traces.c.outcome, OTHER)
    spoken, channel = func.coalesce(traces.c.language, OTHER), func.coalesce(traces.c.channel, OTHER)
    held = _group(conversations.c.language)
    written = _group(tickets.c.language)
    # Asked for each ticket: a database left to choose may begin with all the conversations there ever were.
    came_by = select(conversations.c.channel).where(conversations.c.id == tickets.c.conversation_id).scalar_subquery()
    return {
        "turns": _grouped(outcome, spoken, channel, traces.c.milliseconds).where(*in_window),
        "troubles": _grouped(traces.c.trouble, spoken, channel).where(*in_window, traces.c.trouble.is_not(None)),
        "conversations": _grouped(held, conversations.c.channel).where(
            conversations.c.created_at >= start, conversations.c.created_at < end
        ),
        "tickets": _grouped(tickets.c.kind, written, came_by).where(
            tickets.c.opened_at >= start, tickets.c.opened_at < end
        ),
        "undelivered": _grouped(outbox.c.channel).where(
            outbox.c.status == DEAD, outbox.c.done_at >= start, outbox.c.done_at < end
        ),
    }


def _grouped(*columns: ColumnElement[Any]) -> Select[Any]:
    # Grouped by position: PostgreSQL takes the same expression with other parameters for another one.
    named = [column.label(f"by_{n}") for n, column in enumerate(columns)]
    return select(*named, func.count().label("count")).group_by(*(column.name for column in named))


def _group(language: ColumnElement[str]) -> ColumnElement[str]:
    begins = func.lower(func.substr(language, 1, 3))
    return case(*((begins.in_([one, f"{one}-", f"{one}_"]), one) for one in TOLD_APART), else_=OTHER)


def _counter(rows: Iterable[tuple[Any, ...]]) -> Counter[Any]:
    return Counter({row[:-1]: row[-1] for row in rows})


async def _rows(connection: Connection, query: Select[Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await connection.execute(query)]


async def _number(connection: Connection, query: Select[Any]) -> int:
    return int((await connection.execute(query)).scalar_one())
