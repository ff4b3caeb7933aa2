"""Intents: what a customer wants done, how sure we are of it, and whether it is for us at all.

One linear classifier a writing system. "Is it for us?" needs two signals, the class probability and the nearness to a
known example: their product separates better than either. How they weigh, and where the line is, is learnt from rows
the classifier has not seen (cross-validation), never from the rows it was fitted on.
"""

from __future__ import annotations

from collections import Counter
from typing import Iterator, List, Optional, Sequence, Tuple

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from components import folds
from components.features import Features
from components.intent_names import Names
from components.linear import MANY, Linear, softmax
from components.readings import OUT_OF_SCOPE, Reader, Reading
from components.sureness import Sureness

#: What the shop pays when a share of what is not for it is answered, against the same share of its customers being told
#: a needless "I don't know": the line of a shop that minds both alike and gets one message in three that is not for it.
COST_OF_FALSE_ACCEPT = 1.0
COST_OF_FALSE_REJECT = 2.0
FOLDS = 3
#: Fewer rows than half of this are held out over and over, :data:`OFTEN` times at most: one division of few is luck.
ENOUGH_ROWS = 1500
OFTEN = 4
#: Any number: with the same one the rounds are the same.
SEED = 7
#: So many examples of what is not for us, and the line is learnt from them instead of from hidden intents.
ENOUGH_STRANGERS = 20
#: The line while there is too little to learn one from: it turns away what is like no example at all.
UNLEARNT_LINE = 0.15
#: How much softer than calibrated a probability speaks for "it is for us": nearness would hardly count beside a sharp
#: one. Chosen among 1.5, 3 and 6 on training rows of five data sets (docs/decisions/0002).
SOFTER = 3.0


class IntentModel:
    """Intents of one writing system: ``fit`` once, then ``read`` messages.

    Texts are normalised already; ``vectors`` are their sentence vectors, float32 (n, dimensions).
    """

    def __init__(self, writing: str, with_vectors: bool) -> None:
        self.features = Features(writing, with_vectors)
        self.sureness = Sureness()
        self.scope_weights = np.array([1.0, 1.0, 0.0])
        self.scope_bias = 0.0
        self.threshold = UNLEARNT_LINE
        self._names: Optional[Names] = None
        self._reader: Optional[Reader] = None

    # -- fitting ------------------------------------------------------------------------------------------------

    def fit(
        self, texts: Sequence[str], labels: Sequence[str], vectors: np.ndarray, names: Optional[Names] = None
    ) -> "IntentModel":
        """Learn from examples; ``names`` are the intents' own names, each of which counts as one more example."""
        self._reader = None
        self.texts = list(texts)
        self.labels = np.array(labels)
        self.vectors = vectors
        self._names = names if names is not None and names.texts else None
        self._calibrate()
        self.features.fit(texts)
        self.lexical = self.features.lexical(texts)
        self.model = self._linear(self.features, np.arange(len(self.texts)))
        self._names = None
        return self

    def _linear(self, features: Features, train: np.ndarray) -> Linear:
        """A classifier of some rows, and of the names of the intents that these rows have."""
        X, labels = features.rows([self.texts[i] for i in train], self.vectors[train]), self.labels[train]
        named = np.zeros(len(labels), dtype=bool)
        if self._names is not None:
            there = np.flatnonzero(np.isin(self._names.labels, labels))
            N = features.rows([self._names.texts[i] for i in there], self._names.vectors[there])
            X, labels = sp.vstack([X, N], format="csr"), np.append(labels, np.array(self._names.labels)[there])
            named = np.arange(len(labels)) >= len(train)
        # All rows decide, not these: the scores of a part must be of the same kind as those of the whole.
        return Linear.fit(X, labels, named, many=len(self.texts) > MANY)

    def _calibrate(self) -> None:
        """Learn sureness, scope weights and the line from rows that were held out of each fit."""
        counts = Counter(self.labels.tolist())
        enough_strangers = counts[OUT_OF_SCOPE] >= ENOUGH_STRANGERS
        # An intent with fewer examples than rounds is learnt from in each round, and asked about in none.
        for rounds in (FOLDS, 2):
            asked = sorted(label for label, n in counts.items() if n >= rounds)
            intents = [label for label in asked if label != OUT_OF_SCOPE]
            if len(intents) >= (1 if enough_strangers else 4):
                break
        else:
            return
        known = self.labels != OUT_OF_SCOPE
        rows = np.flatnonzero(np.isin(self.labels, asked))
        near: List[np.ndarray] = []
        truths: List[np.ndarray] = []
        read: List[Tuple[np.ndarray, np.ndarray]] = []
        scored: List[Tuple[np.ndarray, np.ndarray]] = []
        rng = np.random.default_rng(SEED)
        for _, places in self._rounds(rows, rounds, enough_strangers):
            unseen = rows[places]
            hidden = np.zeros(len(self.labels), dtype=bool)
            if not enough_strangers:
                # Without examples of what is not for us, a fifth of the intents plays the stranger in each round.
                hidden = np.isin(self.labels, rng.permutation(intents)[: max(1, len(intents) // 5)])
            train = np.setdiff1d(np.flatnonzero(~hidden), unseen)
            # An unseen row may hold n-grams that no example has, so features are learnt anew in each round.
            features = Features(self.features.writing, self.features.with_vectors)
            features.fit([self.texts[i] for i in train])
            model, texts = self._linear(features, train), [self.texts[i] for i in unseen]
            scores = model.scores(features.rows(texts, self.vectors[unseen]))
            ours = (known & ~hidden)[unseen]
            read.append((scores, model.classes))
            scored.append((scores[ours], np.searchsorted(model.classes, self.labels[unseen][ours])))
            near.append(self._nearest(features, texts, self.vectors[unseen], train[known[train]]))
            truths.append(ours)
        self.sureness = Sureness.fit(scored, straighten=len(self.texts) > MANY)
        raw = np.concatenate([self.raw_signals(scores, classes) for scores, classes in read])
        signals = self.scope_signals(np.column_stack([raw, np.concatenate(near)]))
        self._fit_scope(signals, np.concatenate(truths), weigh=enough_strangers)

    def _rounds(self, rows: np.ndarray, n: int, strangers: bool) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
        """Rounds of (taught, held out), as places in ``rows``. Where intents must play the strangers, near-duplicates
        are held out together: with real strangers, or without sentence vectors, that gained nothing."""
        labels = self.labels[rows]
        by_saying = self.features.with_vectors and not strangers and len(rows) <= MANY
        for seed in range(SEED, SEED + min(max(ENOUGH_ROWS // len(rows), 1), OFTEN)):
            if by_saying:
                yield from folds.by_saying(labels, self.vectors[rows], n, seed)
            else:
                yield from folds.at_random(labels, n, seed)

    def raw_signals(self, scores: np.ndarray, classes: np.ndarray) -> np.ndarray:
        """The best in-scope intent's probability, and that of being out of scope."""
        soft = softmax(scores, self.sureness.temperature * SOFTER)
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

    def _nearest(self, features: Features, texts: List[str], vectors: np.ndarray, among: np.ndarray) -> np.ndarray:
        """Each message's similarity to the nearest of some examples: by vector where it has one, else by n-grams."""
        near = (vectors @ self.vectors[among].T).max(axis=1)
        without = np.flatnonzero(~vectors.any(axis=1))
        if len(without):
            known = features.lexical([self.texts[i] for i in among])
            near[without] = (features.lexical([texts[i] for i in without]) @ known.T).max(axis=1).toarray()[:, 0]
        return near

    def read(self, texts: Sequence[str], vectors: np.ndarray) -> List[Reading]:
        """What each text means; the texts are normalised, the vectors theirs."""
        if self._reader is None:
            self._reader = Reader(self)
        return [self._reader.read(text, vector) for text, vector in zip(texts, vectors)]
