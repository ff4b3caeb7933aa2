"""Readings: what one message was taken to mean, and reading it fast.

A fitted model learns from thousands of rows at once; a customer sends one. What a reading looks at is laid out once,
and one message then costs a few numpy lines instead of a chain of sparse matrices.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, List, Tuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from components.features import VECTOR_WEIGHT, WORD_WEIGHT

if TYPE_CHECKING:
    from components.intents import IntentModel

OUT_OF_SCOPE = "out_of_scope"
NEAREST = 3


@dataclass
class Reading:
    """What one message was taken to mean.

    ``ranking``: (intent, calibrated probability), best first, in-scope intents only. ``scope``: probability that the
    message is for us at all. ``nearest``: the closest known examples as (text, intent, similarity).
    """

    ranking: List[Tuple[str, float]]
    scope: float
    threshold: float
    nearest: List[Tuple[str, str, float]]

    @property
    def rejected(self) -> bool:
        return self.scope < self.threshold


class Terms:
    """The terms of a fitted vectorizer: ``weigh`` gives what its ``transform`` would, for one text."""

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._split = vectorizer.build_analyzer()
        self._places = vectorizer.vocabulary_
        self._idf = vectorizer.idf_
        self.size = len(self._idf)

    def weigh(self, text: str) -> Tuple[np.ndarray, np.ndarray]:
        """Places of the text's known terms, and their weights, float32, together of length one."""
        counts = Counter(self._split(text))
        known = sorted((self._places[term], n) for term, n in counts.items() if term in self._places)
        if not known:
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
        places = np.array([place for place, _ in known])
        weights = (np.log([n for _, n in known]) + 1.0) * self._idf[places]
        return places, (weights / np.sqrt(weights @ weights)).astype(np.float32)


class Reader:
    """Reads messages with a fitted model."""

    def __init__(self, model: "IntentModel") -> None:
        self._model = model
        self._grams = Terms(model.features.grams)
        self._words = Terms(model.features.words) if model.features.words is not None else None
        known = model.labels != OUT_OF_SCOPE
        self._texts = [text for text, ours in zip(model.texts, known) if ours]
        self._labels = [str(label) for label in model.labels[known]]
        self._vectors = model.vectors[known]
        self._lexical = model.lexical[np.flatnonzero(known)]
        self._ours = np.flatnonzero(model.model.classes != OUT_OF_SCOPE)
        self._names = [str(name) for name in model.model.classes]

    def read(self, text: str, vector: np.ndarray) -> Reading:
        """Takes a normalised text and its sentence vector (zeros where it has none), gives what it means."""
        model = self._model
        grams = self._grams.weigh(text)
        scores = self._scores(text, grams, vector)
        near = self._near(grams, vector)
        signals = np.column_stack([model.raw_signals(scores, model.model.classes), near.max(keepdims=True)])
        soft = model.sureness.chances(scores[0])
        return Reading(
            ranking=[(self._names[c], float(soft[c])) for c in self._ours[np.argsort(-soft[self._ours])]],
            scope=float(model.scope(model.scope_signals(signals))[0]),
            threshold=model.threshold,
            nearest=[(self._texts[n], self._labels[n], float(near[n])) for n in np.argsort(-near)[:NEAREST]],
        )

    def _scores(self, text: str, grams: Tuple[np.ndarray, np.ndarray], vector: np.ndarray) -> np.ndarray:
        """One score a class, (1, n): the sum that ``Linear.scores`` makes of ``Features.rows``, in the same order."""
        weights = self._model.model.weights
        parts = [grams[1][:, None] * weights[grams[0]]]
        size = self._grams.size
        if self._words is not None:
            places, values = self._words.weigh(text)
            parts.append((values * np.float32(WORD_WEIGHT))[:, None] * weights[places + size])
            size += self._words.size
        if self._model.features.with_vectors:
            parts.append((vector * np.float32(VECTOR_WEIGHT))[:, None] * weights[size:])
        return (np.concatenate(parts).sum(axis=0) + self._model.model.biases)[None, :]

    def _near(self, grams: Tuple[np.ndarray, np.ndarray], vector: np.ndarray) -> np.ndarray:
        """Similarity to each known example: by vector where the message has one, else by n-grams."""
        if vector.any():
            return self._vectors @ vector
        row = np.zeros(self._grams.size, dtype=np.float32)
        row[grams[0]] = grams[1]
        return self._lexical @ row
