"""The moving window: exact, and it forgets whoever has been silent."""

from collections import deque

import pytest
from limits import parse

from api.window import SWEEP, MovingWindow


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_one_too_many_is_told_when_there_is_room_again(clock: Clock) -> None:
    window, limit = MovingWindow(clock), parse("3/minute")
    for second in (0, 10, 20):
        clock.now = 1000 + second
        assert window.hit(limit, "address", "a") == 0
    clock.now = 1030
    assert window.hit(limit, "address", "a") == pytest.approx(30)
    assert window.hit(limit, "address", "b") == 0
    assert window.hit(limit, "conversation", "a") == 0
    clock.now = 1060
    assert window.hit(limit, "address", "a") == 0
    assert window.hit(limit, "address", "a") == pytest.approx(10)


def test_never_more_than_allowed_in_any_stretch_of_the_window(clock: Clock) -> None:
    window, limit = MovingWindow(clock), parse("5/second")
    let_in: deque[float] = deque()
    for step in range(400):
        clock.now = 1000 + step * 0.037
        if window.hit(limit, "address", "a") == 0:
            let_in.append(clock.now)
        assert sum(clock.now - at < 1 for at in let_in) <= 5
    assert len(let_in) > 60


def test_whoever_is_silent_is_forgotten(clock: Clock) -> None:
    window, limit = MovingWindow(clock), parse("3/minute")
    for number in range(1000):
        window.hit(limit, "address", str(number))
    assert len(window) == 1000
    clock.now += SWEEP + 1
    window.hit(limit, "address", "new")
    assert len(window) == 1
