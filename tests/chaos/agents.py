"""Agents: people who take conversations over, straight in the database, until there is a desk for them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from handoff.conversations import Conversations
from handoff.database import Database
from handoff.events import Events, Word

T = TypeVar("T")
AGENT = "agent of the test"
HELLO = "Hello, I have taken over from the bot."
#: Seconds after which a question to a frozen database is asked anew.
CALL_SECONDS = 15.0


async def again_until_it_works(ask: Callable[[], Awaitable[T]]) -> T:
    """Asks the database until it answers; what is asked may be asked twice."""
    while True:
        try:
            async with asyncio.timeout(CALL_SECONDS):
                return await ask()
        except (SQLAlchemyError, TimeoutError, OSError):
            await asyncio.sleep(0.3)


class Agents:
    """Takes over and says hello. Takes the product's database."""

    def __init__(self, database: Database) -> None:
        self._conversations, self._events = Conversations(database), Events(database)
        self.takeovers = 0

    async def take_over(self, conversation: str) -> None:
        """Whoever had it, an agent has it now, and the customer hears so once."""

        async def move() -> int:
            taken = await self._conversations.move(conversation, "agent", AGENT, "chaos", None, at=datetime.now(UTC))
            return taken.epoch

        epoch = await again_until_it_works(move)
        self.takeovers += 1
        word = Word("message", "agent", HELLO)
        await again_until_it_works(
            lambda: self._events.say(conversation, [word], epoch, datetime.now(UTC), f"hello:{epoch}")
        )
