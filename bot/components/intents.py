"""Intents: what a customer wants done, how sure we are of it, and whether it is for us at all.

One linear classifier a writing system. "Is it for us?" needs two signals, the class probability and the nearness to a
known example: their product separates better than either. How they weigh, and where the line is, is learnt from rows
the classifier has not seen (cross-validation), never from the rows it was fitted on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from components.features import Features

OUT_OF_SCOPE = "out_of_scope"
#: What the shop pays for each mistake: answering what was not for it, against a needless "I don't know".
COST_OF_FALSE_ACCEPT = 1.0
COST_OF_FALSE_REJECT = 1.0
FOLDS = 3
#: The scope signals are weighed by a regression of their own, so they need one fixed sharpness, not the calibrated one.
SCOPE_TEMPERATURE = 0.5
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


def softmax(scores: np.ndarray, temperature: float) -> np.ndarray:
    scaled = scores / temperature
    scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return scaled / scaled.sum(axis=1, keepdims=True)


def classifier(X: object, labels: np.ndarray) -> LinearSVC:
    """A fitted linear classifier; it trains in seconds where multinomial logistic regression takes minutes."""
    return LinearSVC(C=0.5, random_state=7).fit(X, labels)


def class_scores(model: LinearSVC, X: object) -> np.ndarray:
    """One column a class, also when there are only two."""
    scores = model.decision_function(X)
    return np.stack([-scores, scores], axis=1) if scores.ndim == 1 else scores


class IntentModel:
    """Intents of one writing system: ``fit`` once, then ``read`` messages.

    Texts are normalised already; ``vectors`` are their sentence vectors, float32 (n, dimensions).
    """

    def __init__(self, writing: str, with_vectors: bool) -> None:
        self.features = Features(writing, with_vectors)
        self.temperature = 1.0
        self.scope_weights = np.array([1.0, 1.0, 0.0])
        self.scope_bias = 0.0
        self.threshold = 0.0

    # -- fitting ------------------------------------------------------------------------------------------------

    def fit(self, texts: Sequence[str], labels: Sequence[str], vectors: np.ndarray) -> "IntentModel":
        self.texts = list(texts)
        self.labels = np.array(labels)
        self.vectors = vectors
        self.features.fit(texts)
        self.lexical = self.features.lexical(texts)
        X = self.features.rows(texts, vectors)
        self._calibrate(X)
        self.model = classifier(X, self.labels)
        self.classes = self.model.classes_
        return self

    def _calibrate(self, X: object) -> None:
        """Learn temperature, scope weights and the line from rows that were held out of each fit."""
        known = self.labels != OUT_OF_SCOPE
        counts = {label: (self.labels == label).sum() for label in set(self.labels)}
        folds = min(FOLDS, min(counts.values()))
        if folds < 2 or len(counts) < 4:
            return
        signals: List[np.ndarray] = []
        truths: List[np.ndarray] = []
        scored: List[Tuple[np.ndarray, np.ndarray]] = []
        enough_strangers = counts.get(OUT_OF_SCOPE, 0) >= 20
        rng = np.random.default_rng(7)
        for seen, unseen in StratifiedKFold(folds, shuffle=True, random_state=7).split(self.texts, self.labels):
            hidden = np.zeros(len(self.labels), dtype=bool)
            if not enough_strangers:
                # Without examples of what is not for us, a fifth of the intents plays the stranger in each round.
                intents = np.array(sorted(set(self.labels[known])))
                hidden = np.isin(self.labels, rng.permutation(intents)[: max(1, len(intents) // 5)])
            train = seen[~hidden[seen]]
            model = classifier(X[train], self.labels[train])
            scores = class_scores(model, X[unseen])
            ours = known[unseen] & ~hidden[unseen]
            places = {c: i for i, c in enumerate(model.classes_)}
            right = np.array([places.get(label, -1) for label in self.labels[unseen]])
            scored.append((scores[ours], right[ours]))
            signals.append(
                np.column_stack(
                    [
                        self._raw_signals(scores, model.classes_),
                        self._nearness(unseen, train[known[train]]),
                    ]
                )
            )
            truths.append(ours)
        self.temperature = _fit_temperature(scored)
        rows, truth = np.concatenate(signals), np.concatenate(truths)
        self._fit_scope(self._scope_signals(rows), truth, weigh=enough_strangers)

    def _raw_signals(self, scores: np.ndarray, classes: np.ndarray) -> np.ndarray:
        """Best in-scope score against the runner-up's softmax, and the out-of-scope class's probability."""
        soft = softmax(scores, SCOPE_TEMPERATURE)
        strange = classes == OUT_OF_SCOPE
        out = soft[:, strange].sum(axis=1) if strange.any() else np.zeros(len(scores))
        return np.column_stack([soft[:, ~strange].max(axis=1), out])

    @staticmethod
    def _scope_signals(rows: np.ndarray) -> np.ndarray:
        best, out, near = np.clip(rows.T, 1e-4, 1 - 1e-4)
        return np.column_stack([np.log(best), np.log(near), np.log1p(-out)])

    def _fit_scope(self, signals: np.ndarray, truth: np.ndarray, weigh: bool) -> None:
        """``weigh``: learn how much each signal counts. Played strangers are too unlike real ones for that: then the
        plain product stands, and only its scale and the line are learnt."""
        if truth.all() or not truth.any():
            return
        shape = np.eye(3) if weigh else np.array([[1.0], [1.0], [1.0]])
        judge = LogisticRegression(class_weight="balanced").fit(signals @ shape, truth)
        # A signal that pulls the wrong way in one small data set is noise: none may count against itself.
        self.scope_weights = shape @ np.maximum(judge.coef_[0], 0.0)
        self.scope_bias = float(judge.intercept_[0])
        scope = self._scope(signals)
        lines = np.unique(np.quantile(scope, np.linspace(0, 1, 201)))
        costs = [
            COST_OF_FALSE_ACCEPT * (scope[~truth] >= line).mean() + COST_OF_FALSE_REJECT * (scope[truth] < line).mean()
            for line in lines
        ]
        self.threshold = float(lines[int(np.argmin(costs))])

    def _scope(self, signals: np.ndarray) -> np.ndarray:
        return 1.0 / (1.0 + np.exp(-(signals @ self.scope_weights + self.scope_bias)))

    def _nearness(self, rows: np.ndarray, among: np.ndarray) -> np.ndarray:
        return self._similarities(self.vectors[rows], self.lexical[rows], among).max(axis=1)

    # -- reading ------------------------------------------------------------------------------------------------

    def _similarities(self, vectors: np.ndarray, lexical: object, among: np.ndarray) -> np.ndarray:
        """Similarity of each message to the known examples ``among``: by vector where there is one, else n-grams."""
        if self.features.with_vectors:
            return vectors @ self.vectors[among].T
        return np.asarray((lexical @ self.lexical[among].T).todense())

    def read(self, texts: Sequence[str], vectors: np.ndarray) -> List[Reading]:
        scores = class_scores(self.model, self.features.rows(texts, vectors))
        soft = softmax(scores, self.temperature)
        known = np.flatnonzero(self.labels != OUT_OF_SCOPE)
        near = self._similarities(vectors, self.features.lexical(texts), known)
        raw = np.column_stack([self._raw_signals(scores, self.classes), near.max(axis=1)])
        scope = self._scope(self._scope_signals(raw))
        ours = np.flatnonzero(self.classes != OUT_OF_SCOPE)
        readings = []
        for i in range(len(texts)):
            order = ours[np.argsort(-soft[i, ours])]
            closest = known[np.argsort(-near[i])[:NEAREST]]
            readings.append(
                Reading(
                    ranking=[(str(self.classes[c]), float(soft[i, c])) for c in order],
                    scope=float(scope[i]),
                    threshold=self.threshold,
                    nearest=[
                        (self.texts[n], str(self.labels[n]), float(near[i][np.searchsorted(known, n)])) for n in closest
                    ],
                )
            )
        return readings


def _fit_temperature(scored: List[Tuple[np.ndarray, np.ndarray]]) -> float:
    """The softmax temperature with the least negative log-likelihood (Guo et al. 2017) on held-out rows."""

    def loss(log_temperature: float) -> float:
        total, count = 0.0, 0
        for scores, right in scored:
            rows = right >= 0
            chance = softmax(scores[rows], float(np.exp(log_temperature)))
            total -= float(np.log(chance[np.arange(rows.sum()), right[rows]] + 1e-12).sum())
            count += int(rows.sum())
        return total / max(count, 1)

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 1.5), method="bounded").x))
