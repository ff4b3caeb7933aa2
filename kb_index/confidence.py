"""Confidence: how likely it is that the best passage is right, learnt from questions whose answer is known."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from kb_index.likeness import says_the_same
from kb_index.search import LEXICAL, SIGNALS, Asked, Hit
from kb_index.shard import Shard

LOOKED_AT = 10
#: In `few`, scores count this much less: how far the first three stand apart shows when they are sure of nothing, too.
_SOFTER = 2.0
PARAMETERS = Path(__file__).parent / "parameters.json"


@dataclass(frozen=True)
class Thresholds:
    """From `answer` on the bot answers; from `suggest` on it names articles; below it does not know."""

    answer: float
    suggest: float


@dataclass(frozen=True)
class Model:
    """A logistic regression: features are standardised, weighted, summed and squashed."""

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Take a question's features; give the probability."""
        total = self.intercept
        for name, mean, scale, weight in zip(self.features, self.mean, self.scale, self.weights, strict=True):
            total += weight * (features[name] - mean) / scale
        return float(1 / (1 + np.exp(-np.clip(total, -30, 30))))


@dataclass(frozen=True)
class Parameters:
    """What was learnt for one kind of evidence: the ranking's weights, the confidence, the thresholds."""

    ranking: Mapping[str, float]
    tenth: float
    right: Model
    thresholds: Mapping[str, Thresholds]

    def limits(self, lang: str) -> Thresholds:
        """Take a language; give its thresholds, or those fitted on all languages together."""
        return self.thresholds.get(lang) or self.thresholds["*"]


@lru_cache(maxsize=8)
def parameters(kind: str, path: Path = PARAMETERS) -> Parameters:
    """Take what `kind_of` said; give what was fitted. The file tells on which data and when."""
    content = json.loads(path.read_text(encoding="utf-8"))[kind]
    model = content["right"]
    return Parameters(
        ranking=content["ranking"],
        tenth=content["tenth"],
        right=Model(
            features=tuple(model["features"]),
            mean=tuple(model["mean"]),
            scale=tuple(model["scale"]),
            weights=tuple(model["weights"]),
            intercept=model["intercept"],
        ),
        thresholds={lang: Thresholds(**values) for lang, values in content["thresholds"].items()},
    )


def kind_of(asked: Asked, shard: Shard) -> str:
    """Take a question and where it is looked up; give the name of the parameters that were fitted for such.

    "dense" when its meaning was encoded and "lexical" when only its letters are known, then the language when its
    vectors were fitted apart, then the form of the articles (see Layout): "dense zh entries".
    """
    evidence = "lexical" if asked.row is None else f"dense {asked.lang}"
    form = f" {shard.layout.form}".rstrip()
    for name in (evidence + form, evidence.partition(" ")[0] + form, evidence):
        if name in _kinds():
            return name
    return evidence.partition(" ")[0]


@lru_cache(maxsize=1)
def _kinds(path: Path = PARAMETERS) -> frozenset[str]:
    return frozenset(json.loads(path.read_text(encoding="utf-8")))


def is_rival(first: Hit, other: Hit) -> bool:
    """Whether another article speaks against the first: not when it says the same, nor when it sends to it."""
    return other.passage.permalink != first.sent_by and not says_the_same(first.passage, other.passage)


def features(hits: Sequence[Hit], asked: Asked, tenth: float) -> dict[str, float]:
    """Take the best hits of a question and what a tenth hit usually scores; give what tells whether the first is right.

    `most_…` is the best that any of the hits has of a signal: when nothing is near at all, nothing can be right. In a
    small help centre there may be no tenth hit; without a usual one the only article would look sure.
    """
    first = hits[0]
    apart = [first.score, *(hit.score for hit in hits[1:] if is_rival(first, hit))]
    last = tenth if len(hits) < LOOKED_AT else hits[-1].score
    scores = np.array([*apart, *[last] * (LOOKED_AT - len(apart))])
    chances = np.exp(scores - scores.max())
    chances /= chances.sum()
    softer = np.exp((scores - scores.max()) / _SOFTER)
    signals = SIGNALS if asked.row is not None else LEXICAL
    most = {name: max(hit.parts[name] for hit in hits) for name in signals}
    agree = [first.parts[name] >= value for name, value in most.items() if value > 0]
    return {
        **first.parts,
        **{f"most_{name}": value for name, value in most.items()},
        "chance": float(chances[0]),
        "lead": float(scores[0] - scores[1]),
        "clear": float(np.log1p(max(scores[0] - scores[1], 0.0))),
        "three": float(chances[:3].sum()),
        "few": float(softer[:3].sum() / softer.sum()),
        "agreement": sum(agree) / max(len(agree), 1),
        "met": float(np.sqrt(max(first.parts["words"], 0.0))),
        "standing": first.standing,
    }
