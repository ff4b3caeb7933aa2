"""Linear scores: how strongly a message speaks for each intent, and what probability that makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Tuple

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize_scalar
from sklearn.svm import LinearSVC


@dataclass
class Linear:
    """A fitted linear classifier: ``classes`` (n,), ``weights`` (features, n) float32, ``biases`` (n,)."""

    classes: np.ndarray
    weights: np.ndarray
    biases: np.ndarray

    @classmethod
    def fit(cls, X: sp.csr_matrix, labels: np.ndarray) -> "Linear":
        """Trains in seconds where multinomial logistic regression takes minutes."""
        names = np.unique(labels)
        if len(names) == 1:
            # Nothing to tell apart; whether a message is for us at all is then nearness alone.
            return cls(names, np.zeros((X.shape[1], 1), dtype=np.float32), np.zeros(1))
        model = LinearSVC(C=0.5, random_state=7).fit(X, labels)
        weights, biases = model.coef_, model.intercept_
        if len(names) == 2:
            weights, biases = np.concatenate([-weights, weights]), np.concatenate([-biases, biases])
        # Features first: a sparse row times this is read in place, the other way round is a copy each message.
        return cls(names, np.ascontiguousarray(weights.T, dtype=np.float32), biases)

    def scores(self, X: sp.csr_matrix) -> np.ndarray:
        """Rows of features to one score a class, (rows, n)."""
        return X @ self.weights + self.biases


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
