"""Linear scores: how strongly a message speaks for each intent, and what probability that makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional, Tuple

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize_scalar
from sklearn.svm import LinearSVC

from components import logistic

#: Chosen among 3 to 300 by cross-validation on training rows (docs/decisions/0002).
STRENGTH = 10.0
#: With more examples than this a support vector machine is as good, and fitted in a tenth of the time.
MANY = 2000


@dataclass
class Linear:
    """A fitted linear classifier: ``classes`` (n,), ``weights`` (features, n) float32, ``biases`` (n,)."""

    classes: np.ndarray
    weights: np.ndarray
    biases: np.ndarray

    @classmethod
    def fit(
        cls, X: sp.csr_matrix, labels: np.ndarray, names: Optional[np.ndarray] = None, many: bool = False
    ) -> "Linear":
        """Takes rows of features and their labels; ``names`` marks rows that are an intent's name. ``many``: the rows
        are more than :data:`MANY`, or some of so many.

        Each intent counts alike, however many examples it has: what customers ask most was seldom counted when the
        examples were written.
        """
        classes, places = np.unique(labels, return_inverse=True)
        if len(classes) == 1:
            # Nothing to tell apart; whether a message is for us at all is then nearness alone.
            return cls(classes, np.zeros((X.shape[1], 1), dtype=np.float32), np.zeros(1))
        if many:
            return cls(classes, *_support_vectors(X, labels))
        counts = _counts(places, np.zeros(len(places), dtype=bool) if names is None else names)
        # Features first: a sparse row times this is read in place, the other way round is a copy each message.
        return cls(classes, *logistic.fit(X, places, counts, STRENGTH))

    def scores(self, X: sp.csr_matrix) -> np.ndarray:
        """Rows of features to one score a class, (rows, n)."""
        return X @ self.weights + self.biases


def _counts(places: np.ndarray, names: np.ndarray) -> np.ndarray:
    """How much each row counts: examples 1 on average and in sum the same for each intent, a name 1."""
    written = np.bincount(places[~names], minlength=int(places.max()) + 1)
    counts = 1.0 / np.maximum(written, 1)[places]
    counts[~names] /= counts[~names].mean() if (~names).any() else 1.0
    counts[names] = 1.0
    return counts


def _support_vectors(X: sp.csr_matrix, labels: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    model = LinearSVC(C=0.5, random_state=7).fit(X, labels)
    weights, biases = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        weights, biases = np.concatenate([-weights, weights]), np.concatenate([-biases, biases])
    return np.ascontiguousarray(weights.T, dtype=np.float32), biases


def softmax(scores: np.ndarray, temperature: float) -> np.ndarray:
    scaled = scores / temperature
    scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return scaled / scaled.sum(axis=1, keepdims=True)


def fit_temperature(scored: List[Tuple[np.ndarray, np.ndarray]]) -> float:
    """The softmax temperature with the least negative log-likelihood (Guo et al. 2017).

    Args:
        scored: for each round of held-out rows, their scores and the places of the right classes.
    """

    def loss(log_temperature: float) -> float:
        chances = [
            softmax(scores, float(np.exp(log_temperature)))[np.arange(len(right)), right] for scores, right in scored
        ]
        return float(-np.log(np.concatenate(chances) + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 1.5), method="bounded").x))
