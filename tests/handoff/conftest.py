"""What the tests share: a fresh, migrated database on SQLite and on a real PostgreSQL, and one moment."""

import itertools
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handoff.conversations import Conversation, Conversations
from handoff.database import Database, migrate
from tests.conftest import named, run_as_admin

_names = (f"test_{n}" for n in itertools.count())


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """The server's url, once it has a migrated database `template` to copy."""
    run_as_admin(postgres, "CREATE DATABASE template")
    migrate(named(postgres, "template"))
    return postgres


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
    server, name = request.getfixturevalue("template"), next(_names)
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
