"""Lexical search: the words, codes and characters a question shares with a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from zlib import crc32

import bm25s
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kb_index.encoder import Vectors

T = TypeVar("T", bound=np.generic)
_BUCKETS = 1 << 20


class WordIndex:
    """BM25 over token lists, scaled so that 1 means: every word of the question is here."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._count = len(documents)
        self._seen = seen = Counter(token for document in documents for token in set(document))
        self._rarity = {token: _rarity(times, self._count) for token, times in seen.items()}
        self._unseen = _rarity(0, self._count)
        self._bm25 = bm25s.BM25(k1=1.2, b=0.5)
        # bm25s wants at least one token in all; an index of nothing must still answer.
        self._bm25.index([list(document) or ["\0"] for document in documents] or [["\0"]], show_progress=False)

    def rarity(self, token: str) -> float:
        """Take a token; give how telling it is. A token in no document is the most telling of all."""
        return self._rarity.get(token, self._unseen)

    def knows(self, token: str) -> bool:
        """True when some document has the token."""
        return token in self._rarity

    def is_telling(self, token: str) -> bool:
        """True when one document has the token, or few of many: the company's name tells nothing."""
        return 0 < self._seen.get(token, 0) <= max(1, self._count // 10)

    def scores(self, query: Sequence[str], perhaps: Collection[str] = ()) -> Vectors:
        """Take the question's tokens, and those of them that nobody typed so; give every document's score, in order.

        A word that is nowhere makes a question strange; a spelling that we made up and that is nowhere does not.
        """
        asked = list(dict.fromkeys(query))
        known = [token for token in asked if token in self._rarity]
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        # "ab 12" is met by a text that writes "ab12"; then neither "ab" nor "12" is missing.
        spelt = [token for token in known if token in perhaps]
        strange = [token for token in asked if token not in self._rarity and token not in perhaps]
        strange = [token for token in strange if not any(token in code for code in spelt)]
        most = sum(self.rarity(token) for token in [*known, *strange])
        found: Vectors = self._bm25.get_scores(known)
        return np.asarray(found[: self._count] / most, dtype=np.float32)


def _rarity(times: int, documents: int) -> float:
    return float(np.log(1 + (documents - times + 0.5) / (times + 0.5)))


class CharIndex:
    """TF-IDF over character n-grams: 1 means the same characters in the same proportions."""

    def __init__(self, documents: Sequence[Grams]) -> None:
        self._count = len(documents)
        starts = np.cumsum([0, *(len(document.places) for document in documents)])
        places = _joined([document.places for document in documents], np.int32)
        values = _joined([document.weights for document in documents], np.float32)
        seen = np.bincount(places, minlength=_BUCKETS)
        self._rarity = (np.log((1 + self._count) / (1 + seen)) + 1).astype(np.float32)
        matrix = sparse.csr_matrix((values * self._rarity[places], places, starts), shape=(self._count, _BUCKETS))
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        scale = sparse.diags((1 / np.maximum(lengths, 1e-9)).astype(np.float32))
        # By column, because a question has a hundred n-grams and an index has a million.
        self._matrix = (scale @ matrix).tocsc()

    def scores(self, query: Grams) -> Vectors:
        """Take the question's n-grams; give a score for every document, in order."""
        if not self._count or not len(query.places):
            return np.zeros(self._count, dtype=np.float32)
        weights = query.weights * self._rarity[query.places]
        weights /= max(float(np.linalg.norm(weights)), 1e-9)
        return np.asarray(self._matrix[:, query.places] @ weights, dtype=np.float32)


@dataclass(frozen=True)
class Grams:
    """A text's character n-grams: their places in the matrix and how much each counts."""

    places: NDArray[np.int32]
    weights: Vectors

    @classmethod
    def of(cls, grams: Sequence[str], telling: Mapping[str, float] | None = None) -> Grams:
        """Take n-grams with repetitions, and perhaps how much each tells; give their places and weights."""
        places = {gram: crc32(gram.encode()) % _BUCKETS for gram in grams}
        counts = Counter(places[gram] for gram in grams)
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = 1 + np.log(times)
        if telling:
            factors = {place: telling.get(gram, 1.0) for gram, place in places.items()}
            weights *= np.array([factors[place] for place in counts], dtype=np.float32)
        return cls(np.fromiter(counts, dtype=np.int32, count=len(counts)), weights.astype(np.float32))


def _joined(parts: list[NDArray[T]], kind: type[T]) -> NDArray[T]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=kind)
