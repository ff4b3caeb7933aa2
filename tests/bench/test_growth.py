"""Growth: at twenty thousand turns nothing is read from end to end, and the measuring itself tells the truth."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from handoff.database import Database, migrate
from handoff.figures import Figures
from handoff.tables import metadata, traces
from tests.bench.fill import fill
from tests.bench.growth import markdown
from tests.bench.operations import GROWING, Operations, scans, timed, whole
from tests.conftest import named, run_as_admin

TURNS = 20_000
NOW = datetime.now(UTC)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The url of a database with many turns in it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('growth') / 'frontdoor.db'}"
    else:
        server = request.getfixturevalue("postgres")
        run_as_admin(server, "CREATE DATABASE growth")
        url = named(server, "growth")
    migrate(url)
    assert fill(url, TURNS, NOW)["conversations"] == TURNS / 4
    return url


@pytest.fixture
async def database(large: str) -> AsyncIterator[Database]:
    db = Database(large)
    await db.connect()
    yield db
    await db.dispose()


async def test_nothing_the_product_asks_reads_a_growing_table_from_end_to_end(database: Database) -> None:
    assert await scans(database) == []


async def test_every_operation_is_timed_on_each_database(database: Database, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    migrate(url)
    empty = Database(url)
    await empty.connect()
    try:
        found = await timed({"empty": empty, "large": database}, repeats=2)
    finally:
        await empty.dispose()
    assert list(found) == list(Operations(database).all())
    assert all(figures[name] > 0 for figures in found.values() for name in ("empty", "large"))


async def test_a_filled_database_looks_like_one_that_grew(database: Database) -> None:
    async with database.session() as connection:
        counted = {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
            if table.name in GROWING
        }
        newest = (await connection.execute(select(func.max(traces.c.at)))).scalar_one()
    assert min(counted.values()) > 0
    assert counted["events"] >= 2 * TURNS - 3
    assert newest <= datetime.now(UTC)
    backlog = await Figures(database).backlog(NOW)
    # Customers who wait, in conversations that are going on.
    assert backlog.waiting_conversations == 3
    assert 0 < backlog.open_tickets < counted["tickets"] / 10
    assert (await Figures(database).tally(NOW - timedelta(days=30), NOW)).turns.total() > TURNS / 30


@pytest.mark.parametrize(
    ("plan", "reads_whole"),
    [
        (["SCAN events"], True),
        (["SCAN events USING INDEX ix_events_unhandled"], False),
        (["SCAN outbox USING INDEX ix_outbox_status_due_at"], True),
        (["SEARCH events USING INDEX uq (conversation_id=?)", "SCAN anon_1"], False),
        (["Limit  (cost=0.29..8.30)", "->  Seq Scan on events  (cost=0.00..1.00)", "Filter: (x = 1)"], True),
        (["->  Index Scan using pk_outbox on outbox  (cost=0.28..1.00)", "Filter: ((status)::text = 'dead')"], True),
        (["->  Index Scan using ix_a on outbox  (cost=0.28..1.00)", "Index Cond: ((status)::text = 'dead')"], False),
        (
            ["->  Bitmap Heap Scan on outbox  (cost=0)", "Recheck Cond: x", "->  Bitmap Index Scan on ix_a  (cost=0)"],
            False,
        ),
    ],
)
def test_a_plan_that_reads_everything_is_told_from_one_that_searches(plan: list[str], reads_whole: bool) -> None:
    assert bool(list(whole(plan))) is reads_whole


def test_the_report_shows_both_sides_and_their_ratio() -> None:
    waits = {
        "empty": {"p50": 30.0, "p95": 40.0},
        "large": {"p50": 33.0, "p95": 40.0},
        "ratio": {"p50": 1.1, "p95": 1.0},
    }
    asked = {"ready": 2.0, "figures": 9.0, "metrics": 5.0}
    one = {"database": "sqlite", "turns": 1_000_000, "operations": {"finish a turn": {"empty": 2.0, "large": 2.1}}}
    one["answers"] = {"message": waits, "operator_ms": {"empty": asked, "large": asked}}
    long = {"turns": 2_000, "message": {"fresh": waits["empty"], "long": waits["large"], "ratio": waits["ratio"]}}
    table = markdown({"databases": [one], "conversation": long})
    assert "| operation | sqlite: empty / 1,000,000 turns, ms |" in table
    assert "| finish a turn | 2.0 / 2.1 |" in table
    assert "| a message answered, p50 (ratio) | 30.0 / 33.0 (1.1) |" in table
    assert "| one conversation of 2,000 turns | fresh | long | ratio |" in table
