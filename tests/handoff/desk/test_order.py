"""The order of the queue: who should be taken first is, and the points add up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.desk.order import RISKS, Urgency, in_order, standing

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def urgent(minutes: float = 0, **more: object) -> Urgency:
    return Urgency(NOW - timedelta(minutes=minutes), **more)  # type: ignore[arg-type]


def due(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


#: Each before the next.
ORDER = [
    urgent(0, risks=["safety"], frustration=0.9),
    urgent(0, risks=["safety"]),
    urgent(25, risks=["anger", "threat"], frustration=0.2),
    urgent(0, risks=["threat"]),
    urgent(0, promise_due=due(-1)),
    urgent(0, frustration=1.0),
    urgent(0, promise_due=due(5)),
    urgent(0, promise_due=due(55)),
    urgent(2),
    urgent(1),
    urgent(0),
    urgent(0, ticket=True, promise_due=due(20)),
    urgent(14 * 60, ticket=True, promise_due=due(180)),
    urgent(9 * 60, ticket=True, promise_due=due(180)),
    urgent(13 * 60, ticket=True),
]


def test_who_should_be_taken_first_stands_first() -> None:
    named = [(f"{n:02}", urgency) for n, urgency in enumerate(ORDER)]
    tickets_last = [id_ for id_, _ in in_order(reversed(named), NOW)]
    assert tickets_last == [id_ for id_, _ in named]


@pytest.mark.parametrize("urgency", ORDER)
def test_the_reasons_add_up_to_the_score(urgency: Urgency) -> None:
    stands = standing(urgency, NOW)
    assert stands.score == pytest.approx(sum(reason.points for reason in stands.why))
    assert all(reason.points for reason in stands.why)


def test_whoever_waits_longer_comes_first_when_all_else_is_equal() -> None:
    moved = [id_ for id_, _ in in_order([("b", urgent(3)), ("a", urgent(4)), ("c", urgent(3))], NOW)]
    assert moved == ["a", "b", "c"]


def test_nobody_waits_for_ever_behind_the_merely_annoyed() -> None:
    patient, annoyed = urgent(60), urgent(0, frustration=1.0)
    assert standing(patient, NOW).score > standing(annoyed, NOW).score


def test_a_broken_promise_of_the_night_comes_before_whoever_has_just_come() -> None:
    broken = urgent(14 * 60, ticket=True, promise_due=due(-1))
    assert standing(broken, NOW).score > standing(urgent(5), NOW).score


@given(
    st.floats(-1e6, 1e6),
    st.floats(allow_nan=False),
    st.lists(st.sampled_from([*RISKS, "unknown"])),
    st.none() | st.floats(-1e6, 1e6),
    st.booleans(),
)
def test_every_waiting_conversation_has_a_place(
    minutes: float, frustration: float, risks: list[str], promise: float | None, ticket: bool
) -> None:
    urgency = urgent(
        minutes,
        risks=risks,
        frustration=frustration,
        promise_due=None if promise is None else due(promise),
        ticket=ticket,
    )
    assert -25 <= standing(urgency, NOW).score < 10**6
