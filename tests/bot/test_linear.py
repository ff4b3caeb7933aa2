"""Scores and probabilities, checked against scikit-learn's own classifier."""

import numpy as np
import pytest
import scipy.sparse as sp
from components import linear
from components.linear import STRENGTH, Linear, fit_temperature, softmax
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

SCORES = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.floats(-50, 50, allow_nan=False)
)


def rows(n: int, classes: int) -> "tuple[sp.csr_matrix, np.ndarray]":
    """Sparse features and two full columns, as of n-grams and vectors; class 0 has twice as many rows as another."""
    rng = np.random.default_rng(1)
    X = np.hstack([rng.random((n, 8)) * (rng.random((n, 8)) < 0.3), rng.normal(size=(n, 2))])
    return sp.csr_matrix(X, dtype=np.float32), np.array([f"intent {i % (classes + 1) % classes}" for i in range(n)])


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_chances_are_those_of_scikit_learn(classes: int) -> None:
    X, labels = rows(90, classes)
    model = Linear.fit(X, labels)
    oracle = LogisticRegression(C=STRENGTH, class_weight="balanced", multi_class="multinomial", tol=1e-8, max_iter=2000)
    oracle.fit(X, labels)
    assert model.classes.tolist() == oracle.classes_.tolist() and model.scores(X).shape == (90, classes)
    chances = softmax(model.scores(X), 1.0)
    assert np.allclose(chances, oracle.predict_proba(X), atol=0.01)


@pytest.mark.parametrize("classes", [2, 5])
def test_very_many_examples_are_told_apart_by_support_vectors(classes: int) -> None:
    X, labels = rows(90, classes)
    model, oracle = Linear.fit(X, labels, many=True), LinearSVC(C=0.5, random_state=7).fit(X, labels)
    assert model.classes[model.scores(X).argmax(axis=1)].tolist() == oracle.predict(X).tolist()
    assert np.allclose(model.scores(X)[:, -1], oracle.decision_function(X).reshape(90, -1)[:, -1], atol=1e-5)


def test_an_intent_with_a_tenth_of_the_examples_is_not_drowned() -> None:
    X = sp.csr_matrix(np.eye(3, dtype=np.float32)[[0] * 40 + [1] * 4])
    model = Linear.fit(X, np.array(["often"] * 40 + ["seldom"] * 4))
    unheard = softmax(model.scores(sp.csr_matrix(np.eye(3, dtype=np.float32)[[2]])), 1.0)[0]
    assert unheard == pytest.approx([0.5, 0.5], abs=0.05)


def test_a_name_counts_as_one_example_and_no_more() -> None:
    """An intent of ten examples and its name are as heavy as eleven examples; the balance does not count the name."""
    names = np.array([False] * 10 + [True] + [False] * 10)
    counts = linear._counts(np.array([0] * 11 + [1] * 10), names)
    assert counts == pytest.approx(np.ones(21))
    uneven = linear._counts(np.array([0] * 30 + [1] * 10), np.zeros(40, dtype=bool))
    assert uneven[:30].sum() == pytest.approx(uneven[30:].sum()) and uneven.mean() == pytest.approx(1.0)


def test_one_class_alone_is_certain() -> None:
    X = sp.csr_matrix(np.eye(3))
    model = Linear.fit(X, np.array(["only"] * 3))
    assert softmax(model.scores(X), 1.0).tolist() == [[1.0]] * 3


@given(SCORES, st.floats(0.05, 4.5))
def test_probabilities_lie_between_0_and_1_and_make_1(scores: np.ndarray, temperature: float) -> None:
    chances = softmax(scores, temperature)
    assert ((chances >= 0) & (chances <= 1)).all() and np.allclose(chances.sum(axis=1), 1.0)


def test_the_temperature_finds_the_sharpness_the_scores_were_made_with() -> None:
    rng = np.random.default_rng(3)
    scores = rng.normal(size=(4000, 4))
    right = np.array([rng.choice(4, p=chances) for chances in softmax(scores, 0.5)])
    assert fit_temperature([(scores[:2000], right[:2000]), (scores[2000:], right[2000:])]) == pytest.approx(
        0.5, rel=0.1
    )
