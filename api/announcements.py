"""Announcements: this process tells the others which conversations have news, and nobody waits for that."""

import asyncio
import contextlib

from redis.asyncio import Redis

from api.breaker import AWAY
from api.outage import Outage

#: Stands for a conversation: something was not told, so everybody should look.
EVERYONE = "*"
#: Conversations that wait to be told of. With more, "everyone" is shorter.
MOST = 1000
#: Seconds Redis may take for one telling.
PATIENCE = 1.0
#: Seconds before the next try after a failure.
PAUSE = 1.0


class Announcements:
    """What is put in goes out in one piece as soon as what went before is out.

    Args:
        channel: the product's channel in Redis.
        own: the name of this process, which is how it knows its own words.
    """

    def __init__(self, redis: Redis, channel: str, own: str) -> None:
        self._redis = redis
        self._channel = channel
        self._own = own
        self._waiting: dict[str, None] = {}
        self._telling: list[str] = []
        self._missed = False
        self._filled = asyncio.Event()
        self._outage = Outage("redis", "news for other processes")

    def put(self, conversation_id: str) -> None:
        """Tell the others soon. Never waits, never fails; the same conversation twice is told once."""
        if len(self._waiting) >= MOST:
            self._waiting.clear()
            self._missed = True
        self._waiting[conversation_id] = None
        self._filled.set()

    async def run(self) -> None:
        """Tells until it is cancelled."""
        while True:
            await self._filled.wait()
            self._filled.clear()
            about = self._telling = [EVERYONE] if self._missed else list(self._waiting)
            self._waiting.clear()
            self._missed = False
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._publish(about)
            except Exception as problem:  # noqa: BLE001
                # Whatever it is, there must be somebody to tell the next news; the log says it.
                self._outage.begin(problem)
                # Which of them were heard nobody knows: the others look at everything once Redis is back.
                self._missed = True
                await asyncio.sleep(PAUSE)
                self._filled.set()
            else:
                self._telling = []
                self._outage.end()

    async def rest(self) -> None:
        """Tells what is left, once, when nobody runs it any more: the last answers of a process that is stopped."""
        about = [*self._telling, *self._waiting]
        if about and not self._outage.lasts:
            with contextlib.suppress(*AWAY):
                async with asyncio.timeout(PATIENCE):
                    await self._publish(about)

    async def _publish(self, about: list[str]) -> None:
        async with self._redis.pipeline(transaction=False) as words:
            for conversation_id in about:
                words.publish(self._channel, f"{self._own} {conversation_id}")
            await words.execute()
