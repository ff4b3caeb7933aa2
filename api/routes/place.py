"""The place: where a customer stands in the queue, who is with them, and the way out of waiting."""

import asyncio
import contextlib
from typing import Annotated

from fastapi import APIRouter, Query

from api.desk import shapes, shown
from api.routes.conversations import Own
from api.routes.events import LONGEST_WAIT
from api.state import Running

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])

#: Seconds after which a place is looked at again: it changes when somebody else is taken, which nobody tells here.
LOOKS_AFTER = 3.0


@router.get("/{conversation_id}/place", summary="Where the customer stands, and who is with them")
async def place(
    own: Own,
    state: Running,
    mark: Annotated[str, Query(max_length=64, description="the one of the last answer")] = "",
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT, description="seconds to wait for something else")] = 0.0,
) -> shapes.CustomersPlaceShape:
    """`minutes` is null when no honest estimate can be made: then no time may be said."""
    loop = asyncio.get_running_loop()
    end = loop.time() + wait
    async with state.broadcast.watch(own.id) as news:
        found = await state.desk.places.of(own)
        while found.mark == mark and (left := end - loop.time()) > 0 and not state.broadcast.closed:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), min(left, LOOKS_AFTER))
            news.clear()
            now = await state.conversations.find(own.id)
            found = await state.desk.places.of(now or own)
    return shown.place(found)


@router.post("/{conversation_id}/place/leave", status_code=202, summary="Rather have a ticket than wait")
async def leave(own: Own, state: Running) -> dict[str, bool]:
    """The bot makes a ticket from what is known, and asks at most for a way to reach the customer."""
    await state.rates.conversation(own.id)
    if own.owner != "queue":
        return {"left": False}
    return {"left": await state.desk.leaving.by_choice(own)}
