"""Folds: examples are held out by turns, and those that say the same in nearly the same words go together.

A held-out example whose twin is still taught would be read too well. Customers write no twins, and a line drawn by such
examples turns away too many of them.
"""

from __future__ import annotations

from typing import Iterator, Tuple

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.model_selection import StratifiedKFold

#: Sentence vectors whose cosine is this much below 1, on average over two groups, are still one saying. Chosen among
#: 0.25, 0.35 and 0.45 on training rows (docs/decisions/0002).
APART = 0.25


def at_random(labels: np.ndarray, n: int, seed: int) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Rows by label to ``n`` rounds of (taught, held out), each label spread over all rounds."""
    yield from StratifiedKFold(n, shuffle=True, random_state=seed).split(labels, labels)


def by_saying(labels: np.ndarray, vectors: np.ndarray, n: int, seed: int) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """The same, with near-duplicates in one round; ``vectors`` are the rows' sentence vectors, of length one.

    A label whose examples are all one saying is spread row by row.
    """
    rng = np.random.default_rng(seed)
    turns = np.zeros(len(labels), dtype=int)
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        said = _sayings(vectors[rows])
        if said.max() == said.min():
            said = np.arange(len(rows))
        sayings, sizes = np.unique(said, return_counts=True)
        # In no order of their own, the largest first into the round that has least; which round begins is chance too.
        held = rng.random(n) * 0.5
        mixed = rng.permutation(len(sayings))
        for place in mixed[np.argsort(-sizes[mixed], kind="stable")]:
            turn = int(held.argmin())
            turns[rows[said == sayings[place]]] = turn
            held[turn] += sizes[place]
    for turn in np.unique(turns):
        yield np.flatnonzero(turns != turn), np.flatnonzero(turns == turn)


def _sayings(vectors: np.ndarray) -> np.ndarray:
    """A number for each row, the same for rows of one saying."""
    if len(vectors) == 1:
        return np.zeros(1, dtype=int)
    above = np.triu_indices(len(vectors), 1)
    distances = np.clip(1.0 - (vectors @ vectors.T)[above], 0.0, 2.0).astype(np.float64)
    return fcluster(linkage(distances, "average"), APART, "distance")
