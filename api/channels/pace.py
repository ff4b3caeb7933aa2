"""Pace: no faster than the provider takes it, in one chat and in all of them together."""

import asyncio
from collections.abc import Awaitable, Callable

from api.channels.port import Limits

#: So many chats are remembered before those that are free again are forgotten.
REMEMBERED = 1000


class Pace:
    """Keeps the distance between messages of one channel, in this process. Args: the channel's limits."""

    def __init__(self, limits: Limits, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._limits = limits
        self._sleep = sleep
        self._overall = 0.0
        self._chats: dict[str, float] = {}

    async def turn(self, address: str) -> None:
        """Waits until the next message may go to this address, and takes that place."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._overall, self._chats.get(address, 0.0))
        self._overall = max(now, self._overall) + self._limits.overall
        self._chats[address] = at + self._limits.per_chat
        if len(self._chats) > REMEMBERED:
            self._chats = {chat: free for chat, free in self._chats.items() if free > now}
        if at > now:
            await self._sleep(at - now)

    def gone(self, address: str) -> None:
        """A message has just gone to this address: the distance to the next one counts from here."""
        self._chats[address] = asyncio.get_running_loop().time() + self._limits.per_chat
