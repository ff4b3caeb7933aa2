"""The database keeps its word on SQLite and on PostgreSQL."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.pool import NullPool

from handoff.columns import storable
from handoff.conversations import Conversation
from handoff.database import BadDatabaseUrl, Database, migrate, normalise_url
from handoff.tables import events, metadata, promises


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("sqlite:///var/a.db", "sqlite+pysqlite:///var/a.db"),
        ("sqlite+aiosqlite:////tmp/a.db", "sqlite+pysqlite:////tmp/a.db"),
        ("postgres://me@host/name", "postgresql+psycopg://me@host/name"),
        ("postgresql://me@host/name", "postgresql+psycopg://me@host/name"),
        ("postgresql+psycopg://me@host/name", "postgresql+psycopg://me@host/name"),
    ],
)
def test_a_url_is_accepted_as_people_write_it(typed: str, used: str) -> None:
    assert normalise_url(typed).render_as_string() == used


@pytest.mark.parametrize("typed", ["", "nonsense", "mysql://me:secret@host/name", "sqlite://", "sqlite:///:memory:"])
def test_a_url_that_cannot_be_used_is_refused_with_what_is_allowed(typed: str) -> None:
    with pytest.raises(BadDatabaseUrl, match="Allowed: sqlite:///") as refusal:
        normalise_url(typed)
    assert "secret" not in str(refusal.value)


async def test_migrations_and_tables_say_the_same(database: Database) -> None:
    engine = create_engine(database.url, poolclass=NullPool)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    assert differences == []


async def test_migrating_again_changes_nothing(database: Database, conversation: Conversation) -> None:
    await database.migrate()
    engine = create_engine(database.url, poolclass=NullPool)
    names = inspect(engine).get_table_names()
    engine.dispose()
    async with database.session() as connection:
        kept = (await connection.execute(text("SELECT count(*) FROM conversations"))).scalar_one()
    assert set(names) == {*metadata.tables, "alembic_version"}
    assert kept == 1


def test_two_processes_may_migrate_a_new_file_together(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deep' / 'new.db'}"
    code = f"from handoff.database import migrate; migrate({url!r})"
    both = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(2)]
    complaints = [process.communicate(timeout=60)[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], complaints
    migrate(url)


async def test_sqlite_is_set_up_to_be_shared(migrated_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    shutil.copy(migrated_file, path)
    db = Database(f"sqlite:///{path}")
    await db.connect()
    async with db.session() as connection:
        asked = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "busy_timeout", "foreign_keys")
        }
    await db.dispose()
    assert asked == {"journal_mode": "wal", "busy_timeout": 10_000, "foreign_keys": 1}


async def test_a_transaction_that_fails_leaves_nothing_behind(database: Database, conversation: Conversation) -> None:
    with pytest.raises(RuntimeError, match="half-way"):
        async with database.transaction() as connection:
            await connection.execute(text("UPDATE conversations SET epoch = 9"))
            raise RuntimeError("half-way")
    async with database.session() as connection:
        assert (await connection.execute(text("SELECT epoch FROM conversations"))).scalar_one() == 0


async def test_a_row_of_nobody_is_refused(database: Database, now: datetime) -> None:
    row = {"id": "p", "conversation_id": "nobody", "kind": "reply", "text": "", "due_at": now, "made_at": now}
    with pytest.raises(IntegrityError):
        async with database.transaction() as connection:
            await connection.execute(insert(promises).values(**row))


async def test_a_moment_comes_back_as_the_same_moment_in_utc(database: Database, conversation: Conversation) -> None:
    seoul = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=timezone(timedelta(hours=9)))
    row = {
        "conversation_id": conversation.id,
        "seq": 1,
        "type": "message",
        "role": "bot",
        "text": "",
        "data": {},
    }
    async with database.transaction() as connection:
        await connection.execute(insert(events).values(**row, epoch=0, at=seoul))
    async with database.session() as connection:
        back = (await connection.execute(select(events.c.at))).scalar_one()
    assert back == seoul
    assert back.tzinfo is UTC


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="no time zone"):
        async with database.transaction() as connection:
            await connection.execute(select(events).where(events.c.at > datetime(2026, 1, 1)))


def test_characters_no_database_holds_keep_their_place() -> None:
    assert storable("a\x00b\ud800c 한글 👋") == "a\ufffdb\ufffdc 한글 👋"


async def test_a_database_that_is_not_connected_says_so() -> None:
    with pytest.raises(RuntimeError, match="call connect"):
        async with Database("sqlite:///nowhere.db").session():
            raise AssertionError("this is never reached")


async def test_writers_at_the_same_time_take_turns(database: Database, conversation: Conversation) -> None:
    async def count_up() -> None:
        async with database.transaction() as connection:
            row = await connection.execute(
                text("SELECT epoch FROM conversations WHERE id = :id" + ("" if database.is_sqlite else " FOR UPDATE")),
                {"id": conversation.id},
            )
            await connection.execute(text("UPDATE conversations SET epoch = :n"), {"n": row.scalar_one() + 1})

    await asyncio.gather(*(count_up() for _ in range(20)))
    async with database.session() as connection:
        assert (await connection.execute(text("SELECT epoch FROM conversations"))).scalar_one() == 20


async def test_while_another_process_writes_ours_waits_and_customers_do_not(tmp_path: Path) -> None:
    file = tmp_path / "shared.db"
    migrate(f"sqlite:///{file}")
    database = Database(f"sqlite:///{file}")
    await database.connect()
    # A connection of its own is to SQLite what another process is.
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = asyncio.Event()

        async def write() -> None:
            async with database.transaction() as connection:
                begun.set()
                await connection.execute(text("SELECT 1"))

        writing = asyncio.create_task(write())
        for _ in range(20):
            async with asyncio.timeout(1), database.session() as connection:
                assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
        assert not begun.is_set()
        other.execute("COMMIT")
        await asyncio.wait_for(writing, 10)
    assert begun.is_set()
    await database.dispose()
