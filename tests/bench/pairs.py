"""Pairs: the same messages to two products or two conversations by turns, so that a busy machine is fair to both."""

import itertools
import sqlite3
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any

import httpx

from tests.bench.dialogues import Dialogue
from tests.bench.frontdoor import Frontdoor, WidgetCustomer
from tests.bench.load import milliseconds
from tests.bench.processes import client
from tests.bench.system import start

Waits = dict[str, list[float]]


async def two_products(products: dict[str, Frontdoor], script: Sequence[Dialogue], messages: int) -> dict[str, Any]:
    """Starts both; the waits for so many messages to each, and for what an operator asks."""
    waits: Waits = {name: [] for name in products}
    async with AsyncExitStack() as stack:
        https: dict[str, httpx.AsyncClient] = {}
        started: dict[str, float] = {}
        for name, product in products.items():
            stack.callback(product.end)
            https[name] = await stack.enter_async_context(client(product.url, 4))
            started[name] = round(await start(product, https[name]), 1)
        for number in itertools.count():
            if len(next(iter(waits.values()))) >= messages:
                break
            async with AsyncExitStack() as chats:
                open_ = {n: await chats.enter_async_context(products[n].customer(https[n])) for n in products}
                await _by_turns(open_, script[number % len(script)].messages, waits)
        beside = {name: await _operator(product, https[name]) for name, product in products.items()}
    return {"seconds_to_first_answer": started, "message": _summary(waits), "operator_ms": beside}


async def two_conversations(
    product: Frontdoor, data: Path, script: Sequence[Dialogue], turns: int, compared: int
) -> dict[str, Any]:
    """One conversation of so many turns, then by turns a message in it and one in a fresh conversation."""
    waits: Waits = {"fresh": [], "long": []}
    messages = itertools.cycle(text for each in script for text in each.messages)
    async with AsyncExitStack() as stack:
        stack.callback(product.end)
        http = await stack.enter_async_context(client(product.url, 4))
        await start(product, http)
        long = await stack.enter_async_context(product.customer(http))
        grown = [await _wait(long, next(messages)) for _ in range(turns)]
        for number in itertools.count():
            if len(waits["long"]) >= compared:
                break
            async with product.customer(http) as fresh:
                await _by_turns({"fresh": fresh, "long": long}, script[number % len(script)].messages, waits)
    with closing(sqlite3.connect(data / "frontdoor.db")) as database:
        size = database.execute("SELECT max(length(dialogue)) FROM conversations").fetchone()[0]
        tickets = database.execute("SELECT max(length(transcript)) FROM tickets").fetchone()[0]
    return {
        "turns": turns,
        "message": _summary(waits),
        "first_and_last_hundred_p50_ms": [milliseconds(grown[:100], 0.5), milliseconds(grown[-100:], 0.5)],
        "largest_memory_bytes": size,
        "largest_transcript_bytes": tickets,
    }


async def _by_turns(customers: dict[str, WidgetCustomer], texts: Sequence[str], waits: Waits) -> None:
    for number, text in enumerate(texts):
        # Who is second finds caches warm, so each is first as often as the other.
        for name in sorted(customers, reverse=bool(number % 2)):
            waits[name].append(await _wait(customers[name], text))


async def _wait(customer: WidgetCustomer, text: str) -> float:
    begun = time.perf_counter()
    await customer.say(text)
    return time.perf_counter() - begun


async def _operator(product: Frontdoor, http: httpx.AsyncClient) -> dict[str, float]:
    """Milliseconds of the operator's questions: is it ready, and the figures for the first time and again."""
    key = {"Authorization": f"Bearer {(product.data / 'operator.key').read_text('utf-8').strip()}"}
    found = {}
    for name, place in (("ready", "/health/ready"), ("figures", "/operator/figures"), ("metrics", "/metrics")):
        begun = time.perf_counter()
        (await http.get(place, headers=key)).raise_for_status()
        found[name] = round(1000 * (time.perf_counter() - begun), 1)
    return found


def _summary(waits: Waits) -> dict[str, Any]:
    names = list(waits)
    figures = {n: {"p50": milliseconds(waits[n], 0.5), "p95": milliseconds(waits[n], 0.95)} for n in names}
    small, large = (figures[name] for name in names)
    return {**figures, "ratio": {p: round(float(large[p] or 0) / float(small[p] or 1), 2) for p in ("p50", "p95")}}
