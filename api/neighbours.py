"""Neighbours: a customer whose page is connected to one process hears what another process stored."""

import asyncio
import secrets

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from api.announcements import EVERYONE, Announcements
from api.broadcast import Broadcast
from api.outage import Outage
from api.patience import end

#: Seconds Redis may be silent before it is asked whether it is there, and seconds it may take to say so.
SILENCE = 1.0
#: Seconds between two looks of every watcher while nothing is heard from Redis.
LOOK = 1.0
#: Seconds over which watchers look for what was stored while nothing was heard.
CATCH_UP = 0.2


class Neighbours:
    """Joins a broadcast to those of the other processes on the same Redis: one channel for the whole product.

    What goes through Redis is only that there is news. Lost with Redis, it costs a second; a page looks by itself then.

    Args:
        redis_url: as in the settings.
        broadcast: of this process. What is told there is passed on; what others tell is heard there.
    """

    def __init__(self, redis_url: str, broadcast: Broadcast) -> None:
        # Never tried again behind our back: after a lost connection there may be news we did not hear.
        once = Retry(NoBackoff(), 0)
        self._redis: Redis = Redis.from_url(
            redis_url, socket_timeout=SILENCE, socket_connect_timeout=SILENCE, retry=once
        )
        self._broadcast = broadcast
        self._own = secrets.token_hex(6)
        # Redis has one set of channels for all its databases, but two products may share it by these.
        self._channel = f"frontdoor:news:{self._redis.connection_pool.connection_kwargs.get('db') or 0}"
        self._announcements = Announcements(self._redis, self._channel, self._own)
        self._outage = Outage("redis", "news from other processes")
        self._tasks: list[asyncio.Task[None]] = []
        self.connected = False
        broadcast.pass_on(self._announcements.put)

    def start(self) -> None:
        """Begin to tell and to listen. Redis may be away: that is waited out."""
        self._tasks = [asyncio.create_task(self._announcements.run()), asyncio.create_task(self._run())]

    async def stop(self) -> None:
        """Tell what is left, and let go of Redis."""
        await end(*self._tasks)
        await self._announcements.rest()
        await self._redis.aclose()

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            began = clock()
            try:
                async with self._redis.pubsub() as line:
                    await self._subscribe(line)
                    await self._listen(line)
            except Exception as problem:  # noqa: BLE001
                # Whatever it is, customers' pages go on hearing; the log says it.
                self.connected = False
                self._outage.begin(problem)
            # Nobody tells us anything now, so every watcher looks for itself.
            self._broadcast.wake_all(LOOK)
            await asyncio.sleep(max(0.1, began + LOOK - clock()))

    async def _subscribe(self, line: PubSub) -> None:
        async with asyncio.timeout(SILENCE):
            await line.subscribe(self._channel)
            await line.get_message(timeout=None)
        self.connected = True
        self._outage.end()
        # There may be news from before we listened.
        self._broadcast.wake_all(CATCH_UP)

    async def _listen(self, line: PubSub) -> None:
        """Hears the others; raises when Redis has gone, or has frozen, which is silent."""
        asked = False
        while True:
            message = await line.get_message(timeout=SILENCE)
            if message is not None:
                asked = False
                if message["type"] == "message":
                    self._hear(message["data"])
            elif asked:
                raise TimeoutError(f"no answer in {SILENCE:g} s")
            else:
                await line.ping()
                asked = True

    def _hear(self, said: bytes | str) -> None:
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        who, _, conversation_id = text.partition(" ")
        if who == self._own:
            return
        if conversation_id == EVERYONE:
            self._broadcast.wake_all(CATCH_UP)
        else:
            self._broadcast.hear(conversation_id)
