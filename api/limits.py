"""Limits: how much one address or one conversation may send, and how large a body may be."""

import json
import math
import time

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import wording
from api.errors import TooFast

log = structlog.get_logger()

#: Seconds a customer's message waits for Redis to count it.
PATIENCE = 1.0


class Rates:
    """Counts in process, or in Redis when several API processes share the customers.

    While Redis is away or frozen each process counts for itself: a customer must not notice.
    """

    def __init__(self, redis_url: str, per_address: str, per_conversation: str) -> None:
        self._own = MovingWindowRateLimiter(MemoryStorage())
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

    async def _count(self, limit: RateLimitItem, kind: str, who: str) -> None:
        if self._shared is None:
            await _hit(self._own, limit, kind, who)
            return
        try:
            await _hit(self._shared, limit, kind, who)
        except RedisError as problem:
            log.warning("redis.away", reason=repr(problem))
            await _hit(self._own, limit, kind, who)


async def _hit(limiter: MovingWindowRateLimiter, limit: RateLimitItem, kind: str, who: str) -> None:
    if await limiter.hit(limit, kind, who):
        return
    window = await limiter.get_window_stats(limit, kind, who)
    raise TooFast(max(1, math.ceil(window.reset_time - time.time())))


class BodyLimit:
    """Refuses a body that is too large before anything reads it, also when it does not say how large it is."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        told = headers.get(b"content-length", b"0")
        if told.isdigit() and int(told) > self._limit:
            await self._refuse(headers, send)
            return
        body = b""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            if len(body) > self._limit:
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
