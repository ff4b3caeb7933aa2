"""Ranking: the weights of the signals that make right articles likeliest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kb_index.fit.cases import Case
from kb_index.search import LEXICAL, SIGNALS

#: How much a family of data sets counts, however many questions it has. The authors' own variants do not rank.
COUNTS = {
    "shop": 1.0,
    "logingov": 1.0,
    "distinct": 1.0,
    "parakqc": 1.0,
    "covid": 0.3,
    "banking77": 0.1,
    "clinc150": 0.1,
}
#: Lists whose entries are much alike: half of them hidden, a neighbour's answer counts as wrong and often is not. They
#: teach what is likely, but no line is drawn by them.
ALIKE = ("covid", "banking77", "clinc150")
_PENALTY = 0.0003


def signals_of(kind: str) -> tuple[str, ...]:
    """Take a kind of parameters; give the signals it ranks by.

    Titles of a help centre are topics: how well they meet a question word by word says less than it misleads.
    """
    evidence, *form = kind.split()
    if evidence == "lexical":
        return LEXICAL
    plain = not {"entries", "varied"} & set(form)
    return tuple(name for name in SIGNALS if not (plain and name.startswith("title_")))


def shares(known: Sequence[Case], counts: dict[str, float]) -> NDArray[np.float64]:
    """Take questions and what their families count; give what each question counts, 1 in all."""
    sizes = Counter((case.data, case.query.lang) for case in known)
    found = np.array([counts.get(case.data, 1.0) / sizes[case.data, case.query.lang] for case in known])
    return np.asarray(found / max(found.sum(), 1e-12))


def fit_ranking(known: Sequence[Case], signals: Sequence[str]) -> dict[str, float]:
    """Take questions; give the weights that make their right articles likeliest. No weight is below zero."""
    places = [SIGNALS.index(name) for name in signals]
    with_gold = [case for case in known if case.gold.any()]
    tables = [(case.evidence.table[:, places].astype(float), case.gold) for case in with_gold]
    counts = shares(with_gold, COUNTS)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros(len(places))
        for (table, gold), count in zip(tables, counts, strict=True):
            scores = table @ weights
            chances = np.exp(scores - scores.max())
            among, whole = chances[gold].sum(), chances.sum()
            total -= count * np.log(among / whole)
            slope -= count * (chances[gold] @ table[gold] / among - chances @ table / whole)
        return float(total + _PENALTY * weights @ weights), slope + 2 * _PENALTY * weights

    start = np.full(len(places), 3.0)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(places)).x
    return {name: round(float(weight), 4) for name, weight in zip(signals, found, strict=True)}
