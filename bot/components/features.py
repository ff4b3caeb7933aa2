"""Features: what a classifier sees of a message in one writing system."""

from __future__ import annotations

from typing import List, Optional, Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

#: How much sentence vectors and words count beside n-grams. Chosen by cross-validation on training rows of several data
#: sets (docs/decisions/0002).
VECTOR_WEIGHT = 1.8
WORD_WEIGHT = 0.5


class Features:
    """Turns normalised texts of one writing system into sparse rows.

    Args:
        writing: as :func:`components.scripts.writing` names it.
        with_vectors: whether the encoder knows this writing's language.
    """

    def __init__(self, writing: str, with_vectors: bool) -> None:
        self.writing = writing
        self.with_vectors = with_vectors
        # Words are short in Han and Hangul: three characters see a word and its neighbour.
        alphabetic = writing in ("latin", "other")
        span = (2, 5) if alphabetic else (1, 3)
        grams = CountVectorizer(analyzer="char_wb", ngram_range=span).build_analyzer()
        # The space at a word's edge is no character of the customer's: on its own it would make all texts alike.
        self.grams = TfidfVectorizer(
            analyzer=lambda text: [gram for gram in grams(text) if gram != " "], sublinear_tf=True, max_features=60_000
        )
        self.words: Optional[TfidfVectorizer] = None
        if alphabetic:
            self.words = TfidfVectorizer(
                ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+", max_features=40_000
            )

    def fit(self, texts: Sequence[str]) -> "Features":
        self.grams.fit(texts)
        if self.words is not None:
            self.words.fit(texts)
        return self

    def lexical(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Character n-grams alone, rows of length one: what nearness is measured on without an encoder."""
        return self.grams.transform(texts).astype(np.float32)

    def rows(self, texts: Sequence[str], vectors: np.ndarray) -> sp.csr_matrix:
        """All features of the texts, float32; ``vectors`` are their sentence vectors (ignored when not wanted)."""
        parts: List[sp.spmatrix] = [self.lexical(texts)]
        if self.words is not None:
            parts.append(self.words.transform(texts) * WORD_WEIGHT)
        if self.with_vectors:
            parts.append(sp.csr_matrix(vectors * VECTOR_WEIGHT))
        return sp.hstack(parts, format="csr", dtype=np.float32)
