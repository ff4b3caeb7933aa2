"""A crowd: customers who ask at a steady pace, and somebody beside them who sends what nobody sends."""

import asyncio
import itertools
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import httpx

from . import strange
from .product import Product

#: Questions of every kind: looked up, about an order, for a person, small talk; in each language.
QUESTIONS = (
    ("en", "how do I return a lamp?"),
    ("zh", "怎么退货？"),
    ("ko", "반품은 어떻게 하나요?"),
    ("en", "where is my order?"),
    ("en", "hello"),
    ("en", "do you ship to Norway?"),
)
#: Customers at once, and seconds each reads an answer before the next question. Nobody writes into a queue without an
#: end: on a machine that is busy with other things, that would measure the machine.
CUSTOMERS, READS = 4, 0.3
#: Seconds between two things the stranger sends.
PAUSE = 0.3


@dataclass
class Waits:
    """Seconds that customers waited for their answers."""

    seconds: list[float] = field(default_factory=list)

    def at(self, share: float) -> float:
        """The time within which that share was answered."""
        ordered = sorted(self.seconds)
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


class Crowd:
    """Customers and a stranger at one product."""

    def __init__(self, product: Product) -> None:
        self._product = product
        # Shorter than the product keeps them: a connection that is just being closed would be taken for a failure.
        limits = httpx.Limits(max_connections=100, keepalive_expiry=2)
        self._http = httpx.AsyncClient(base_url=product.url, timeout=60, trust_env=False, limits=limits)
        self._oddities = self._all_oddities()
        self.refused: list[str] = []

    async def close(self) -> None:
        await self._http.aclose()

    async def stretch(self, seconds: float, with_stranger: bool) -> Waits:
        """Some seconds of customers, with or without a stranger beside them; all are waited for."""
        waits, end = Waits(), time.perf_counter() + seconds
        async with asyncio.TaskGroup() as tasks:
            for number in range(CUSTOMERS):
                tasks.create_task(self._ask_on(number, end, waits))
            if with_stranger:
                tasks.create_task(self._send_on(end))
        return waits

    async def _ask_on(self, first: int, end: float, waits: Waits) -> None:
        for number in itertools.count(first):
            if time.perf_counter() >= end:
                return
            locale, text = QUESTIONS[number % len(QUESTIONS)]
            place, headers = await self._open(locale)
            begun = time.perf_counter()
            await self._answered(place, headers, text)
            waits.seconds.append(time.perf_counter() - begun)
            await asyncio.sleep(READS)

    async def _send_on(self, end: float) -> None:
        while time.perf_counter() < end:
            await self._send(next(self._oddities))
            await asyncio.sleep(PAUSE)

    async def _open(self, locale: str) -> tuple[str, dict[str, str]]:
        opened = (await self._http.post("/api/v1/conversations", json={"locale": locale})).raise_for_status().json()
        headers = {"Authorization": f"Bearer {opened['token']}", "Accept": "application/json"}
        return f"/api/v1/conversations/{opened['id']}", headers

    async def _answered(self, place: str, headers: dict[str, str], text: str) -> None:
        sent = await self._http.post(f"{place}/messages", json={"id": "1", "text": text}, headers=headers)
        if sent.status_code == 422 and sent.json()["code"] == "empty":
            return
        seq = sent.raise_for_status().json()["seq"]
        while True:
            got = await self._http.get(f"{place}/events", params={"after": seq, "wait": 20}, headers=headers)
            if any(event["role"] == "bot" for event in got.raise_for_status().json()["events"]):
                return

    async def _send(self, oddity: tuple[str, str, bytes | str]) -> None:
        kind, place, what = oddity
        if kind == "text":
            await self._answered(*await self._open("en"), str(what))
            return
        answer = await self._http.post(place, content=what, headers={"Content-Type": "application/json"})
        if answer.status_code >= 500:
            self.refused.append(f"{place} {what[:40]!r}: {answer.status_code}")

    def _all_oddities(self) -> Iterator[tuple[str, str, bytes | str]]:
        places: Sequence[str] = ("/api/v1/conversations", "/webhooks/telegram", "/internal/actions", "/operator")
        odd = [(place, body) for place in places for _, body in strange.bodies({"locale": "en"})]
        # Every third is a message, which costs the most; the others are bodies, from nothing to a megabyte.
        texts = itertools.cycle((*strange.TEXTS, *strange.COMMANDS))
        for number, (place, body) in enumerate(itertools.cycle(odd[::7] + odd[::5])):
            yield ("text", "", next(texts)) if number % 3 == 0 else ("body", place, body)
