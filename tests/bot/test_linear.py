"""Scores and probabilities, checked against scikit-learn's own classifier."""

import numpy as np
import pytest
import scipy.sparse as sp
from components.linear import Linear, fit_temperature, softmax
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.svm import LinearSVC

SCORES = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.floats(-50, 50, allow_nan=False)
)


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_scores_are_those_of_scikit_learn(classes: int) -> None:
    rng = np.random.default_rng(1)
    X, labels = sp.csr_matrix(rng.random((40, 6))), np.array([f"intent {i % classes}" for i in range(40)])
    model, oracle = Linear.fit(X, labels), LinearSVC(C=0.5, random_state=7).fit(X, labels)
    assert model.classes.tolist() == oracle.classes_.tolist()
    best = model.classes[model.scores(X).argmax(axis=1)]
    assert model.scores(X).shape == (40, classes) and best.tolist() == oracle.predict(X).tolist()
    assert np.allclose(model.scores(X)[:, -1], oracle.decision_function(X).reshape(40, -1)[:, -1], atol=1e-5)


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
