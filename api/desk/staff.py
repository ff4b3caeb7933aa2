"""Staff: whether somebody is at the desk now, before a customer is told that somebody is."""

from datetime import datetime
from typing import Literal, Protocol

from handoff.agents import Agents

#: Nobody at all; somebody, with room for one more; somebody, but all have their hands full.
There = Literal["nobody", "free", "busy"]


class Staff(Protocol):
    """Who is at the desk."""

    async def there(self, at: datetime) -> There:
        """Whether a customer who asks now meets somebody."""


class AtTheDesk:
    """The agents whose page was heard from lately and who want conversations."""

    def __init__(self, agents: Agents) -> None:
        self._agents = agents

    async def there(self, at: datetime) -> There:
        """Whether a customer who asks now meets somebody."""
        roster = await self._agents.roster(at)
        present = [one for one in roster if one.present and one.agent.available and one.agent.at_desk]
        if not present:
            return "nobody"
        return "free" if any(one.free for one in present) else "busy"
