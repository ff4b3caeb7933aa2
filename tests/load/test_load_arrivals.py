"""Arrivals: the stream is steady, belongs to many customers, and does not wait for answers."""

import itertools

import pytest

from tests.load.arrivals import PERIOD, Arrivals


@pytest.mark.parametrize("rate", [0.5, 3.0, 20.0, 100.0])
def test_messages_are_due_evenly_and_as_many_as_promised(rate: float) -> None:
    arrivals = Arrivals(rate, seconds=30, warm_up=5)
    moments = sorted(at for number in range(arrivals.customers) for at in arrivals.of(number))
    gaps = [after - before for before, after in itertools.pairwise(moments)]
    assert gaps == pytest.approx([1 / rate] * len(gaps))
    assert arrivals.counted == sum(5 <= at < 35 for at in moments) == pytest.approx(30 * rate, abs=1)


def test_a_customer_has_time_to_read_before_writing_again() -> None:
    arrivals = Arrivals(20, seconds=60)
    assert arrivals.customers == 20 * PERIOD
    assert [b - a for a, b in itertools.pairwise(arrivals.of(7))] == pytest.approx([PERIOD] * 6)
