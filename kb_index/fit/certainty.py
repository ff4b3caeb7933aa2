"""Certainty: how sure one may be that the first article is right, from what its evidence looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kb_index.confidence import LOOKED_AT, Model, features
from kb_index.fit.cases import Case
from kb_index.fit.ranking import COUNTS, fit_ranking, shares, signals_of

#: What the authors' own variants count beside the ranking's families: left out of their article, standing in it.
VARIANTS = {"variants": 0.3, "verbatim": 0.15}
#: Few features, and none that depends on how many articles there are, for the data is small and collections differ.
RIGHT_FEATURES = {
    "dense": ("most_sentence", "most_late", "most_words", "most_asked", "most_weakest", "most_title_late",
              "most_title_back", "most_title_weakest", "standing", "clear"),
    "lexical": ("met", "name_words", "chars", "name_chars", "name_pieces", "chance", "clear", "three", "agreement"),
}  # fmt: skip
#: What a list of questions has besides: of its entries few are near at all, when one is.
AMONG_ENTRIES = ("few",)
_PENALTY = 0.02


def features_of(kind: str) -> tuple[str, ...]:
    """Take a kind of parameters; give the names of the features its confidence is learnt from."""
    evidence, *form = kind.split()
    return (*RIGHT_FEATURES[evidence], *(AMONG_ENTRIES if evidence == "dense" and "entries" in form else ()))


@dataclass(frozen=True)
class Fitted:
    """What was learnt of one kind of evidence: the ranking's weights, what a tenth hit scores, and the confidence."""

    ranking: dict[str, float]
    tenth: float
    right: Model


def fit_all(known: Sequence[Case], kind: str) -> Fitted:
    """Take questions; learn from them. The ranking learns nothing from what authors wrote for their own articles."""
    weights = fit_ranking([case for case in known if case.data not in VARIANTS], signals_of(kind))
    found = [case.hits(weights) for case in known]
    last = [hits[LOOKED_AT - 1].score for hits in found if len(hits) == LOOKED_AT]
    tenth = round(float(np.mean(last)), 4) if last else 0.0
    model = fit_right(
        [features(hits, case.asked, tenth) for case, hits in zip(known, found, strict=True)],
        [hits[0].passage.permalink in case.query.gold for case, hits in zip(known, found, strict=True)],
        shares(known, {**COUNTS, **VARIANTS}),
        features_of(kind),
    )
    return Fitted(weights, tenth, model)


def fit_right(
    seen: Sequence[dict[str, float]],
    right: Sequence[bool],
    counts: Sequence[float] | NDArray[np.float64],
    names: Sequence[str],
) -> Model:
    """Take features of questions, whether their first article was right, and how much each counts."""
    table = np.array([[row[name] for name in names] for row in seen])
    mean, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-6)
    table = (table - mean) / scale
    target = np.array(right, dtype=float)
    share = np.array(counts) / sum(counts)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        line = table @ values[1:] + values[0]
        miss = (1 / (1 + np.exp(-line)) - target) * share
        cost = share @ (np.logaddexp(0, line) - target * line) + _PENALTY * values[1:] @ values[1:]
        slope = np.concatenate([[miss.sum()], table.T @ miss + 2 * _PENALTY * values[1:]])
        return float(cost), slope

    # Evidence for an article never makes it less likely: what the data says else is an accident of small data.
    bounds = [(None, None)] + [(0.0, None)] * len(names)
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Model(
        features=tuple(names),
        mean=tuple(round(float(value), 6) for value in mean),
        scale=tuple(round(float(value), 6) for value in scale),
        weights=tuple(round(float(value), 6) for value in found[1:]),
        intercept=round(float(found[0]), 6),
    )
