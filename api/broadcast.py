"""Broadcast: whoever watches a conversation hears that something new is stored."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Broadcast:
    """Wakes the watchers of a conversation. The news itself is read from the database, so none can be lost."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[asyncio.Event]] = defaultdict(set)

    def tell(self, conversation_id: str) -> None:
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
