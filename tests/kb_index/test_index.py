"""The fast index finds what exact search finds."""

from __future__ import annotations

import numpy as np
import pytest

from kb_index.exact import ExactIndex
from kb_index.index import VectorIndex


def rows(count: int, seed: int = 0) -> np.ndarray:
    found = np.random.default_rng(seed).normal(size=(count, 32)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.mark.parametrize("count", [1, 7, 500])
def test_flat_search_equals_exact_search(count: int) -> None:
    held, asked = rows(count), rows(20, seed=1)
    scores, places = VectorIndex(held).search(asked, 5)
    exact_scores, exact_places = ExactIndex(held).search(asked, 5)
    assert (places == exact_places).all()
    np.testing.assert_allclose(scores, exact_scores, rtol=0, atol=1e-5)


def test_graph_search_finds_nearly_all_that_exact_search_finds() -> None:
    held, asked = rows(3000), rows(50, seed=1)
    places = VectorIndex(held, flat_up_to=100).search(asked, 10)[1]
    exact = ExactIndex(held).search(asked, 10)[1]
    met = [len(set(a) & set(b)) / 10 for a, b in zip(places.tolist(), exact.tolist(), strict=True)]
    assert np.mean(met) >= 0.95


def test_empty_index_finds_nothing() -> None:
    assert VectorIndex(np.zeros((0, 32), dtype=np.float32)).search(rows(2), 3)[1].shape == (2, 0)
