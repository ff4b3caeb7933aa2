"""Broadcast: whoever watches a conversation hears that something new is stored."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class Broadcast:
    """Wakes the watchers of a conversation. The news itself is read from the database, so none can be lost."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._listeners: list[Callable[[str], None]] = []
        self._passing: list[Callable[[str], None]] = []
        self.closed = False

    @property
    def watching(self) -> int:
        """How many watch now."""
        return sum(len(watchers) for watchers in self._watchers.values())

    def listen(self, told: Callable[[str], None]) -> None:
        """Has a function called with each conversation that has news, wherever it was stored; it may not raise."""
        self._listeners.append(told)

    def pass_on(self, told: Callable[[str], None]) -> None:
        """Has a function called with each conversation in which this process stored something; it may not raise."""
        self._passing.append(told)

    def tell(self, conversation_id: str) -> None:
        """This process stored something. Those who watch here hear it first, and without any detour."""
        self.hear(conversation_id)
        for told in self._passing:
            told(conversation_id)

    def hear(self, conversation_id: str) -> None:
        """Something was stored, here or by another process of the product."""
        for told in self._listeners:
            told(conversation_id)
        self._wake(conversation_id)

    def wake_all(self, within: float) -> None:
        """There may be news that nobody told of: every watcher looks, spread over some seconds."""
        conversations = list(self._watchers)
        loop = asyncio.get_running_loop()
        for number, conversation_id in enumerate(conversations):
            # All at once they would keep the database from whoever writes a message now.
            loop.call_later(within * number / len(conversations), self._wake, conversation_id)

    def close(self) -> None:
        """There will be no more news from this process: whoever waits goes, and asks another one."""
        self.closed = True
        for conversation_id in self._watchers:
            self._wake(conversation_id)

    def _wake(self, conversation_id: str) -> None:
        for watcher in self._watchers.get(conversation_id, ()):
            watcher.set()

    @asynccontextmanager
    async def watch(self, conversation_id: str) -> AsyncIterator[asyncio.Event]:
        """An event that is set whenever there may be news; the watcher clears it before reading."""
        watcher = asyncio.Event()
        self._watchers[conversation_id].add(watcher)
        try:
            yield watcher
        finally:
            self._watchers[conversation_id].discard(watcher)
            if not self._watchers[conversation_id]:
                del self._watchers[conversation_id]
