"""A probability says how often such a reading is right, and never changes what is best."""

import numpy as np
import pytest
from components.linear import softmax
from components.sureness import Sureness
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

SCORES = arrays.arrays(np.float64, st.integers(1, 6), elements=st.floats(-20, 20, allow_nan=False))
SURENESS = st.builds(Sureness, st.floats(0.1, 4.0), st.floats(0.1, 3.0), st.floats(-3.0, 3.0))


@given(SCORES, SURENESS)
def test_chances_make_1_and_keep_the_order_of_the_scores(scores: np.ndarray, sureness: Sureness) -> None:
    chances = sureness.chances(scores)
    assert chances.sum() == pytest.approx(1.0) and ((chances >= 0) & (chances <= 1)).all()
    assert (np.diff(chances[np.argsort(scores, kind="stable")]) >= -1e-12).all()


def test_a_temperature_alone_is_a_softmax() -> None:
    scores = np.array([1.0, 0.2, -3.0])
    assert np.allclose(Sureness(0.7).chances(scores), softmax(scores[None, :], 0.7)[0])


def test_the_best_says_what_slope_and_offset_make_of_it() -> None:
    scores = np.log([0.9, 0.06, 0.04])
    best = Sureness(1.0, 0.5, 0.25).chances(scores)[0]
    assert best == pytest.approx(1 / (1 + np.exp(-(0.5 * np.log(9) + 0.25))), abs=1e-6)


def test_one_class_alone_is_certain() -> None:
    assert Sureness(1.0, 0.5, -1.0).chances(np.array([3.0])).tolist() == [1.0]


def test_what_is_too_sure_at_one_end_and_too_shy_at_the_other_is_straightened() -> None:
    """Half of the readings say 99 % and are right by 90 %, half say 40 % and are right by 60 %."""
    rng = np.random.default_rng(5)
    said, true = np.array([0.99, 0.4] * 1000), np.array([0.9, 0.6] * 1000)
    scores = np.log(np.column_stack([said, *[(1 - said) / 4] * 4]))
    right = np.where(rng.random(len(said)) < true, 0, 1)
    sureness = Sureness.fit([(scores[:1000], right[:1000]), (scores[1000:], right[1000:])], True)
    assert sureness.slope < 1
    shares = [(right[place::2] == 0).mean() for place in (0, 1)]
    assert [sureness.chances(row)[0] for row in scores[:2]] == pytest.approx(shares, abs=0.01)


def test_straight_scores_are_left_as_they_are() -> None:
    scores = np.log(np.array([[0.99, 0.01], [0.4, 0.6]] * 50))
    sureness = Sureness.fit([(scores, np.array([0, 0] * 50))], False)
    assert (sureness.slope, sureness.offset) == (1.0, 0.0) and sureness.temperature > 1


def test_a_handful_of_rows_changes_little() -> None:
    scores = np.log(np.array([[0.8, 0.2]] * 5))
    sureness = Sureness.fit([(scores, np.array([0, 0, 0, 0, 1]))], True)
    assert sureness.slope == pytest.approx(1.0, abs=0.2) and sureness.offset == pytest.approx(0.0, abs=0.2)
