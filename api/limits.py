"""Limits: how much one address or one conversation may send, and how large a body may be."""

import json
import math
import time
from urllib.parse import urlsplit

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import wording
from api.errors import TooFast


class Rates:
    """Counts in process, or in Redis when several API processes share the customers."""

    def __init__(self, redis_url: str, per_address: str, per_conversation: str) -> None:
        storage: Storage = MemoryStorage()
        if redis_url:
            storage = RedisStorage(
                f"async+{redis_url}" if urlsplit(redis_url).scheme else redis_url, implementation="redispy"
            )
        self._limiter = MovingWindowRateLimiter(storage)
        self._address = parse(per_address)
        self._conversation = parse(per_conversation)

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
        if await self._limiter.hit(limit, kind, who):
            return
        window = await self._limiter.get_window_stats(limit, kind, who)
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
