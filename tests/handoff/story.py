"""Stories: what the stateful tests share. A failure is told as the steps a customer, an agent or a machine took.

Two replicas work on one database, each may die at any statement of a transaction, and the clock is the story's own.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, note, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import delete

from handoff.connection import Connection
from handoff.database import Database
from handoff.tables import metadata

T = TypeVar("T")
MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
#: How many stories a run tells; unset, a fixed few are told, the same ones each time.
LONG = "FRONTDOOR_STORIES"
#: A replica that dies at this statement has done its work, and nobody has heard of it.
AFTER_THE_COMMIT = 99


class Died(Exception):
    """The process ended here; what it had in memory is gone."""


class Mortal(Database):
    """A database as a process sees it that may die: at a statement of its next transaction, or right after it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.dies_at: int | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        dies_at, self.dies_at = self.dies_at, None
        async with super().transaction() as connection:
            if dies_at is None or dies_at == AFTER_THE_COMMIT:
                yield connection
            else:
                yield Dying(connection, dies_at)
                # It had fewer statements than that: it dies with all of them made and nothing committed.
                raise Died
        if dies_at == AFTER_THE_COMMIT:
            raise Died


class Dying:
    """A connection of a process that dies after so many statements."""

    def __init__(self, connection: Connection, left: int) -> None:
        self._connection = connection
        self._left = left

    async def execute(self, statement: Any, parameters: Any = None) -> Any:
        """Runs a statement, as long as it lives."""
        if self._left <= 0:
            raise Died
        self._left -= 1
        return await self._connection.execute(statement, parameters)


class World:
    """One database, two replicas' ways to it, and one event loop for a whole run of stories."""

    def __init__(self, url: str) -> None:
        self._runner = asyncio.Runner()
        self.replicas = [Mortal(url), Mortal(url)]
        self.now = MORNING
        self.told = 0
        for replica in self.replicas:
            self.run(replica.connect())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What a piece of work comes to."""
        return self._runner.run(work)

    def both(self, *work: Coroutine[Any, Any, Any]) -> list[Any]:
        """What pieces of work come to that begin at the same moment: results, or what they raised."""

        async def together() -> list[Any]:
            return await asyncio.gather(*work, return_exceptions=True)

        return self.run(together())

    def begin_anew(self) -> None:
        """An empty database on the same morning: no story knows of another."""

        async def wipe() -> None:
            async with Database.transaction(self.replicas[0]) as connection:
                for table in reversed(metadata.sorted_tables):
                    await connection.execute(delete(table))

        for replica in self.replicas:
            replica.dies_at = None
        self.run(wipe())
        self.now, self.told = MORNING, 0

    def passes(self, seconds: float) -> datetime:
        """Lets time go by; the moment it is then."""
        self.now += timedelta(seconds=seconds)
        return self.now

    def tell(self, sentence: str) -> None:
        """A sentence of the story, shown when it ends badly."""
        self.told += 1
        note(f"{self.told:3}. {sentence}")

    def close(self) -> None:
        """Nothing is told any more."""
        for replica in self.replicas:
            self.run(replica.dispose())
        self._runner.close()


def tell_stories(machine: type[RuleBasedStateMachine], url: str, examples: int, steps: int) -> None:
    """Tells stories on a database until one ends badly; then the shortest such story is what fails the test."""
    long = int(os.environ.get(LONG, "0"))
    world = World(url)
    told = settings(
        max_examples=long or examples,
        stateful_step_count=2 * steps if long else steps,
        derandomize=not long,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(lambda: machine(world), settings=told)  # type: ignore[call-arg,arg-type]
    finally:
        world.close()
