"""Held-out examples are new to the classifier, and every intent stays taught."""

import numpy as np
import pytest
from components import folds
from hypothesis import given
from hypothesis import strategies as st


def unit(angles: "list[float]") -> np.ndarray:
    return np.array([[np.cos(a), np.sin(a)] for a in angles], dtype=np.float32)


def test_near_duplicates_are_held_out_together() -> None:
    """Two intents, each said in three ways, twice a way."""
    labels = np.array(["refund"] * 6 + ["invoice"] * 6)
    vectors = unit([0.0, 0.01, 1.0, 1.01, 2.0, 2.01] * 2)
    rounds = [set(held) for _, held in folds.by_saying(labels, vectors, 3, 7)]
    assert all(sum({first, first + 1} <= held for held in rounds) == 1 for first in range(0, 12, 2))
    assert sorted(len(held & set(range(6))) for held in rounds) == [2, 2, 2]


def test_an_intent_said_in_one_way_is_spread_row_by_row() -> None:
    held = [held.tolist() for _, held in folds.by_saying(np.array(["hi"] * 3), unit([0.0, 0.01, 0.02]), 3, 7)]
    assert sorted(held) == [[0], [1], [2]]


@given(st.lists(st.tuples(st.integers(2, 5), st.integers(0, 3)), min_size=1, max_size=5), st.integers(2, 3))
def test_each_row_is_held_out_once_and_each_intent_always_taught(intents: "list[tuple[int, int]]", n: int) -> None:
    labels = np.array([place for place, (rows, _) in enumerate(intents) for _ in range(rows)])
    vectors = unit([(row % (kinds + 1)) * 1.2 for rows, kinds in intents for row in range(rows)])
    held_out = []
    for taught, held in folds.by_saying(labels, vectors, n, 7):
        assert len(held) and set(labels[taught]) == set(labels) and not set(taught) & set(held)
        held_out += held.tolist()
    assert sorted(held_out) == list(range(len(labels)))


@pytest.mark.parametrize("n", [2, 3])
def test_at_random_each_label_is_spread_over_all_rounds(n: int) -> None:
    labels = np.array(["a"] * 6 + ["b"] * 6)
    for taught, held in folds.at_random(labels, n, 7):
        assert (labels[held] == "a").sum() == (labels[held] == "b").sum() == 6 // n
        assert len(taught) == 12 - 12 // n
