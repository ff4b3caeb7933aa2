"""Views: which conversations an agent sees, under queue, mine, unhappy, waiting for the customer, and closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from handoff.desk.order import RISKS, RISKY
from handoff.tables import cases, conversations, events, signals, tickets
from handoff.tickets import OPEN

View = Literal["queue", "mine", "unhappy", "waiting", "closed"]
VIEWS: tuple[View, ...] = get_args(View)
#: Signals that say how somebody feels about the service, as detection names them.
FELT = (
    "anger",
    "insult",
    "sarcasm",
    "despair",
    "resignation",
    "shouting",
    "waiting",
    "repeated_question",
    "loop",
    "rejected_answer",
    "form_again",
    "misses",
    "frustration",
    "trouble",
    "tone",
)
#: Signals are news for a day, and closed conversations are counted as long.
LATELY = timedelta(days=1)
#: More than this nobody looks through; the rest moves up as these are done.
MOST = 500


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: their name, and the teams whose queues they see (none: all)."""

    name: str
    teams: Sequence[str] = ()


def wanted(view: View, viewer: Viewer, now: datetime) -> Select[Any]:
    """Takes a view, who looks, and the moment; returns the query for the ids of its conversations."""
    base = select(conversations.c.id).outerjoin(cases, cases.c.conversation_id == conversations.c.id)
    if view == "queue":
        # The longest waiting first, so that what is cut off is what came last.
        return base.where(_in_queue(viewer)).order_by(conversations.c.updated_at).limit(MOST)
    if view == "mine":
        return base.where(_mine(viewer), ~_snoozed(now)).limit(MOST)
    if view == "waiting":
        return base.where(_mine(viewer)).limit(MOST)
    if view == "unhappy":
        felt = select(signals.c.conversation_id).where(
            signals.c.at > now - LATELY, signals.c.name.in_((*FELT, *RISKS)), signals.c.weight > 0
        )
        return base.where(conversations.c.id.in_(felt), conversations.c.owner != "closed", _team(viewer)).limit(MOST)
    closed = base.where(conversations.c.owner == "closed", _team(viewer))
    return closed.order_by(conversations.c.updated_at.desc())


def closed_lately(viewer: Viewer, now: datetime) -> Select[Any]:
    """Takes who looks and the moment; returns the query for how many were closed within a day."""
    here = (conversations.c.owner == "closed", conversations.c.updated_at > now - LATELY, _team(viewer))
    base = select(func.count()).select_from(conversations)
    return base.outerjoin(cases, cases.c.conversation_id == conversations.c.id).where(*here)


def counted(view: View, viewer: Viewer, now: datetime) -> Select[Any]:
    """Takes a view; returns the query for how many conversations are in it (of `queue` and `mine`)."""
    here = (_in_queue(viewer),) if view == "queue" else (_mine(viewer), ~_snoozed(now))
    base = select(func.count()).select_from(conversations)
    return base.outerjoin(cases, cases.c.conversation_id == conversations.c.id).where(*here)


def risky(since: datetime) -> ColumnElement[bool]:
    """Takes a moment; returns the condition for a risk signal since then."""
    return and_(signals.c.name.in_(list(RISKS)), signals.c.weight >= RISKY, signals.c.at > since)


def _in_queue(viewer: Viewer) -> ColumnElement[bool]:
    # A ticket of the night: the bot or nobody has the conversation, and somebody was promised an answer. Each half is
    # found by an index of its own, for most conversations wait for nothing.
    queued = select(conversations.c.id).where(conversations.c.owner == "queue")
    promised = select(tickets.c.conversation_id).where(tickets.c.status == OPEN)
    return and_(conversations.c.id.in_(queued.union(promised)), conversations.c.owner != "agent", _team(viewer))


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    return and_(conversations.c.owner == "agent", conversations.c.agent == viewer.name)


def _team(viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.teams:
        return conversations.c.id.is_not(None)
    return or_(cases.c.team.is_(None), cases.c.team.in_(list(viewer.teams)))


def _snoozed(now: datetime) -> ColumnElement[bool]:
    spoke_since = exists().where(
        events.c.conversation_id == conversations.c.id,
        events.c.role == "customer",
        events.c.type == "message",
        events.c.seq > func.coalesce(cases.c.snoozed_seq, 0),
    )
    until = func.coalesce(cases.c.snoozed_until, now - timedelta(days=1))
    return and_(until > now, ~spoke_since)
