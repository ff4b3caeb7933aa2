"""Logistic regression over all intents at once: few examples an intent make more of their vectors this way."""

from __future__ import annotations

from typing import Tuple

import numpy as np
import scipy.sparse as sp
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize

ITERATIONS = 100
#: A feature that more than half of the examples have is multiplied as a full column: sentence vectors are of this kind.
FULL = 0.5


def fit(X: sp.csr_matrix, places: np.ndarray, counts: np.ndarray, strength: float) -> Tuple[np.ndarray, np.ndarray]:
    """Weights and biases with the least ``sum(counts * cross-entropy) + |weights|^2 / (2 * strength)``.

    Args:
        X: rows of features, float32; some thousands at most, for their similarities are n x n numbers.
        places: each row's class, 0 to n - 1.
        counts: how much each row counts.
        strength: the larger, the closer the rows are followed; scikit-learn's C.

    Returns:
        Weights (features, n) and biases (n,), float32 and float64.
    """
    # The root of the similarities is the same problem turned in space, with as many features as there are examples.
    root = cholesky(_similarities(X) + 1e-4 * np.eye(X.shape[0]), lower=True)
    weights, biases = _descend(root.astype(np.float32), places, counts, strength)
    shares = solve_triangular(root, weights, lower=True, trans="T")
    return np.ascontiguousarray(X.T @ shares, dtype=np.float32), biases


def _similarities(X: sp.csr_matrix) -> np.ndarray:
    full, columns = X.getnnz(axis=0) > FULL * X.shape[0], X.tocsc()
    few, most = columns[:, np.flatnonzero(~full)].tocsr(), columns[:, np.flatnonzero(full)].toarray()
    return (few @ few.T).toarray().astype(np.float64) + most @ most.T


def _descend(
    features: np.ndarray, places: np.ndarray, counts: np.ndarray, strength: float
) -> Tuple[np.ndarray, np.ndarray]:
    rows, n = np.arange(len(places)), int(places.max()) + 1
    size = features.shape[1] * n
    turned, counts = np.ascontiguousarray(features.T), counts.astype(np.float32)

    def loss(point: np.ndarray) -> Tuple[float, np.ndarray]:
        scores = features @ point[:size].reshape(-1, n).astype(np.float32) + point[size:].astype(np.float32)
        scores -= scores.max(axis=1, keepdims=True)
        right = scores[rows, places]
        chances = np.exp(scores)
        total = chances.sum(axis=1)
        value = float(counts @ (np.log(total) - right)) + float(point[:size] @ point[:size]) / (2 * strength)
        chances /= total[:, None]
        chances[rows, places] -= 1.0
        chances *= counts[:, None]
        slope = np.concatenate([(turned @ chances).ravel(), chances.sum(axis=0)]).astype(np.float64)
        slope[:size] += point[:size] / strength
        return value, slope

    options = {"maxiter": ITERATIONS, "gtol": 1e-3, "ftol": 1e-6}
    best = minimize(loss, np.zeros(size + n), jac=True, method="L-BFGS-B", options=options).x
    return best[:size].reshape(-1, n), best[size:]
