"""Events: what happened in a conversation, as a stream or as a list."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import JSONResponse, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.routes.conversations import Own
from api.state import Running, State
from handoff.events import Event

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])

PAGE = 100
#: No place in a conversation is beyond this; a database holds no larger number.
LAST = 2**31 - 1
LONGEST_WAIT = 25.0
HEARTBEAT = 15


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
    own: Own,
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
        found = await state.events.after(conversation_id, after, PAGE)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                while not found:
                    await news.wait()
                    news.clear()
                    found = await state.events.after(conversation_id, after, PAGE)
    return found


async def _stream(state: State, conversation_id: str, after: int) -> AsyncIterator[ServerSentEvent]:
    async with state.broadcast.watch(conversation_id) as news:
        while True:
            news.clear()
            page = await state.events.after(conversation_id, after, PAGE)
            for event in page:
                after = event.seq
                data = json.dumps(shown(event), ensure_ascii=False)
                yield ServerSentEvent(data, id=str(event.seq), event=event.type)
            if len(page) < PAGE:
                await news.wait()
