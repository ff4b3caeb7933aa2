"""Load: customers who write all at once, each waiting for its answer before the next message."""

import asyncio
import itertools
import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from tests.bench.dialogues import Dialogue

#: Seconds a customer waits for an answer; after that the message counts as lost.
PATIENCE = 30.0


class Unanswered(Exception):
    """A message got no answer; the text is the kind of failure, short, because they are counted by it."""


class Customer(Protocol):
    """One conversation with one of the systems."""

    async def say(self, text: str) -> str:
        """Sends a message; gives the words of the answer, or raises Unanswered."""


Opens = Callable[[], AbstractAsyncContextManager[Customer]]


@dataclass
class Figures:
    """What one or several stretches of load came to.

    `latencies` are the seconds of the answers that came within the time, `late` counts those after it. CPU seconds
    are of the client, and of the system by part.
    """

    clients: int
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    late: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    client_cpu: float = 0.0
    system_cpu: Counter[str] = field(default_factory=Counter)

    @property
    def answered(self) -> int:
        return len(self.latencies)

    def add(self, other: "Figures") -> None:
        self.seconds += other.seconds
        self.latencies += other.latencies
        self.late += other.late
        self.failures += other.failures
        self.client_cpu += other.client_cpu
        self.system_cpu.update(other.system_cpu)

    def row(self) -> dict[str, object]:
        """The figures as the report has them."""
        worked = max(self.answered + self.late, 1)
        return {
            "clients": self.clients,
            "seconds": round(self.seconds, 1),
            "answered": self.answered,
            "failures": dict(self.failures),
            "per_second": round(self.answered / self.seconds, 1) if self.seconds else 0.0,
            "p50_ms": milliseconds(self.latencies, 0.50),
            "p95_ms": milliseconds(self.latencies, 0.95),
            "client_cpu_ms": round(1000 * self.client_cpu / worked, 2),
            "system_cpu_ms": {part: round(1000 * used / worked, 2) for part, used in sorted(self.system_cpu.items())},
        }


def milliseconds(seconds: Sequence[float], share: float) -> float | None:
    """The time within which that share was answered (nearest rank); None when nothing was."""
    if not seconds:
        return None
    return round(1000 * sorted(seconds)[max(0, math.ceil(share * len(seconds)) - 1)], 2)


async def load(opens: Opens, script: Sequence[Dialogue], clients: int, seconds: float) -> Figures:
    """Lets some customers write for some seconds; an answer that comes after the end is waited for, not counted."""
    figures = Figures(clients, seconds)
    cpu, end = time.process_time(), time.perf_counter() + seconds
    # Each begins at another place of the script, so that they do not all ask the same at once.
    await asyncio.gather(
        *(_write(opens, script, number * len(script) // clients, end, figures) for number in range(clients))
    )
    figures.client_cpu = time.process_time() - cpu
    return figures


async def _write(opens: Opens, script: Sequence[Dialogue], first: int, end: float, figures: Figures) -> None:
    for number in itertools.count(first):
        if time.perf_counter() >= end:
            return
        try:
            async with opens() as customer:
                for text in script[number % len(script)].messages:
                    begun = time.perf_counter()
                    if begun >= end:
                        return
                    async with asyncio.timeout(PATIENCE):
                        await customer.say(text)
                    done = time.perf_counter()
                    if done <= end:
                        figures.latencies.append(done - begun)
                    else:
                        figures.late += 1
        except TimeoutError:
            figures.failures[f"no answer in {PATIENCE:g} s"] += 1
        except Unanswered as problem:
            figures.failures[str(problem)] += 1
