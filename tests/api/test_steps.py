"""The stopwatch of a turn: each second belongs to one step."""

import pytest

from api import steps as module
from api.meters import Meters
from api.steps import STEPS, Steps


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock whose hand the test moves."""
    hand = [0.0]
    monkeypatch.setattr(module.time, "perf_counter", lambda: hand[0])
    return hand


def test_actions_that_rasa_asked_for_are_not_counted_as_rasas_time(clock: list[float]) -> None:
    steps = Steps()
    steps.add("waiting", 1.5)
    with steps.timed("engine"):
        clock[0] += 0.2
        for _ in range(2):
            with steps.timed("actions"):
                clock[0] += 0.1
    with steps.timed("commit"):
        clock[0] += 0.05
    assert steps.taken() == pytest.approx({"waiting": 1.5, "engine": 0.2, "actions": 0.2, "commit": 0.05})
    assert steps.milliseconds() == {"waiting": 1500, "engine": 200, "actions": 200, "commit": 50}


def test_a_step_that_fails_has_taken_its_time_all_the_same(clock: list[float]) -> None:
    steps = Steps()
    with pytest.raises(TimeoutError), steps.timed("engine"):
        clock[0] += 8
        raise TimeoutError
    with steps.timed("plain"):
        clock[0] += 0.1
    assert list(steps.taken()) == ["engine", "plain"]
    assert steps.taken()["engine"] == 8


def test_a_clock_that_was_put_back_makes_no_step_shorter_than_nothing() -> None:
    steps = Steps()
    steps.add("waiting", -3)
    assert steps.taken() == {"waiting": 0.0}


def test_every_step_of_a_turn_is_counted_by_its_name() -> None:
    steps, meters = Steps(), Meters()
    for step in STEPS:
        steps.add(step, 0.02)
    meters.steps(steps)
    for step in STEPS:
        count = meters.registry.get_sample_value("frontdoor_turn_step_seconds_count", {"step": step})
        assert count == 1
