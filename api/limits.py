"""Limits: how much one address or one conversation may send, and how large a body may be."""

import json
import math
import time

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import ConnectionPool, Redis
from redis.exceptions import RedisError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import wording
from api.errors import TooFast
from api.window import MovingWindow

log = structlog.get_logger()

#: Seconds a customer's message waits for Redis to count it.
PATIENCE = 1.0
#: Bytes a messaging app may post: its updates carry much more than the words, and refused ones come again and again.
WEBHOOK_BYTES = 262_144
#: Wrong keys to the operator's page an address may try. A right one is never refused: behind a proxy everybody may have
#: the same address, and a stranger must not lock the operator out.
WRONG_KEYS = parse("10/minute")


class Rates:
    """Counts in process, or in Redis when several API processes share the customers.

    While Redis is away or frozen each process counts for itself: a customer must not notice.
    """

    def __init__(self, redis_url: str, per_address: str, per_conversation: str) -> None:
        self._own = MovingWindow()
        self._tallies = MemoryStorage()
        self._pool: ConnectionPool | None = None
        self._shared: MovingWindowRateLimiter | None = None
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
        """Ask Redis whether it is there; raises RedisError when it is not."""
        if self._pool:
            await Redis(connection_pool=self._pool).ping()

    async def tally(self, limit: RateLimitItem, kind: str, who: str, amount: int = 1) -> int:
        """Add to a count that starts anew when the limit's time is over; returns it.

        Unlike the moving windows of messages, what was counted can be taken back (a negative ``amount``).
        """
        key, seconds = limit.key_for(kind, who), limit.get_expiry()
        if self._shared is None:
            return await self._tallies.incr(key, seconds, amount)
        try:
            return await self._shared.storage.incr(key, seconds, amount)
        except RedisError as problem:
            log.warning("redis.away", reason=repr(problem))
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
        if shared is None:
            return None
        try:
            if await shared.hit(limit, kind, who):
                return 0.0
            window = await shared.get_window_stats(limit, kind, who)
            return max(0.001, window.reset_time - time.time())
        except RedisError as problem:
            log.warning("redis.away", reason=repr(problem))
            return None


class BodyLimit:
    """Refuses a body that is too large before anything reads it, also when it does not say how large it is."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = self._limit_of(scope)
        if limit is None:
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        told = headers.get(b"content-length", b"0")
        if told.isdigit() and int(told) > limit:
            await self._refuse(headers, send)
            return
        body = b""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            if len(body) > limit:
                await self._refuse(headers, send)
                return
            if not message.get("more_body"):
                break
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    def _limit_of(self, scope: Scope) -> int | None:
        if scope["type"] != "http":
            return None
        if scope["path"].startswith("/webhooks/"):
            return max(self._limit, WEBHOOK_BYTES)
        return self._limit if scope["path"].startswith("/api/") else None

    async def _refuse(self, headers: dict[bytes, bytes], send: Send) -> None:
        language = headers.get(b"accept-language", b"en").decode("latin-1").split(",")[0]
        message = wording.say(language, "error-too-large")
        content = json.dumps({"code": "too_long", "message": message}, ensure_ascii=False).encode()
        start = {
            "type": "http.response.start",
            "status": 413,
            "headers": [(b"content-type", b"application/json"), (b"connection", b"close")],
        }
        await send(start)
        await send({"type": "http.response.body", "body": content})
