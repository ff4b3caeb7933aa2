"""Intents: what a customer wants done, how sure we are of it, and whether it is for us at all.

One linear classifier a writing system. "Is it for us?" needs two signals, the class probability and the nearness to a
known example: their product separates better than either. How they weigh, and where the line is, is learnt from rows
the classifier has not seen (cross-validation), never from the rows it was fitted on.
"""

from __future__ import annotations

from collections import Counter
from typing import List, Optional, Sequence, Tuple

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from components.features import Features
from components.linear import Linear, fit_temperature, softmax
from components.readings import OUT_OF_SCOPE, Reader, Reading

#: What the shop pays for each mistake: answering what was not for it, against a needless "I don't know".
COST_OF_FALSE_ACCEPT = 1.0
COST_OF_FALSE_REJECT = 1.0
FOLDS = 3
#: So many examples of what is not for us, and the line is learnt from them instead of from hidden intents.
ENOUGH_STRANGERS = 20
#: The line while there is too little to learn one from: it turns away what is like no example at all.
UNLEARNT_LINE = 0.15
#: The scope signals are weighed by a regression of their own, so they need one fixed sharpness, not the calibrated one.
SCOPE_TEMPERATURE = 0.5


class IntentModel:
    """Intents of one writing system: ``fit`` once, then ``read`` messages.

    Texts are normalised already; ``vectors`` are their sentence vectors, float32 (n, dimensions).
    """

    def __init__(self, writing: str, with_vectors: bool) -> None:
        self.features = Features(writing, with_vectors)
        self.temperature = 1.0
        self.scope_weights = np.array([1.0, 1.0, 0.0])
        self.scope_bias = 0.0
        self.threshold = UNLEARNT_LINE
        self._reader: Optional[Reader] = None

    # -- fitting ------------------------------------------------------------------------------------------------

    def fit(self, texts: Sequence[str], labels: Sequence[str], vectors: np.ndarray) -> "IntentModel":
        self._reader = None
        self.texts = list(texts)
        self.labels = np.array(labels)
        self.vectors = vectors
        self.features.fit(texts)
        self.lexical = self.features.lexical(texts)
        X = self.features.rows(texts, vectors)
        self._calibrate(X)
        self.model = Linear.fit(X, self.labels)
        return self

    def _calibrate(self, X: sp.csr_matrix) -> None:
        """Learn temperature, scope weights and the line from rows that were held out of each fit."""
        counts = Counter(self.labels.tolist())
        enough_strangers = counts[OUT_OF_SCOPE] >= ENOUGH_STRANGERS
        # An intent with fewer examples than rounds is learnt from in each round, and asked about in none.
        for folds in (FOLDS, 2):
            asked = sorted(label for label, n in counts.items() if n >= folds)
            intents = [label for label in asked if label != OUT_OF_SCOPE]
            if len(intents) >= (1 if enough_strangers else 4):
                break
        else:
            return
        known = self.labels != OUT_OF_SCOPE
        rows = np.flatnonzero(np.isin(self.labels, asked))
        signals: List[np.ndarray] = []
        truths: List[np.ndarray] = []
        scored: List[Tuple[np.ndarray, np.ndarray]] = []
        rng = np.random.default_rng(7)
        for _, places in StratifiedKFold(folds, shuffle=True, random_state=7).split(rows, self.labels[rows]):
            unseen = rows[places]
            hidden = np.zeros(len(self.labels), dtype=bool)
            if not enough_strangers:
                # Without examples of what is not for us, a fifth of the intents plays the stranger in each round.
                hidden = np.isin(self.labels, rng.permutation(intents)[: max(1, len(intents) // 5)])
            train = np.setdiff1d(np.flatnonzero(~hidden), unseen)
            model = Linear.fit(X[train], self.labels[train])
            scores = model.scores(X[unseen])
            ours = (known & ~hidden)[unseen]
            scored.append((scores[ours], np.searchsorted(model.classes, self.labels[unseen][ours])))
            near = self._similarities(self.vectors[unseen], self.lexical[unseen], train[known[train]]).max(axis=1)
            signals.append(np.column_stack([self.raw_signals(scores, model.classes), near]))
            truths.append(ours)
        self.temperature = fit_temperature(scored)
        self._fit_scope(self.scope_signals(np.concatenate(signals)), np.concatenate(truths), weigh=enough_strangers)

    def raw_signals(self, scores: np.ndarray, classes: np.ndarray) -> np.ndarray:
        """The best in-scope intent's probability, and that of being out of scope."""
        soft = softmax(scores, SCOPE_TEMPERATURE)
        strange = classes == OUT_OF_SCOPE
        out = soft[:, strange].sum(axis=1) if strange.any() else np.zeros(len(scores))
        return np.column_stack([soft[:, ~strange].max(axis=1), out])

    @staticmethod
    def scope_signals(rows: np.ndarray) -> np.ndarray:
        best, out, near = np.clip(rows.T, 1e-4, 1 - 1e-4)
        return np.column_stack([np.log(best), np.log(near), np.log1p(-out)])

    def _fit_scope(self, signals: np.ndarray, truth: np.ndarray, weigh: bool) -> None:
        """``weigh``: learn how much each signal counts. Played strangers are too unlike real ones for that: then the
        plain product stands, and only its scale and the line are learnt."""
        shape = np.eye(3) if weigh else np.array([[1.0], [1.0], [1.0]])
        judge = LogisticRegression(class_weight="balanced").fit(signals @ shape, truth)
        # A signal that pulls the wrong way in one small data set is noise: none may count against itself.
        self.scope_weights = shape @ np.maximum(judge.coef_[0], 0.0)
        self.scope_bias = float(judge.intercept_[0])
        scope = self.scope(signals)
        lines = np.unique(np.quantile(scope, np.linspace(0, 1, 201)))
        costs = [
            COST_OF_FALSE_ACCEPT * (scope[~truth] >= line).mean() + COST_OF_FALSE_REJECT * (scope[truth] < line).mean()
            for line in lines
        ]
        self.threshold = float(lines[int(np.argmin(costs))])

    def scope(self, signals: np.ndarray) -> np.ndarray:
        return 1.0 / (1.0 + np.exp(-(signals @ self.scope_weights + self.scope_bias)))

    # -- reading ------------------------------------------------------------------------------------------------

    def _similarities(self, vectors: np.ndarray, lexical: sp.csr_matrix, among: np.ndarray) -> np.ndarray:
        """Similarity of each message to the known examples ``among``: by vector where it has one, else by n-grams."""
        near = vectors @ self.vectors[among].T
        without = ~vectors.any(axis=1)
        if without.any():
            near[without] = (lexical[without] @ self.lexical[among].T).toarray()
        return near

    def read(self, texts: Sequence[str], vectors: np.ndarray) -> List[Reading]:
        """What each text means; the texts are normalised, the vectors theirs."""
        if self._reader is None:
            self._reader = Reader(self)
        return [self._reader.read(text, vector) for text, vector in zip(texts, vectors)]
