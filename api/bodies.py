"""Bodies: how large a request may be and how long it may take to arrive, before anything reads it."""

import asyncio
import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import wording

#: Bytes a messaging app may post: its updates carry much more than the words, and refused ones come again and again.
WEBHOOK_BYTES = 262_144
#: Bytes our own bot may post when it asks for an action.
ACTION_BYTES = 1_048_576
#: Bytes an agent may post: a reply of 4000 characters, in any language.
DESK_BYTES = 65_536
#: Bytes of a refused body that are still taken in and thrown away. Hung up on in the middle of sending, a customer's
#: browser would show a broken connection instead of the reason.
THROWN_AWAY = 2_097_152
#: Seconds a body may take. The longest message comes within a few, also over a bad line.
SECONDS = 10.0

Headers = dict[bytes, bytes]


class HungUp(Exception):
    """Whoever was sending has gone."""


class BodyLimit:
    """Refuses a body that is too large or too slow before anything reads it, also when it does not say how large it is.

    Args:
        limit: the most bytes a customer may post; apps and the bot have limits of their own.
        seconds: how long a body may take to arrive.
    """

    def __init__(self, app: ASGIApp, limit: int, seconds: float = SECONDS) -> None:
        self._app = app
        self._limit = limit
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: Headers = dict(scope["headers"]) if scope["type"] == "http" else {}
        if headers.get(b"content-length", b"0") == b"0" and b"transfer-encoding" not in headers:
            await self._app(scope, receive, send)
            return
        limit = self._limit_for(scope["path"])
        try:
            async with asyncio.timeout(self._seconds):
                body = await _read(headers, receive, limit)
        except HungUp:
            return
        except TimeoutError:
            await _refuse(send, headers, 408, "too_slow", "error-too-slow")
            return
        if body is None:
            await _refuse(send, headers, 413, "too_long", "error-too-large")
            return
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    def _limit_for(self, path: str) -> int:
        if path.startswith("/webhooks/"):
            return max(self._limit, WEBHOOK_BYTES)
        if path.startswith("/api/v1/desk/"):
            return max(self._limit, DESK_BYTES)
        return ACTION_BYTES if path.startswith("/internal/") else self._limit


async def _read(headers: Headers, receive: Receive, limit: int) -> bytes | None:
    """The whole body; None when it is too large. Raises HungUp."""
    told = headers.get(b"content-length", b"0")
    size = int(told[:20]) if told.isdigit() else 0
    if size > limit and (size > THROWN_AWAY or b"expect" in headers):
        return None
    kept = bytearray()
    seen = 0
    while seen <= THROWN_AWAY:
        message = await receive()
        if message["type"] != "http.request":
            raise HungUp
        piece = message.get("body", b"")
        seen += len(piece)
        if max(seen, size) <= limit:
            kept += piece
        else:
            kept.clear()
        if not message.get("more_body"):
            break
    return bytes(kept) if max(seen, size) <= limit else None


async def _refuse(send: Send, headers: Headers, status: int, code: str, key: str) -> None:
    language = headers.get(b"accept-language", b"en").decode("latin-1").split(",")[0]
    content = json.dumps({"code": code, "message": wording.say(language, key)}, ensure_ascii=False).encode()
    start = {
        "type": "http.response.start",
        "status": status,
        "headers": [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(content)).encode()),
            (b"connection", b"close"),
        ],
    }
    await send(start)
    await send({"type": "http.response.body", "body": content})
