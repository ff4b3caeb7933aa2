"""Search: the weighted sum of the evidence, and the passage of each article that answers best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from kb_index.asked import Asked
from kb_index.encoder import Vectors
from kb_index.evidence import DENSE, LEXICAL, SIGNALS, Evidence, gather
from kb_index.passages import Passage
from kb_index.shard import Shard
from kb_index.signposts import sent_to

__all__ = ["DENSE", "LEXICAL", "POINTED", "SIGNALS", "Asked", "Evidence", "Hit", "gather", "search", "weighed"]

#: The part of a score that an article has from another one that sends to it. It counts as it is: its weight is 1.
POINTED = "pointed"
_BEGINNING = 0.02
_TRIFLE = 0.001


@dataclass(frozen=True)
class Hit:
    """The best passage of one article, its weighted score, and what each kind of evidence says.

    `standing` is how far the score lies above all articles that were looked at, in standard deviations. `sent_by` is
    the permalink of a nearer article whose section sends its readers to this one.
    """

    passage: Passage
    score: float
    parts: dict[str, float]
    standing: float = 0.0
    sent_by: str = ""


def search(shard: Shard, asked: Asked, weights: Mapping[str, float], k: int = 10) -> list[Hit]:
    """Take a question and the learnt weights; give the best passage of the k best articles, best first."""
    return weighed(shard, asked, gather(shard, asked), weights, k)


def weighed(shard: Shard, asked: Asked, evidence: Evidence, weights: Mapping[str, float], k: int) -> list[Hit]:
    """Take a question, its evidence and the learnt weights; give the k best articles, best first.

    The first gives way to an article it sends its readers to; what that one is given for it is its part POINTED.
    """
    if not len(evidence.articles):
        return []
    scale = np.array([weights.get(name, 0.0) for name in SIGNALS], dtype=np.float32)
    scores = evidence.table @ scale
    best = np.argsort(-scores, kind="stable")[:k]
    above = standing(scores)
    hits = [
        Hit(
            passage=_best_passage(shard, int(evidence.articles[at]), evidence, weights),
            score=float(scores[at]),
            parts={
                **{name: round(float(value), 4) for name, value in zip(SIGNALS, evidence.table[at], strict=True)},
                POINTED: 0.0,
            },
            standing=float(above[at]),
        )
        for at in best
    ]
    place = sent_to(shard, asked, evidence, best, scores)
    return hits if place is None else [_raised(hits[place], hits[0]), *hits[:place], *hits[place + 1 :]]


def _raised(hit: Hit, first: Hit) -> Hit:
    """An article with the score and standing of the one that sends to it, and a trifle more."""
    score = first.score + _TRIFLE
    parts = {**hit.parts, POINTED: round(score - hit.score, 4)}
    return replace(hit, score=score, parts=parts, standing=first.standing, sent_by=first.passage.permalink)


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
