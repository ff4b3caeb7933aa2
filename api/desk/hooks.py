"""Hooks on their way: what the operator's own system is told is signed, posted, and tried again while it is away."""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import structlog

from api import logs
from handoff.hooks import Hook, Hooks

log = structlog.get_logger()

#: Seconds before each further try; after the last one it is dead.
BACKOFF = (5, 30, 120, 600, 1800, 7200, 18000, 36000)
#: Seconds the receiver may take, and for which a hook stays with the process that posts it.
PATIENCE, CLAIM = 10.0, 60.0
#: Seconds between looks for what other processes wrote.
SWEEP = 2.0
#: How many are posted at once.
AT_ONCE = 4


def signature(secret: str, id_: str, timestamp: int, body: bytes) -> str:
    """The signature of Standard Webhooks over a hook's id, the moment of this try in seconds, and its body."""
    bare = secret.removeprefix("whsec_")
    key = base64.b64decode(bare) if bare != secret else secret.encode()
    digest = hmac.new(key, f"{id_}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def body_of(hook: Hook) -> bytes:
    """What is posted: the same bytes in every try."""
    told = {"type": hook.type, "timestamp": hook.at.isoformat(), "data": dict(hook.data)}
    return json.dumps(told, ensure_ascii=False).encode()


class HookSender:
    """Started and stopped with the desk. Without an address it does nothing.

    Args:
        url: where to post.
        secret: signs what is posted.
    """

    def __init__(self, hooks: Hooks, url: str, secret: str, clock: Callable[[], datetime]) -> None:
        self._hooks = hooks
        self._url = url
        self._secret = secret
        self._clock = clock
        self._client: httpx.AsyncClient | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def on(self) -> bool:
        """Whether anybody wants them."""
        return bool(self._url)

    def start(self) -> None:
        if self.on:
            self._open()
            self._task = asyncio.create_task(self._run())

    def _open(self) -> None:
        # Never redirected: a signed story goes to where the operator said, and nowhere else.
        self._client = httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False)

    async def stop(self) -> None:
        """What is not out yet is in the database."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._client:
            await self._client.aclose()

    async def _run(self) -> None:
        while True:
            sent = 0
            try:
                sent = await self.send_due()
            except Exception as problem:  # noqa: BLE001
                # The database may be away for a while; the sender must outlive that, and the log says it.
                log.error("hooks.sweep_failed", reason=logs.reason(problem))
            if not sent:
                await asyncio.sleep(SWEEP)

    async def send_due(self) -> int:
        """Posts what is due; returns how many were tried."""
        now = self._clock()
        due = await self._hooks.claim(now, now + timedelta(seconds=CLAIM), AT_ONCE)
        await asyncio.gather(*(self._send(hook) for hook in due))
        return len(due)

    async def _send(self, hook: Hook) -> None:
        trouble = await self._post(hook)
        now = self._clock()
        if trouble is None:
            await self._hooks.sent(hook, now)
            log.info("hook.sent", hook=hook.id, type=hook.type)
        elif hook.attempts < len(BACKOFF):
            await self._hooks.put_off(hook, now + timedelta(seconds=BACKOFF[hook.attempts]), trouble)
            log.warning("hook.later", hook=hook.id, type=hook.type, reason=trouble, seconds=BACKOFF[hook.attempts])
        else:
            await self._hooks.dead(hook, now, trouble)
            log.error("hook.dead", hook=hook.id, type=hook.type, reason=trouble)

    async def _post(self, hook: Hook) -> str | None:
        """None when it was received, else why not."""
        assert self._client is not None
        body, stamp = body_of(hook), int(self._clock().timestamp())
        headers = {
            "content-type": "application/json",
            "user-agent": "frontdoor",
            "webhook-id": hook.id,
            "webhook-timestamp": str(stamp),
            "webhook-signature": signature(self._secret, hook.id, stamp, body),
        }
        try:
            async with asyncio.timeout(PATIENCE):
                # Only the first lines are read: what the receiver says besides is of no use to anybody.
                async with self._client.stream("POST", self._url, content=body, headers=headers) as answer:
                    return None if answer.is_success else f"it answered {answer.status_code}"
        except (TimeoutError, httpx.TimeoutException):
            return f"no answer within {PATIENCE:g} s"
        except httpx.HTTPError as problem:
            return f"it cannot be reached: {type(problem).__name__}"
