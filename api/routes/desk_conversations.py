"""The desk: what there is to do, and one conversation with everything an agent should know of it."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query
from sqlalchemy.exc import SQLAlchemyError

from api import logs
from api.desk import shapes, shown
from api.desk.gate import AtDesk
from api.desk.packets import packet_of
from api.desk.refusals import carried_out
from api.routes.events import LAST, LONGEST_WAIT, LOOKS_AFTER
from api.state import Running, State
from handoff.agents import Agent, Colleague, suggested
from handoff.desk.board import Place
from handoff.desk.items import Item
from handoff.desk.transcript import newest_events
from handoff.desk.view import View, Viewer

log = structlog.get_logger()
router = APIRouter(prefix="/api/v1/desk/conversations", tags=["desk"])

#: Events shown at once.
PAGE = 500


@router.get("", summary="A view: queue, mine, unhappy, waiting or closed")
async def view(
    user: AtDesk,
    state: Running,
    view: View = "queue",
    after: Annotated[str, Query(max_length=100, description="`next` of the page before")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> shapes.PageShape:
    """In the order in which they should be taken up, with the reasons for it."""
    now, viewer = state.clock(), Viewer(user.name, tuple(user.teams))
    page = await state.desk.board.page(view, viewer, now, after, limit)
    counts = await state.desk.board.counts(viewer, now)
    displays, roster = await state.desk.agents.displays(), await state.desk.agents.roster(now)
    items = [_shown(item, place, displays, roster) for item, place in page.items]
    return {"conversations": items, "counts": {str(name): count for name, count in counts.items()}, "next": page.next}


@router.get("/{conversation_id}", summary="One conversation: all events, and the packet")
async def one(conversation_id: str, user: AtDesk, state: Running) -> shapes.Whole:
    """Private notes and dropped words are in it. Opened by its agent, its messages count as read."""
    item = await item_of(state, conversation_id)
    events, earlier = await newest_events(state.database, conversation_id, PAGE)
    await _read(state, item, user, [event.seq for event in events])
    displays = await state.desk.agents.displays()
    return {
        "conversation": item,
        "events": [shown.event(event, displays) for event in events],
        "earlier": earlier,
        "packet": await _packet(state, conversation_id),
    }


@router.get("/{conversation_id}/events", summary="What happened since, or before")
async def events(
    conversation_id: str,
    user: AtDesk,
    state: Running,
    after: Annotated[int, Query(ge=0, le=LAST)] = 0,
    before: Annotated[int | None, Query(ge=1, le=LAST, description="the page that ends before this seq")] = None,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT, description="seconds to wait when there is nothing yet")] = 0.0,
) -> shapes.EventsShape:
    item = await item_of(state, conversation_id)
    displays = await state.desk.agents.displays()
    if before is not None:
        found, earlier = await newest_events(state.database, conversation_id, PAGE, before)
        return {"events": [shown.event(one, displays) for one in found], "earlier": earlier, "typing": False}
    async with state.broadcast.watch(conversation_id) as news:
        end = asyncio.get_running_loop().time() + wait
        while not (found := await state.events.after(conversation_id, after, PAGE, dropped=True)):
            left = end - asyncio.get_running_loop().time()
            if left <= 0 or state.broadcast.closed:
                break
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), min(left, LOOKS_AFTER[1]))
            news.clear()
    if found:
        await _read(state, item, user, [one.seq for one in found])
        displays = await state.desk.agents.displays()
    typing = state.desk.typing.who(conversation_id) is not None
    return {"events": [shown.event(one, displays) for one in found], "earlier": False, "typing": typing}


async def item_of(state: State, conversation_id: str) -> shapes.ItemShape:
    """A conversation as lists show it, as it is now; 404 when there is none."""
    now = state.clock()
    item, place = await carried_out(state.desk.board.item(conversation_id, now), state.desk.agents)
    displays, roster = await state.desk.agents.displays(), await state.desk.agents.roster(now)
    return _shown(item, place, displays, roster)


def _shown(item: Item, place: Place | None, displays: shown.Displays, roster: Sequence[Colleague]) -> shapes.ItemShape:
    language = item.conversation.language or item.conversation.locale
    free = suggested(roster, language, item.team) if place else None
    return shown.item(item, place, displays, free)


async def _read(state: State, item: shapes.ItemShape, user: Agent, seqs: Sequence[int]) -> None:
    """What its agent has seen is read; what a supervisor looks at is not."""
    if seqs and item["agent"] and item["agent"]["name"] == user.name:
        await state.desk.cases.read(item["id"], max(seqs))


async def _packet(state: State, conversation_id: str) -> dict[str, Any] | None:
    try:
        return (await packet_of(state, conversation_id)).to_dict()
    except SQLAlchemyError:
        raise
    except Exception as problem:
        # An agent can work without it; without the conversation they cannot.
        log.exception("desk.no_packet", conversation=conversation_id, reason=logs.reason(problem))
        return None
