"""Local: a SQLite file next door is asked directly; only what may wait for the disk or for others leaves the loop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import URL, CursorResult, Executable, RootTransaction, create_engine
from sqlalchemy import Connection as SyncConnection
from sqlalchemy.exc import OperationalError

T = TypeVar("T")


class LocalConnection:
    """A connection whose statements take microseconds, so that handing each to a thread would cost ten times more.

    Args:
        long: its statements read much; they go to a thread all the same.
    """

    def __init__(self, connection: SyncConnection, long: bool = False) -> None:
        self.sync = connection
        self._long = long

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[*tuple[Any, ...]]:
        """Runs a statement; gives its result."""
        if self._long:
            return await _away(lambda: self.sync.execute(statement, parameters))
        return self.sync.execute(statement, parameters)


class LocalEngine:
    """SQLite on this machine.

    Committing goes to a thread, for it waits for the disk; so does beginning to write while another process does.
    """

    def __init__(self, url: URL, json_serializer: Callable[[object], str]) -> None:
        self.sync_engine = create_engine(
            url,
            json_serializer=json_serializer,
            # A connection begins in one thread and commits in another, and is never used by two at once.
            connect_args={"check_same_thread": False},
            # No limit to the pool: waiting for a free connection would hold up everybody's conversation.
            max_overflow=-1,
            # Each of ours ends its own transaction; a second rollback at its return would be for nothing.
            pool_reset_on_return=None,
        )

    @asynccontextmanager
    async def connect(self, long: bool = False) -> AsyncIterator[LocalConnection]:
        """Gives a connection to read with."""
        with self.sync_engine.connect() as connection:
            yield LocalConnection(connection.execution_options(frontdoor_reads=True), long)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[LocalConnection]:
        """Gives a connection to write with; commits when the block ends well."""
        with self.sync_engine.connect() as connection:
            transaction = await _begun(connection)
            try:
                yield LocalConnection(connection)
            except BaseException:
                transaction.rollback()
                raise
            await _away(transaction.commit)

    async def dispose(self) -> None:
        """Closes every connection."""
        self.sync_engine.dispose()


async def _begun(connection: SyncConnection) -> RootTransaction:
    """Begins to write: at once when nobody else writes, in a thread when there is somebody to wait for."""
    try:
        return connection.execution_options(frontdoor_at_once=True).begin()
    except OperationalError:
        connection.execution_options(frontdoor_at_once=False)
        return await _away(connection.begin)


async def _away(work: Callable[[], T]) -> T:
    """Runs work in a thread. Cancelled, it is waited for: nobody may close a connection that is in the middle."""
    task = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
