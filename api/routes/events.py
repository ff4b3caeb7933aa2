"""Events: what happened in a conversation, as a stream or as a list."""

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator, Coroutine
from typing import Annotated, Any, TypeVar

import structlog
from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import JSONResponse, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.errors import Refused
from api.patience import at_most
from api.routes.conversations import own_conversation
from api.state import Running, State
from handoff.conversations import Conversation
from handoff.database import AWAY
from handoff.events import Event

log = structlog.get_logger()
T = TypeVar("T")

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])

PAGE = 100
#: No place in a conversation is beyond this; a database holds no larger number.
LAST = 2**31 - 1
LONGEST_WAIT = 25.0
HEARTBEAT = 15
#: Seconds after which a stream looks for news although nobody told it of any; drawn by each, so that they take turns.
LOOKS_AFTER = (10.0, 15.0)
#: Seconds the database may take to give the news.
PATIENCE = 5.0
#: No answer in time is an OSError, too.
UNREADABLE: tuple[type[Exception], ...] = (*AWAY, OSError)


class NewsAway(Refused):
    """The database does not give the news: a page that has come back too early comes again."""

    def __init__(self) -> None:
        super().__init__(503, "unavailable", "error-unavailable", {"Retry-After": "2"})


async def _given(question: Coroutine[None, None, T]) -> T:
    """What the database says; raises NewsAway."""
    try:
        return await at_most(PATIENCE, question)
    except UNREADABLE as problem:
        raise NewsAway from problem


async def _own(
    conversation_id: str, request: Request, state: Running, authorization: Annotated[str, Header()] = ""
) -> Conversation:
    return await _given(own_conversation(conversation_id, request, state, authorization))


def shown(event: Event) -> dict[str, Any]:
    """An event as customers see it."""
    data = event.data
    result: dict[str, Any] = {
        "seq": event.seq,
        "type": event.type,
        "role": event.role,
        "text": event.text,
        "sources": data.get("sources", []),
        "buttons": data.get("buttons", []),
        "at": event.at.isoformat(),
    }
    if isinstance(agent := data.get("agent"), dict):
        # Under which name they sign in is nobody's business.
        result["agent"] = {"display": agent.get("display")}
    if "ticket" in data:
        result["ticket"] = data["ticket"]
    if event.type == "owner":
        result["owner"] = data.get("to")
    if event.role == "customer" and event.client_id:
        result["client_id"] = event.client_id
    return result


@router.get(
    "/{conversation_id}/events",
    summary="What happened since",
    description="A stream (`text/event-stream`, resumed by `Last-Event-ID`), or with `Accept: application/json` "
    "a list, for which `wait` seconds are waited when there is nothing yet.",
    response_model=None,
)
async def events(
    request: Request,
    own: Annotated[Conversation, Depends(_own)],
    state: Running,
    after: Annotated[int, Query(ge=0, le=LAST)] = 0,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT)] = 0.0,
    accept: Annotated[str, Header()] = "text/event-stream",
    last_event_id: Annotated[str | None, Header()] = None,
) -> Response:
    if last_event_id and last_event_id.isascii() and last_event_id.isdigit():
        after = max(after, min(int(last_event_id[:20]), LAST))
    if "application/json" in accept:
        found = await _wait_for(state, own.id, after, wait)
        return JSONResponse({"events": [shown(e) for e in found]})
    stream = _stream(state, own.id, after)
    return EventSourceResponse(stream, ping=HEARTBEAT, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


async def _wait_for(state: State, conversation_id: str, after: int, wait: float) -> list[Event]:
    async with state.broadcast.watch(conversation_id) as news:
        end = asyncio.get_running_loop().time() + wait
        while not (found := await _given(state.events.after(conversation_id, after, PAGE))):
            left = end - asyncio.get_running_loop().time()
            if left <= 0 or state.broadcast.closed:
                break
            await _told(news, min(left, LOOKS_AFTER[1]))
    return found


async def _stream(state: State, conversation_id: str, after: int) -> AsyncIterator[ServerSentEvent]:
    async with state.broadcast.watch(conversation_id) as news:
        while not state.broadcast.closed:
            try:
                page = await _given(state.events.after(conversation_id, after, PAGE))
            except NewsAway as away:
                # It ends as if the line were cut: the page says that it reconnects, and goes on where it was.
                log.warning("events.cut", conversation=conversation_id, reason=type(away.__cause__).__name__)
                return
            for event in page:
                after = event.seq
                data = json.dumps(shown(event), ensure_ascii=False)
                yield ServerSentEvent(data, id=str(event.seq), event=event.type)
            if len(page) < PAGE:
                await _told(news, random.uniform(*LOOKS_AFTER))  # noqa: S311 - no secret


async def _told(news: asyncio.Event, within: float) -> None:
    """Waits until somebody tells of news, or for some seconds: what was told may have been lost on the way."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within):
            await news.wait()
    # Before the next look, so that what comes during it is looked for again.
    news.clear()
