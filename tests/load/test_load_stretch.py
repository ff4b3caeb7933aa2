"""The load in its short form: a real product under a steady stream answers everything, and what it took is told."""

from pathlib import Path

import pytest

from tests.journeys.conftest import prepared  # noqa: F401 - a fixture
from tests.load.__main__ import run
from tests.load.stretch import Stretch, table


@pytest.mark.alone
@pytest.mark.rasa
def test_a_steady_stream_is_answered_to_the_last_message(prepared: Path) -> None:  # noqa: F811 - pytest hands it in
    [row] = run(prepared, ["SQLite"], [5.0], seconds=8, warm_up=2)["rows"]
    assert row["meant"] == 40
    assert (row["unanswered"], row["failures"]) == (0, {})
    assert 0 < row["acknowledged_p50"] < row["p50"] <= row["p95"] <= row["p99"]
    assert set(row["cpu_percent"]) == {"api", "bot", "customers"}
    assert min(row["memory_mib"].values()) > 100
    assert "| SQLite | 5 | " in table([row])


def test_who_got_no_answer_is_counted_and_not_left_out() -> None:
    found = Stretch(20, 10, 200, 150, [0.01] * 190, [0.1] * 180, {"no answer in 30 s": 20})
    row = found.row()
    assert (row["unanswered"], row["answered_per_second"], row["p50"]) == (20, 15.0, 100.0)


def test_an_answer_that_came_after_the_end_counts_as_a_wait_and_not_as_throughput() -> None:
    row = Stretch(20, 10, 200, 100, [0.01] * 200, [20.0] * 200, {}).row()
    assert (row["answered_per_second"], row["p99"], row["unanswered"]) == (10.0, 20_000.0, 0)
