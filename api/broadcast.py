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

    @property
    def watching(self) -> int:
        """How many watch now."""
        return sum(len(watchers) for watchers in self._watchers.values())

    def listen(self, told: Callable[[str], None]) -> None:
        """Has a function called with each conversation that has news; it may not raise."""
        self._listeners.append(told)

    def tell(self, conversation_id: str) -> None:
        for told in self._listeners:
            told(conversation_id)
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
