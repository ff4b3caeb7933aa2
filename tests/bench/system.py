"""System: what the benchmark asks of each of the two: start, be written to, be weighed, end."""

import asyncio
import time
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

import httpx

from tests.bench.load import PATIENCE, Customer, Unanswered
from tests.bench.processes import DidNotStart, Processes

#: Seconds until a started system must have answered its first message, on a machine that is busy with other things.
STARTS_WITHIN = 600.0
#: Its answer needs the articles, so that a bot without its action server does not count as started.
FIRST_MESSAGE = "how much is delivery to germany"


class System(Protocol):
    """One of the two systems, in one of its forms."""

    name: str
    processes: Processes

    def start(self) -> None:
        """Starts its processes and does not wait for them."""

    def customer(self, http: httpx.AsyncClient) -> AbstractAsyncContextManager[Customer]:
        """Opens a conversation."""

    @property
    def url(self) -> str:
        """Where its customers write to."""

    def end(self) -> None:
        """Ends its processes."""


async def start(system: System, http: httpx.AsyncClient) -> float:
    """Starts a system; the seconds until its first message was answered."""
    begun = time.perf_counter()
    system.start()
    why = "nobody listened"
    while time.perf_counter() - begun < STARTS_WITHIN:
        system.processes.check()
        try:
            async with asyncio.timeout(PATIENCE), system.customer(http) as customer:
                await customer.say(FIRST_MESSAGE)
                return time.perf_counter() - begun
        except (httpx.HTTPError, Unanswered, TimeoutError) as problem:
            why = repr(problem)
        await asyncio.sleep(0.05)
    raise DidNotStart(f"{system.name} did not answer within {STARTS_WITHIN:g} s: {why}")


def reset(folder: Path) -> Path:
    """An empty folder."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
