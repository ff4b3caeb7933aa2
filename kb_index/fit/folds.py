"""Folds: every question is judged by what was learnt without it, without its article, or without its whole data set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kb_index.confidence import features
from kb_index.fit.cases import Case
from kb_index.fit.certainty import VARIANTS, Fitted, fit_all

FOLDS = 8
_KIN = ({"shop", *VARIANTS}, {"covid", "distinct"})


@dataclass(frozen=True)
class Verdict:
    """What a fitted model says to a question it was not fitted on."""

    case: Case
    links: tuple[str, ...]
    sure: float

    @property
    def rank(self) -> int:
        """The place of the first right article, from 1; 0 for none."""
        return next((at for at, link in enumerate(self.links, 1) if link in self.case.query.gold), 0)


def verdict(case: Case, learnt: Fitted) -> Verdict:
    """Take a question and what was learnt; give its verdict."""
    hits = case.hits(learnt.ranking)
    sure = learnt.right.probability(features(hits, case.asked, learnt.tenth))
    return Verdict(case, tuple(hit.passage.permalink for hit in hits), sure)


def verdicts(known: Sequence[Case], kind: str, folds: int = FOLDS, seed: int = 0) -> list[Verdict]:
    """Take questions; give each one's verdict by a model fitted on the other folds.

    All questions with the same right article, in all its languages, lie in one fold: nothing is learnt about an
    article from one question and judged on another.
    """
    themes = sorted({case.theme for case in known})
    order = np.random.default_rng(seed).permutation(len(themes))
    fold_of = {themes[at]: place % folds for place, at in enumerate(order)}
    found: list[Verdict] = []
    for fold in range(folds):
        learnt = fit_all([case for case in known if fold_of[case.theme] != fold], kind)
        found += [verdict(case, learnt) for case in known if fold_of[case.theme] == fold]
    return found


def strangers(known: Sequence[Case], kind: str) -> list[Verdict]:
    """Take questions; give each one's verdict by a model that never saw its family: what a new help centre gets."""
    found: list[Verdict] = []
    for family in sorted({case.data for case in known} - set(VARIANTS)):
        # The variants are of the shop's own articles, and the distinct entries are some of the whole list's.
        own = next((kin for kin in _KIN if family in kin), {family})
        rest = [case for case in known if case.data not in own]
        if rest:
            learnt = fit_all(rest, kind)
            found += [verdict(case, learnt) for case in known if case.data == family]
    return found
