"""A database that is there and not ready yet is waited for; one that is not there is said to be away at once."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from api.durable import DatabaseAway, open_database
from tests.chaos.parts import Postgres
from tests.journeys.product import free_port

#: What a real server says while it is recovering.
REFUSAL = "not accepting connections"


@pytest.fixture
async def recovering(tmp_path: Path) -> AsyncIterator[Postgres]:
    """A real PostgreSQL that takes up its work when it is told to, and refuses everybody until then."""
    # As root, PostgreSQL runs as a user of its own, who must reach its folder.
    server = Postgres(tmp_path / "pg", free_port())
    server.start()
    await asyncio.to_thread(server.until_it_answers)
    server.make_database()
    server.end()
    (server.data / "standby.signal").touch()
    with (server.data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write("\nhot_standby = off\n")
    server.start()
    # Before that it does not listen, and is not there for anybody.
    await asyncio.to_thread(logged, server, "entering standby mode")
    yield server
    server.close()


def logged(server: Postgres, words: str) -> None:
    """Returns once another process has written these words in its log."""
    deadline = time.monotonic() + 30
    while words not in server.log.read_text("utf-8"):
        assert time.monotonic() < deadline, server.last_words()
        time.sleep(0.05)


async def test_a_server_that_is_not_ready_yet_is_waited_for(recovering: Postgres) -> None:
    opening = asyncio.create_task(open_database(recovering.url))
    await asyncio.to_thread(logged, recovering, REFUSAL)
    assert not opening.done()
    (recovering.data / "promote").touch()
    psutil.Process(recovering.pid).send_signal(signal.SIGUSR1)
    database = await opening
    await database.dispose()


async def test_waiting_has_an_end_and_says_what_was_waited_for(recovering: Postgres) -> None:
    with pytest.raises(DatabaseAway, match=f"{REFUSAL}.*Start it, or set FRONTDOOR_DATABASE_URL"):
        await open_database(recovering.url, patience=1)


async def test_a_server_that_is_not_there_is_not_waited_for() -> None:
    async with asyncio.timeout(10):
        with pytest.raises(DatabaseAway, match="Start it"):
            await open_database(f"postgresql://postgres@127.0.0.1:{free_port()}/frontdoor")
