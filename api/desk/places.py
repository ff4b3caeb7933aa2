"""Places: where a waiting customer stands in the queue, and how long that takes when anything honest can be said."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from api.desk.staff import at_work, room_of
from api.desk.typing import Typing
from handoff.agents import Agents
from handoff.conversations import Conversation
from handoff.database import Database
from handoff.desk.board import Board
from handoff.desk.estimate import estimate, handling_seconds

#: Seconds for which the queue's order is believed: many customers may ask at once.
FRESH = 2.0


@dataclass(frozen=True, slots=True)
class CustomersPlace:
    """What a customer may know of where they stand. `mark` changes whenever anything else does."""

    owner: str
    place: int | None
    minutes: int | None
    agent: dict[str, str] | None
    typing: bool
    can_leave: bool

    @property
    def mark(self) -> str:
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


class Places:
    """Tells customers their place. One for the process, so that the queue is put in order once for all of them."""

    def __init__(
        self, database: Database, board: Board, agents: Agents, typing: Typing, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._board = board
        self._agents = agents
        self._typing = typing
        self._clock = clock
        self._order: dict[str, int] = {}
        self._minutes: dict[int, int | None] = {}
        self._read_at = float("-inf")
        self._lock = asyncio.Lock()

    async def of(self, conversation: Conversation) -> CustomersPlace:
        """The place of a conversation as it is now."""
        if conversation.owner == "queue":
            await self._refresh(conversation.id)
            place = self._order.get(conversation.id)
            minutes = self._minutes.get(place) if place else None
            return CustomersPlace("queue", place, minutes, None, False, can_leave=True)
        if conversation.owner == "agent" and conversation.agent:
            display = (await self._agents.displays()).get(conversation.agent, conversation.agent)
            writes = self._typing.who(conversation.id) is not None
            return CustomersPlace("agent", None, None, {"display": display}, writes, can_leave=False)
        return CustomersPlace(conversation.owner, None, None, None, False, can_leave=False)

    async def _refresh(self, id_: str) -> None:
        async with self._lock:
            now = asyncio.get_running_loop().time()
            # Somebody who has just come is looked for at once.
            if now - self._read_at < FRESH and id_ in self._order:
                return
            self._read_at = now
            at = self._clock()
            queue = await self._board.queue(at)
            seconds = await handling_seconds(self._database, at)
            room = room_of(at_work(await self._agents.roster(at)))
            self._order = {item.conversation.id: place.rank for item, place in queue if place}
            self._minutes = {rank: estimate(rank, seconds, room) for rank in self._order.values()}
