"""Limits: how much one address or one conversation may send."""

import asyncio
import math
import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import ConnectionPool, Redis

from api.breaker import AWAY, Breaker
from api.errors import TooFast
from api.outage import Outage
from api.window import MovingWindow

#: Seconds a customer's message waits for Redis to count it.
PATIENCE = 1.0
#: Wrong keys to the operator's page an address may try. A right one is never refused: behind a proxy everybody may have
#: the same address, and a stranger must not lock the operator out.
WRONG_KEYS = parse("10/minute")


class Rates:
    """Counts in process, or in Redis when several API processes share the customers.

    While Redis is away or frozen each process counts for itself: only the messages that found out have waited for it.
    """

    def __init__(self, redis_url: str, per_address: str, per_conversation: str) -> None:
        self._own = MovingWindow()
        self._tallies = MemoryStorage()
        self._pool: ConnectionPool | None = None
        self._shared: MovingWindowRateLimiter | None = None
        self._breaker = Breaker(Outage("redis", "rate limits"), self.ping)
        if redis_url:
            patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
            self._pool = ConnectionPool.from_url(redis_url, **patience)
            # The options are typed for plain values; a pool is what its documentation asks for.
            storage = RedisStorage(f"async+{redis_url}", implementation="redispy", connection_pool=self._pool)  # type: ignore[arg-type]
            self._shared = MovingWindowRateLimiter(storage)
        self._address = parse(per_address)
        self._conversation = parse(per_conversation)

    async def aclose(self) -> None:
        """Let go of Redis."""
        await self._breaker.aclose()
        if self._pool:
            await self._pool.aclose()

    async def address(self, address: str) -> None:
        """Count one message of an address.

        Raises:
            TooFast: with the seconds to wait.
        """
        await self._count(self._address, "address", address)

    async def conversation(self, conversation_id: str) -> None:
        """Count one message of a conversation; raises TooFast likewise."""
        await self._count(self._conversation, "conversation", conversation_id)

    async def wrong_key(self, address: str) -> None:
        """Count one wrong key to the operator's page; raises TooFast likewise."""
        await self._count(WRONG_KEYS, "operator", address)

    async def ping(self) -> None:
        """Ask Redis whether it is there; raises RedisError or OSError when it is not."""
        if self._pool:
            await Redis(connection_pool=self._pool).ping()

    async def tally(self, limit: RateLimitItem, kind: str, who: str, amount: int = 1) -> int:
        """Add to a count that starts anew when the limit's time is over; returns it.

        Unlike the moving windows of messages, what was counted can be taken back (a negative ``amount``).
        """
        key, seconds = limit.key_for(kind, who), limit.get_expiry()
        if self._shared is None or self._breaker.open:
            return await self._tallies.incr(key, seconds, amount)
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._shared.storage.incr(key, seconds, amount)
        except AWAY as problem:
            self._breaker.failed(problem)
            return await self._tallies.incr(key, seconds, amount)

    async def _count(self, limit: RateLimitItem, kind: str, who: str) -> None:
        wait = await self._wait_in_redis(limit, kind, who) if self._shared else None
        if wait is None:
            wait = self._own.hit(limit, kind, who)
        if wait > 0:
            raise TooFast(max(1, math.ceil(wait)))

    async def _wait_in_redis(self, limit: RateLimitItem, kind: str, who: str) -> float | None:
        """Seconds to wait, 0 when there is room, None while Redis is away."""
        shared = self._shared
        if shared is None or self._breaker.open:
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                if await shared.hit(limit, kind, who):
                    return 0.0
                window = await shared.get_window_stats(limit, kind, who)
                return max(0.001, window.reset_time - time.time())
        except AWAY as problem:
            self._breaker.failed(problem)
            return None
