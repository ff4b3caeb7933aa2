"""A member: one Rasa process that turns can be sent to, wherever it runs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx

SECRET_HEADER = "X-Frontdoor-Secret"  # noqa: S105 - the header's name, not a secret
#: Names the customer's message in the log of the bot.
MESSAGE_HEADER = "X-Frontdoor-Message"
READY, TURN = "/webhooks/frontdoor/ready", "/webhooks/frontdoor/turn"
#: Said to a process before customers are sent to it: its first turn loads what later ones find loaded.
FIRST_WORDS = ("hello", "您好", "안녕하세요")
NOT_A_BOT = "answers, but not as a bot"


class NotReady(Exception):
    """The process does not answer as one that may serve customers.

    Args:
        in_short: how it answered, for everybody.
        details: what it said, for the operator alone: it may quote addresses and files.
    """

    def __init__(self, in_short: str, details: str = "") -> None:
        super().__init__(in_short + details)
        self.in_short = in_short


class Member:
    """What both kinds have in common: a client, how it is, and the turns in hand.

    Args:
        url: address of the process.
        secret: shared with its channel.
        keep_alive: whether connections are kept for later turns.
    """

    def __init__(self, url: str, secret: str, keep_alive: bool = True) -> None:
        self.url = url
        self.secret = secret
        limits = httpx.Limits(max_keepalive_connections=20 if keep_alive else 0)
        self.client = httpx.AsyncClient(base_url=url, trust_env=False, limits=limits, headers={SECRET_HEADER: secret})
        self.ready = False
        self.reason = self.in_short = "starting"
        #: Where it asks for actions of our turns; None: where it was told to when it was started.
        self.actions_url: str | None = None
        self.restarts = 0
        self.model_version = ""
        self.started_at: datetime | None = None
        self._turns = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def pid(self) -> int | None:
        """The process's number, when it runs on this machine."""
        return None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[httpx.AsyncClient]:
        """The client for one turn; a member that is taken out is not stopped before it."""
        self._turns += 1
        self._idle.clear()
        try:
            yield self.client
        finally:
            self._turns -= 1
            if not self._turns:
                self._idle.set()

    async def finish(self, within: float) -> None:
        """Wait until no turn is in hand, at most so many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), within)

    async def ask_ready(self) -> str:
        """The version of the model it serves.

        Raises:
            NotReady: it does not answer, or not as one that is ready.
        """
        try:
            async with self.client.stream("GET", READY, timeout=2) as answer:
                self.reached(answer)
                await answer.aread()
        except httpx.HTTPError as problem:
            raise NotReady("cannot be reached", f" ({type(problem).__name__})") from problem
        if answer.status_code != 200:
            raise NotReady(f"answers {answer.status_code}", f": {answer.text[:200]}")
        try:
            told: Any = answer.json()
        except ValueError as problem:
            raise NotReady(NOT_A_BOT, f": {answer.text[:200]}") from problem
        if not isinstance(told, dict):
            raise NotReady(NOT_A_BOT, f": {answer.text[:200]}")
        return str(told.get("model", "")).removeprefix("bot-").removesuffix(".tar.gz")

    def reached(self, answer: httpx.Response) -> None:
        """It has answered, and the line is still open. One that was started here knows its way back already."""

    def asked(self, body: dict[str, Any]) -> dict[str, Any]:
        """A turn as it is asked for: with our way back, since others may share this process."""
        return {**body, "actions_url": self.actions_url} if self.actions_url else body

    async def first_turns(self, within: float) -> None:
        """See it think, in each language, before a customer is sent to it.

        Raises:
            NotReady: with what it answered.
        """
        for number, words in enumerate(FIRST_WORDS):
            body = {"sender": f"first-{number}", "text": words, "slots": {"language": "en"}}
            try:
                answer = await self.client.post(TURN, json=self.asked(body), timeout=within)
            except httpx.HTTPError as problem:
                raise NotReady("did not answer its first turn", f" ({type(problem).__name__})") from problem
            # 502: the words led to an action, and ours refuses one for a turn that nobody opened.
            if answer.status_code not in (200, 502):
                raise NotReady(f"answered its first turn with {answer.status_code}", f": {answer.text[:200]}")

    def is_ready(self, version: str) -> None:
        """From now on turns may be sent to it."""
        self.ready, self.model_version = True, version
        self.reason = self.in_short = "ready"
        self.started_at = self.started_at or datetime.now(UTC)

    def unreachable(self) -> None:
        """A turn could not be brought to it. Whoever watches its process hears of its end; nothing to do here."""

    def is_away(self, reason: str, in_short: str | None = None) -> None:
        """Turns go elsewhere until it is back.

        Args:
            reason: for the operator.
            in_short: for everybody who asks how the product is; the reason itself by default.
        """
        self.ready, self.reason, self.started_at = False, reason, None
        self.in_short = reason if in_short is None else in_short
