"""Workers in tests: at work for a while, and what the customer hears meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from api.worker import Worker
from handoff.conversations import Conversation
from handoff.events import Events
from tests.api.stand import Stand


@asynccontextmanager
async def at_work(stand: Stand) -> AsyncIterator[Worker]:
    working = stand.new_worker()
    working.start()
    try:
        yield working
    finally:
        await working.stop()


async def heard(stand: Stand, conversation: Conversation, count: int) -> list[str]:
    """The first words of the bot, as many as are waited for."""
    async with stand.broadcast.watch(conversation.id) as news, asyncio.timeout(15):
        while True:
            news.clear()
            words = [e.text for e in await stand.events.after(conversation.id, 0) if e.role == "bot"]
            if len(words) >= count:
                return words
            await news.wait()


def failing_first(stand: Stand, monkeypatch: pytest.MonkeyPatch, *problems: Exception) -> None:
    """The first turns cannot be committed, each for its own reason; the next one can."""
    finish, left = stand.events.finish_turn, iter(problems)

    async def finishing(*given: object, **named: object) -> object:
        for problem in left:
            raise problem
        return await finish(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(stand.events, "finish_turn", finishing)


async def received(stand: Stand, conversation: Conversation, *texts: str, holder: str | None = None) -> None:
    """Stored, by a process of that name; without one, by none that answers."""
    for text in texts:
        await Events(stand.database, holder).receive(conversation.id, None, text, stand.now)


async def at_work_with(stand: Stand, worker: Worker, conversation: Conversation, count: int) -> list[str]:
    """The bot's words while that worker is at work."""
    worker.start()
    try:
        return await heard(stand, conversation, count)
    finally:
        await worker.stop()
