"""Staff: whether somebody is at the desk now, and where a customer would stand, before they are told of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from handoff.agents import Agents, Colleague
from handoff.database import Database
from handoff.desk.board import Board
from handoff.desk.estimate import estimate, handling_seconds
from handoff.desk.order import Urgency, in_order

#: Nobody at all; somebody, with room for one more; somebody, but all have their hands full.
There = Literal["nobody", "free", "busy"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in the queue: 1 is the next. `minutes` is None when no time may be said."""

    place: int
    minutes: int | None


class Staff(Protocol):
    """Who is at the desk."""

    async def there(self, at: datetime) -> There:
        """Whether a customer who asks now meets somebody."""

    async def standing(self, urgency: Urgency, at: datetime) -> Standing | None:
        """Where a customer who comes into the queue now will stand; None when it cannot be said."""


class AtTheDesk:
    """The agents whose page was heard from lately and who want conversations.

    Args:
        agents: who there is.
        database: the queue they work on.
    """

    def __init__(self, agents: Agents, database: Database) -> None:
        self._agents = agents
        self._database = database
        self._board = Board(database)

    async def there(self, at: datetime) -> There:
        """Whether a customer who asks now meets somebody."""
        present = at_work(await self._agents.roster(at))
        if not present:
            return "nobody"
        return "free" if any(one.free for one in present) else "busy"

    async def standing(self, urgency: Urgency, at: datetime) -> Standing | None:
        """Where a customer who comes into the queue now will stand, by the order the desk goes by."""
        waiting = [(item.conversation.id, item.urgency) for item, _ in await self._board.queue(at)]
        order = [id_ for id_, _ in in_order([*waiting, ("", urgency)], at)]
        place = order.index("") + 1
        room = room_of(at_work(await self._agents.roster(at)))
        return Standing(place, estimate(place, await handling_seconds(self._database, at), room))


def at_work(roster: Iterable[Colleague]) -> list[Colleague]:
    """Those of the team who are there and take conversations."""
    return [one for one in roster if one.present and one.agent.available and one.agent.at_desk]


def room_of(present: Iterable[Colleague]) -> int:
    """How many conversations they have at once, all together."""
    return sum(one.agent.capacity for one in present)
