"""The storm: customers and the murderer on one set, and the audit when it is over."""

import asyncio
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from handoff.database import Database
from handoff.events import Events

from .agents import Agents, again_until_it_works
from .audit import LOST, PATIENCE, PROMISES, Finding, audit, kept_of
from .customers import Customer, Silence, Street
from .errands import LOCALES, ask, be_taken_over, want_a_ticket
from .murderer import Murderer
from .set import ReplicaSet

#: Seconds after the storm in which everything acknowledged must be answered.
SETTLES_WITHIN = 120.0


@dataclass(frozen=True)
class Plan:
    """How long and how hard: ends when the seconds are over, the messages are sent, each part was struck, and the
    outages were.

    ``every``: seconds between two murders, on average. ``outages``: each kind of part is away for 30 s, killed and
    frozen.
    """

    seconds: float
    messages: int
    customers: int
    every: float
    outages: bool
    seed: int


@dataclass
class Result:
    """What came out."""

    plan: Plan
    seconds: float = 0.0
    figures: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


async def storm(made: ReplicaSet, plan: Plan, tell: Callable[[str], None]) -> Result:
    """Lets customers and the murderer loose, waits until all is answered, and audits.

    Args:
        made: a set that is running.
        tell: hears how it goes.
    """
    dice = random.Random(plan.seed)
    street = Street([api.url for api in made.apis], random.Random(plan.seed + 1))
    database = Database(made.postgres.url)
    await database.connect()
    agents = Agents(database)
    murderer = Murderer(made, dice, plan.every, plan.outages, tell)
    over, begun = asyncio.Event(), time.monotonic()
    crowd: list[Customer] = []
    result = Result(plan)
    try:
        murders = asyncio.create_task(murderer.run(over))
        players = [asyncio.create_task(_visitors(street, agents, crowd, over)) for _ in range(plan.customers)]
        clock = asyncio.create_task(_clock(plan, street, murderer, begun, tell))
        # A murderer or a customer that fails by a mistake of this test must not look like a quiet storm.
        done, _ = await asyncio.wait({clock, murders, *players}, return_when=asyncio.FIRST_COMPLETED)
        over.set()
        if clock not in done:
            for task in done:
                task.result()
        await murders
        await asyncio.gather(*players)
        clock.cancel()
        result.seconds = time.monotonic() - begun
        tell("the storm is over; everything comes back")
        await murderer.everything_is_back(SETTLES_WITHIN)
        left = await _settle(database)
        result.findings += [
            Finding(LOST, each, f"still waiting {SETTLES_WITHIN:.0f} s after the storm") for each in left
        ]
        tell("the audit")
        result.findings += await _audit(database, crowd)
        result.findings += [Finding(PATIENCE, "of nobody", words) for words in murderer.complaints]
        unnamed = [f"{part} was away for 30 s and /health/ready did not name it" for part in murderer.unnamed()]
        result.findings += [Finding(PATIENCE, "of nobody", words) for words in unnamed]
        result.figures = _figures(street, crowd, agents, murderer, result)
    finally:
        over.set()
        await street.http.aclose()
        await database.dispose()
    return result


async def _clock(plan: Plan, street: Street, murderer: Murderer, begun: float, tell: Callable[[str], None]) -> None:
    told = 0.0
    while (
        (now := time.monotonic() - begun) < plan.seconds
        or street.sent < plan.messages
        or murderer.outages_left
        or len(murderer.acts) < len(murderer.parts)
    ):
        if now - told >= 30:
            told = now
            tell(f"{street.sent} messages")
        await asyncio.sleep(0.5)


async def _visitors(street: Street, agents: Agents, crowd: list[Customer], over: asyncio.Event) -> None:
    """One customer after the other, until the storm is over."""
    dice = street.dice
    while not over.is_set():
        kind = dice.choices(("asks", "ticket", "taken over"), (5, 3, 2))[0]
        customer = Customer(street, kind, dice.choice(LOCALES))
        try:
            await customer.open()
            crowd.append(customer)
            if kind == "asks":
                await ask(customer)
            elif kind == "ticket":
                await want_a_ticket(customer)
            else:
                await be_taken_over(customer, agents.take_over)
        except Silence:
            # It is in the customer's story; the next one comes.
            pass
        # The page stays open for a while: a word that should not come would be seen.
        await asyncio.sleep(dice.uniform(0, 1))
        await customer.close()


async def _settle(database: Database) -> list[str]:
    """Waits until nothing is unhandled; the conversations in which something still is."""
    events, begun = Events(database), time.monotonic()
    while True:
        left = await again_until_it_works(events.conversations_with_unhandled)
        if not left or time.monotonic() - begun > SETTLES_WITHIN:
            return list(left)
        await asyncio.sleep(0.5)


async def _audit(database: Database, crowd: list[Customer]) -> list[Finding]:
    some = asyncio.Semaphore(8)

    async def one(customer: Customer) -> list[Finding]:
        async with some:
            story = await customer.catch_up()
            return audit(story, await again_until_it_works(lambda: kept_of(database, story.conversation)))

    return [finding for found in await asyncio.gather(*map(one, crowd)) for finding in found]


def _figures(
    street: Street, crowd: list[Customer], agents: Agents, murderer: Murderer, result: Result
) -> dict[str, Any]:
    by_length = sorted(street.waits)
    waits = [wait.seconds for wait in by_length]
    acts = Counter(f"{act.how} {act.part}" for act in murderer.acts)
    return {
        "seconds": round(result.seconds),
        "messages": street.sent,
        "sent again": street.resent,
        "conversations": len(crowd),
        "tickets wanted": sum(customer.story.tickets_wanted for customer in crowd),
        "takeovers": agents.takeovers,
        "pages reconnected": street.reconnected,
        "acts": dict(sorted(acts.items())),
        "ended by themselves": dict(murderer.ended_by_themselves),
        "named by /health/ready": {part: sorted(names) for part, names in murderer.named.items()},
        "answer after seconds": {
            "median": round(statistics.median(waits), 2) if waits else None,
            "p95": round(waits[int(len(waits) * 0.95)], 2) if waits else None,
            "longest": round(waits[-1], 2) if waits else None,
        },
        "longest waits": [
            f"{wait.seconds:.0f} s since {wait.since:.0f} s, {wait.message}" for wait in reversed(by_length[-5:])
        ],
        "broken": {promise: sum(finding.promise == promise for finding in result.findings) for promise in PROMISES},
    }
