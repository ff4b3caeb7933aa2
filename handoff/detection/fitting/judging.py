"""Judging: how often a person is fetched rightly, in time and needlessly, and the thresholds that follow."""

from collections.abc import Mapping, Sequence

import numpy as np

from handoff.detection.fitting.learning import Flags, Floats
from handoff.detection.fitting.samples import Sample

#: A missed customer and a needless handover are counted alike (F1), but false alarms may be no more than this.
FALSE_ALARMS = 0.05


def outcomes(turns: Sequence[Sample], chance: Floats, at_once: Flags, threshold: float) -> dict[str, int | None]:
    """The turn of the handover of each dialogue, None without one."""
    first: dict[str, int | None] = {}
    for one, probability, now in zip(turns, chance, at_once, strict=True):
        first.setdefault(one.group, None)
        if first[one.group] is None and (now or probability >= threshold):
            first[one.group] = one.turn
    return first


def figures_of(turns: Sequence[Sample], first: Mapping[str, int | None]) -> dict[str, float]:
    """Precision, recall, F1 and false alarms by dialogue; ``early``: the share handed over before the labelled turn."""
    at = {one.group: one.turn for one in turns if one.wanted}
    found = sum(first[group] is not None for group in at)
    alarms = sum(turn is not None for group, turn in first.items() if group not in at)
    early = sum((first[group] or 0) < turn for group, turn in at.items() if first[group] is not None)
    precision, recall = found / max(found + alarms, 1), found / max(len(at), 1)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "false_alarm_rate": round(alarms / max(len(first) - len(at), 1), 4),
        "early": round(early / max(len(at), 1), 4),
    }


def best_threshold(turns: Sequence[Sample], chance: Floats, at_once: Flags) -> float:
    """The probability from which a person is fetched: the best F1 with few enough false alarms."""
    tried = [(figures_of(turns, outcomes(turns, chance, at_once, each)), each) for each in np.arange(0.15, 0.91, 0.02)]
    allowed = [one for one in tried if one[0]["false_alarm_rate"] <= FALSE_ALARMS] or tried[-1:]
    best = max(one[0]["f1"] for one in allowed)
    near = [each for found, each in allowed if found["f1"] >= best - 0.002]
    return round(float(np.median(near)), 3)


def sure_from(chance: Floats, right: Flags, precision: float) -> float:
    """The least probability from which at least this share of what is fetched at once is rightly so."""
    order = np.argsort(-chance, kind="stable")
    # One that is wrong among the surest few does not make the rest unsure.
    hits = (np.cumsum(right[order]) + 1) / np.arange(2, len(order) + 2)
    enough = np.nonzero(hits >= precision)[0]
    return round(float(chance[order[enough[-1]]]), 3) if len(enough) else 1.0


def shares(taken: Flags, right: Flags) -> dict[str, float]:
    """Precision and recall of what was taken."""
    found = int((taken & right).sum())
    return {
        "precision": round(found / max(int(taken.sum()), 1), 4),
        "recall": round(found / max(int(right.sum()), 1), 4),
    }
