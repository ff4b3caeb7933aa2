"""Search: the weighted sum of the evidence, and the passage of each article that answers best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kb_index.asked import Asked
from kb_index.encoder import Vectors
from kb_index.evidence import DENSE, LEXICAL, SIGNALS, Evidence, gather
from kb_index.passages import Passage
from kb_index.shard import Shard

__all__ = ["DENSE", "LEXICAL", "SIGNALS", "Asked", "Evidence", "Hit", "gather", "search", "standing"]

_BEGINNING = 0.02


@dataclass(frozen=True)
class Hit:
    """The best passage of one article, its weighted score, and what each kind of evidence says.

    `standing` is how far the score lies above all articles that were looked at, in standard deviations.
    """

    passage: Passage
    score: float
    parts: dict[str, float]
    standing: float = 0.0


def search(shard: Shard, asked: Asked, weights: Mapping[str, float], k: int = 10) -> list[Hit]:
    """Take a question and the learnt weights; give the best passage of the k best articles, best first."""
    evidence = gather(shard, asked)
    if not len(evidence.articles):
        return []
    scale = np.array([weights.get(name, 0.0) for name in SIGNALS], dtype=np.float32)
    scores = evidence.table @ scale
    best = np.argsort(-scores, kind="stable")[:k]
    above = standing(scores)
    return [
        Hit(
            passage=_best_passage(shard, int(evidence.articles[at]), evidence, weights),
            score=float(scores[at]),
            parts={name: round(float(value), 4) for name, value in zip(SIGNALS, evidence.table[at], strict=True)},
            standing=float(above[at]),
        )
        for at in best
    ]


def standing(scores: Vectors) -> Vectors:
    """Take the scores of all articles; give how far each lies above them. Among few articles none stands out much."""
    spread = float(scores.std())
    if spread <= 0:
        return np.zeros(len(scores), dtype=np.float32)
    return np.asarray((scores - scores.mean()) / spread, dtype=np.float32)


def _best_passage(shard: Shard, article: int, evidence: Evidence, weights: Mapping[str, float]) -> Passage:
    places, _ = shard.passages_of.gathered(np.array([article]))
    total = evidence.passage_chars[places] * weights.get("chars", 0.0)
    if told := evidence.told.get(article):
        total = total + told.sentence * weights.get("sentence", 0.0)
        total += told.passage * weights.get("passage", 0.0) + told.late * weights.get("late", 0.0)
    # The beginning of an article answers its title; another part must say clearly more.
    most = max(sum(weights.values()), 1e-6)
    total[0] += _BEGINNING * most * (not shard.layout.passages[places[0]].heading)
    best: Passage = shard.layout.passages[int(places[int(np.argmax(total))])]
    return best
