"""Exact search: every row is compared. Slow on millions, never wrong; the fast index is held against it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kb_index.encoder import Vectors


class ExactIndex:
    """Search by comparing with every row."""

    def __init__(self, rows: Vectors) -> None:
        self._rows = rows

    def search(self, queries: Vectors, k: int) -> tuple[Vectors, NDArray[np.int64]]:
        """Take query rows and a number; give for each the k best scores and their places, best first."""
        k = min(k, len(self._rows))
        scores = queries @ self._rows.T
        order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(scores, order, axis=1).astype(np.float32), order.astype(np.int64)
