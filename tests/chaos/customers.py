"""Customers: real clients that write, resend until they are told yes, and read along on whichever replica answers."""

import asyncio
import contextlib
import json
import random
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from .audit import Shown, Story

#: Seconds a page waits for the server before it tries another time; the widget's own is of this size.
CALL_SECONDS = 10.0
#: Seconds in which an answer must come, whatever dies meanwhile: the longest outage is 30 s, and on a busy machine a
#: bot needs as long again to come up.
PATIENCE = 150.0

Event = dict[str, Any]


class Silence(Exception):
    """No answer came in time."""


@dataclass(frozen=True, order=True)
class Wait:
    """How long a customer waited, since when after the beginning, and for an answer to which message."""

    seconds: float
    since: float
    message: str


class Street:
    """What all customers share: the way to the replicas, and a count of what happened.

    Args:
        urls: of the replicas.
        dice: the run's own, from its seed.
    """

    def __init__(self, urls: Sequence[str], dice: random.Random) -> None:
        self.urls = urls
        self.dice = dice
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=50)
        self.http = httpx.AsyncClient(timeout=CALL_SECONDS, trust_env=False, limits=limits)
        self.sent = self.resent = self.reconnected = 0
        self.begun = time.monotonic()
        #: From the yes to a message until the first word of its answer was on the page.
        self.waits: list[Wait] = []

    def some(self) -> str:
        """The address of a replica, as a load balancer would give it."""
        return f"{self.dice.choice(self.urls)}/api/v1/conversations"


class Customer:
    """One conversation: its page listens from the beginning, and goes on elsewhere when it is cut off."""

    def __init__(self, street: Street, kind: str, locale: str) -> None:
        self.street, self.locale = street, locale
        self.story = Story("", kind)
        self.events: list[Event] = []
        self._news = asyncio.Event()
        self._headers: dict[str, str] = {}
        self._listening: asyncio.Task[None] | None = None

    @property
    def seen(self) -> int:
        """The last event on the page."""
        return self.events[-1]["seq"] if self.events else 0

    async def open(self) -> None:
        """Opens the conversation and the page."""
        opened = await self._until(201, lambda: self.street.http.post(self.street.some(), json={"locale": self.locale}))
        self.story.conversation = opened["id"]
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        self._listening = asyncio.create_task(self._listen())

    async def close(self) -> None:
        """Leaves the page."""
        if self._listening:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening

    async def post(self, text: str) -> int:
        """Sends a message until it is acknowledged, now and then more often than needed; returns its seq."""
        id_, dice = uuid.UUID(int=self.street.dice.getrandbits(128)).hex, self.street.dice
        self.story.texts[id_] = text
        self.street.sent += 1

        def call() -> Awaitable[httpx.Response]:
            url = f"{self.street.some()}/{self.story.conversation}/messages"
            return self.street.http.post(url, json={"id": id_, "text": text}, headers=self._headers)

        # Two at the same moment, as from a provider that is not sure; or one more when all is done.
        at_once = 2 if dice.random() < 0.1 else 1
        again = dice.random() < 0.1
        said = await asyncio.gather(*(self._until(202, call) for _ in range(at_once)))
        if again:
            said.append(await self._until(202, call))
        self.street.resent += at_once - 1 + again
        self.story.acknowledged[id_] = [each["seq"] for each in said]
        return int(said[0]["seq"])

    async def _until(self, wanted: int, call: Callable[[], Awaitable[httpx.Response]]) -> Event:
        """Calls until the wanted status comes; a refusal is never expected."""
        while True:
            with contextlib.suppress(httpx.HTTPError):
                answer = await call()
                if answer.status_code == wanted:
                    found: Event = answer.json()
                    return found
                if answer.status_code < 500:
                    self.story.complaints.append(f"refused with {answer.status_code}: {answer.text[:200]}")
                    raise Silence
            self.street.resent += wanted == 202
            await asyncio.sleep(self.street.dice.uniform(0.1, 0.6))

    async def answer_after(self, seq: int) -> list[Event]:
        """The bot's words after an event; those of a turn come together.

        Raises:
            Silence: none came for as long as a customer can be asked to wait.
        """
        begun = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                while not self._words(seq):
                    await self._heard()
        except TimeoutError:
            self.story.complaints.append(f"no answer to message {seq} within {PATIENCE:.0f} s")
            raise Silence from None
        waited = time.monotonic() - begun
        self.street.waits.append(Wait(waited, begun - self.street.begun, f"{self.story.conversation}:{seq}"))
        # The page gets the words of a turn one by one; the next may be on its way.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.4):
                while True:
                    await self._heard()
        return self._words(seq)

    def _words(self, seq: int) -> list[Event]:
        return [event for event in self.events if event["seq"] > seq and event["role"] == "bot"]

    async def _heard(self) -> None:
        self._news.clear()
        await self._news.wait()

    async def say(self, text: str) -> list[Event]:
        return await self.answer_after(await self.post(text))

    async def _listen(self) -> None:
        while True:
            # A page is left and come back to; a telephone goes through a tunnel.
            with contextlib.suppress(httpx.HTTPError, TimeoutError):
                async with asyncio.timeout(self.street.dice.expovariate(1 / 20) + 1):
                    read = self._stream if self.street.dice.random() < 0.8 else self._poll
                    async for event in read():
                        self._show(event)
            self.street.reconnected += 1
            await asyncio.sleep(self.street.dice.uniform(0.02, 0.4))

    def _show(self, event: Event) -> None:
        # As it comes: what comes twice or out of order is for the audit to find.
        self.events.append(event)
        self._news.set()

    def _url(self) -> str:
        return f"{self.street.some()}/{self.story.conversation}/events"

    async def _stream(self) -> AsyncIterator[Event]:
        """Server-sent events, resumed where the page is."""
        headers = {**self._headers, "Accept": "text/event-stream"}
        if self.seen:
            headers["Last-Event-ID"] = str(self.seen)
        async with self.street.http.stream("GET", self._url(), headers=headers, timeout=25) as answer:
            if answer.status_code != 200:
                return
            data: list[str] = []
            async for line in answer.aiter_lines():
                if line.startswith("data:"):
                    data.append(line[5:].strip())
                elif not line and data:
                    # Only a whole event counts, as in a browser.
                    yield json.loads("\n".join(data))
                    data = []

    async def _poll(self) -> AsyncIterator[Event]:
        """Long polls, as where a proxy allows no streams."""
        while True:
            headers = {**self._headers, "Accept": "application/json"}
            asked = {"after": self.seen, "wait": 5}
            answer = await self.street.http.get(self._url(), params=asked, headers=headers, timeout=15)
            if answer.status_code != 200:
                return
            for event in answer.json()["events"]:
                yield event

    async def catch_up(self) -> Story:
        """Comes back to the page once more, after everything; the story as it ended."""
        await self.close()
        while True:
            headers = {**self._headers, "Accept": "application/json"}
            url, asked = self._url(), {"after": self.seen}
            page = await self._until(200, lambda: self.street.http.get(url, params=asked, headers=headers))  # noqa: B023
            for event in page["events"]:
                self._show(event)
            if not page["events"]:
                break
        self.story.seen = [Shown(e["seq"], e["type"], e["role"], e["text"]) for e in self.events]
        return self.story
