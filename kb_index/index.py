"""The vector index: the nearest rows among many, by FAISS."""

from __future__ import annotations

import faiss
import numpy as np
from numpy.typing import NDArray

from kb_index.encoder import Vectors

# Measured: flat takes 8 ms at 100,000 rows and is exact; there the graph takes half a millisecond, a minute to build,
# and finds 90 % of the nearest when many passages are alike. It begins where flat would be felt.
FLAT_UP_TO = 100_000
_NEIGHBOURS, _BUILD_EFFORT, _SEARCH_EFFORT = 32, 80, 256


class VectorIndex:
    """Rows that are searched by inner product; for normalised rows that is the cosine."""

    def __init__(self, rows: Vectors, flat_up_to: int = FLAT_UP_TO) -> None:
        self.count = len(rows)
        dimensions = rows.shape[1]
        self._index = faiss.IndexFlatIP(dimensions) if self.count <= flat_up_to else _graph(dimensions)
        self._index.add(np.ascontiguousarray(rows, dtype=np.float32))

    def search(self, queries: Vectors, k: int) -> tuple[Vectors, NDArray[np.int64]]:
        """Take query rows and a number; give for each the k best scores and their places, best first."""
        k = min(k, self.count)
        if k == 0:
            empty = np.zeros((len(queries), 0))
            return empty.astype(np.float32), empty.astype(np.int64)
        scores, places = self._index.search(np.ascontiguousarray(queries, dtype=np.float32), k)
        return scores, places


def _graph(dimensions: int) -> faiss.IndexHNSWFlat:
    index = faiss.IndexHNSWFlat(dimensions, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = _BUILD_EFFORT
    index.hnsw.efSearch = _SEARCH_EFFORT
    return index
