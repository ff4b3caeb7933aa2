"""The database: one door to SQLite or PostgreSQL, opened the same way for both."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, Table, event, make_url, text
from sqlalchemy import Connection as SyncConnection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from tenacity import Retrying, retry_if_exception_message, stop_after_delay, wait_random

from handoff.connection import Connection
from handoff.local import LocalEngine

# How long a writer waits for another process's write before it says so, in seconds.
BUSY_SECONDS = 10


#: What is raised while the database is away, busy or full: nothing was written, and it may do well later.
AWAY: tuple[type[Exception], ...] = (OperationalError, InterfaceError, DisconnectionError, PoolTimeoutError)


class BadDatabaseUrl(ValueError):
    """The address of the database cannot be used."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            f"The database url {url!r} cannot be used: {why}. "
            "Allowed: sqlite:///path/to/file.db or postgresql://user:password@host/name."
        )


def normalise_url(url: str) -> URL:
    """Takes a database url as people write it; returns it with our driver, or raises BadDatabaseUrl."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadDatabaseUrl(url, "it is not a url") from error
    shown = parsed.render_as_string(hide_password=True)
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite":
        if parsed.database in (None, "", ":memory:"):
            raise BadDatabaseUrl(shown, "it names no file, and what is kept in memory is lost at a restart")
        return parsed.set(drivername="sqlite+pysqlite")
    if kind in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise BadDatabaseUrl(shown, f"{kind!r} is not a database we know")


def strict_json(value: object) -> str:
    """Takes a JSON value; returns its text. NaN is refused, because PostgreSQL refuses it."""
    return json.dumps(value, allow_nan=False)


def _patiently() -> Retrying:
    # Only the very first connections to a new file change its mode, and SQLite does not wait for each other there.
    return Retrying(
        retry=retry_if_exception_message(match=".*locked"),
        stop=stop_after_delay(BUSY_SECONDS),
        wait=wait_random(0.01, 0.05),
        reraise=True,
    )


def prepare_sqlite(engine: Engine) -> None:
    """Takes a SQLite engine; makes its connections safe for several processes and its writers take turns."""

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        for attempt in _patiently():
            with attempt:
                cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # what was acknowledged survives a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: SyncConnection) -> None:
        # A writer asks for the write lock first: a reader that becomes a writer half-way fails at once.
        options = connection.get_execution_options()
        if options.get("frontdoor_reads"):
            return  # each statement reads the moment it runs, as on PostgreSQL
        if options.get("frontdoor_at_once"):
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")


class Database:
    """The durable memory. Takes a url; gives connections to read (`session`) and to write (`transaction`)."""

    def __init__(self, url: str) -> None:
        self.url = normalise_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine: AsyncEngine | LocalEngine | None = None
        # SQLite has one writer at a time; queueing here is fair and wakes at once, its own waiting polls.
        self._turn: Callable[[], AbstractAsyncContextManager[Any]] = nullcontext

    async def connect(self) -> None:
        """Opens the database and asks it one question, so that a wrong address is known now and not later."""
        if self._engine is None:
            if self.is_sqlite and self.url.database:
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            if self.is_sqlite:
                self._engine = LocalEngine(self.url, strict_json)
                prepare_sqlite(self._engine.sync_engine)
                lock = asyncio.Lock()
                self._turn = lambda: lock
            else:
                self._engine = create_async_engine(
                    self.url,
                    json_serializer=strict_json,
                    pool_pre_ping=True,
                    # Sixteen turns, and whoever writes or reads meanwhile. Two processes stay below PostgreSQL's 100.
                    pool_size=20,
                    max_overflow=20,
                    connect_args={"connect_timeout": 5},
                )
        async with self.session() as connection:
            await connection.execute(text("SELECT 1"))

    @asynccontextmanager
    async def session(self, *, long: bool = False) -> AsyncIterator[Connection]:
        """Gives a connection to read with; each statement sees one consistent moment.

        `long` is for what reads much: customers' conversations go on meanwhile.
        """
        engine = self._opened()
        if isinstance(engine, LocalEngine):
            async with engine.connect(long) as local:
                yield local
        else:
            async with engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Gives a connection to write with: all of it happens when the block ends well, none when it raises.

        Not to be nested: the inner one would wait for the outer one.
        """
        engine = self._opened()
        async with self._turn(), engine.begin() as connection:
            yield connection

    def insert_once(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """Takes a table; returns an insert that does nothing when any unique key is already there."""
        if self.is_sqlite:
            return sqlite.insert(table).on_conflict_do_nothing()
        return postgresql.insert(table).on_conflict_do_nothing()

    async def dispose(self) -> None:
        """Closes every connection. May be called twice."""
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.dispose()

    async def migrate(self) -> None:
        """Brings the tables to the newest version; nothing happens when they are."""
        from handoff.migrations.run import migrate as run

        await asyncio.to_thread(run, self.url.render_as_string(hide_password=False))

    def _opened(self) -> AsyncEngine | LocalEngine:
        if self._engine is None:
            raise RuntimeError("The database is not connected; call connect() first.")
        return self._engine


def migrate(url: str) -> None:
    """Takes a database url; brings its tables to the newest version. Blocks; may run twice, even at once."""
    from handoff.migrations.run import migrate as run

    run(url)
