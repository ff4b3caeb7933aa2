"""The desk: what a supervisor sees, and the news that keeps every open desk up to date."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.desk import shapes, shown
from api.desk.gate import AtDesk, OverDesk, Session
from api.routes.events import HEARTBEAT
from api.state import Running, State
from handoff.agents import PRESENT
from handoff.desk.alerts import Alert, promise_alerts, worst_first
from handoff.desk.items import Item

router = APIRouter(prefix="/api/v1/desk", tags=["desk"])

#: Seconds after which a stream looks whether its session goes on.
LOOKS_AFTER = 20.0


@router.get("/overview", summary="Waiting, oldest, load, alerts, broken promises")
async def overview(user: OverDesk, state: Running) -> shapes.Overview:
    """For supervisors and operators."""
    now, desk = state.clock(), state.desk
    queue = [item for item, _ in await desk.board.queue(now)]
    roster, displays = await desk.agents.roster(now), await desk.agents.displays()
    broken = await desk.alerts.broken(now)
    alerts = [*await desk.alerts.risks(now), *promise_alerts(broken)]
    alerts += _waiting(queue, now, desk.limit.total_seconds())
    alerts += await _away(state, now)
    hooks, letters = await desk.hooks.counts(), await desk.outbox.counts()
    since = [item.urgency.waiting_since for item in queue]
    return {
        "waiting": len(queue),
        "oldest_seconds": round((now - min(since)).total_seconds()) if since else None,
        "agents": [shown.colleague(one) for one in roster],
        "alerts": [shown.alert(one, displays) for one in worst_first(alerts)],
        "promises_broken": [shown.broken(one, now, displays) for one in broken],
        "hooks": {"on": desk.sender.on, "due": hooks.get("due", 0), "dead": hooks.get("dead", 0)},
        "undelivered": letters.get("dead", 0),
    }


@router.get("/events", summary="News for an open desk", response_model=None)
async def events(user: AtDesk, session: Session, state: Running) -> Response:
    """A stream (`text/event-stream`) of `{"conversation", "what"}`: what to read again."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return EventSourceResponse(_news(state, session.token), ping=HEARTBEAT, headers=headers)


async def _news(state: State, token: str) -> AsyncIterator[ServerSentEvent]:
    async with state.desk.news.desk() as desk:
        # Whoever connects reads everything first; from here on nothing is missed.
        yield ServerSentEvent(comment="listening")
        while state.desk.news.open(desk):
            news = await desk.get(LOOKS_AFTER)
            if news is not None:
                yield ServerSentEvent(json.dumps({"conversation": news.conversation, "what": news.what}))
            elif not await state.desk.sessions.lasts(token, state.clock()):
                return


def _waiting(queue: Sequence[Item], now: datetime, limit: float) -> list[Alert]:
    found = []
    for item in queue:
        conversation, waits = item.conversation, (now - item.urgency.waiting_since).total_seconds()
        if conversation.owner == "queue" and waits > limit:
            minutes = str(round(waits / 60))
            found.append(Alert("waiting", conversation.id, minutes, item.urgency.waiting_since, "queue", None))
    return found


async def _away(state: State, now: datetime) -> list[Alert]:
    """Conversations whose agent is not there: they go back to the queue soon, and a supervisor may be faster."""
    found = []
    for left in await state.desk.watch.left_alone(now, PRESENT):
        conversation = left.item.conversation
        since = left.item.waiting_since or left.item.since
        found.append(Alert("away", conversation.id, left.display, since, conversation.owner, left.agent))
    return found
