"""Report: what a customer would have met, in figures; thresholds are never fitted on the question they judge."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kb_index.evaluate import auroc
from kb_index.fit.folds import Verdict
from kb_index.fit.lines import lines

Figures = dict[str, float | int | None]
_FOLDS = 5


def report(judged: Sequence[Verdict], known: Sequence[Verdict], kind: str, seed: int = 1) -> Figures:
    """Take verdicts, those that lines are fitted on, and their kind of search; give the figures.

    A question's lines are fitted on the other folds of the known ones, never on its own theme.
    """
    themes = sorted({each.case.theme for each in known})
    spread = np.random.default_rng(seed).integers(0, _FOLDS, size=len(themes))
    fold_of = dict(zip(themes, map(int, spread), strict=True))
    limits = {fold: lines([v for v in known if fold_of[v.case.theme] != fold], kind) for fold in range(_FOLDS)}
    told = [_told(each, limits[fold_of.get(each.case.theme, 0)]) for each in judged]
    can = [(each, kind) for each, kind in zip(judged, told, strict=True) if each.case.query.gold]
    cannot = [(each, kind) for each, kind in zip(judged, told, strict=True) if not each.case.query.gold]
    answered = [each for each, kind in [*can, *cannot] if kind == "answer"]
    surest = sorted(judged, key=lambda each: -each.sure)[: int(0.4 * len(judged))]
    return {
        "questions": len(judged),
        "hit1": _share([each.rank == 1 for each, _ in can]),
        "hit3": _share([0 < each.rank <= 3 for each, _ in can]),
        "auroc": _rounded(auroc([each.sure for each, _ in can], [each.sure for each, _ in cannot])),
        "right_among_surest_40_percent": _share([each.rank == 1 for each in surest]),
        "answered_share": _rounded(len(answered) / max(len(judged), 1)),
        "answered_precision": _share([each.rank == 1 for each in answered]),
        "wrong_answer_rate": _share([kind == "answer" for _, kind in cannot]),
        "helped_share": _share([_helped(each, kind) for each, kind in can]),
        "silent_when_nothing_helps": _share([kind == "none" for _, kind in cannot]),
    }


def _told(each: Verdict, limits: dict[str, dict[str, float]]) -> str:
    limit = limits.get(each.case.query.lang) or limits["*"]
    return "answer" if each.sure >= limit["answer"] else "suggest" if each.sure >= limit["suggest"] else "none"


def _helped(each: Verdict, kind: str) -> bool:
    return each.rank == 1 if kind == "answer" else kind == "suggest" and 0 < each.rank <= 3


def _share(values: Sequence[bool]) -> float | None:
    return _rounded(float(np.mean(values))) if values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
