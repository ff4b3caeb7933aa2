"""Learning: weights from signs, and probabilities from sums."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from handoff.detection.fitting.samples import SEED, Sample
from handoff.detection.moment import Moment
from handoff.detection.weighing import BY_ITSELF, FIGURES, by_itself, figures
from handoff.detection.words import LANGUAGES

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
#: What a message on its own counts beside a turn of a dialogue.
ALONE = 0.05
#: Signs that come from the course of a dialogue. A message on its own borrows them from a turn of the same kind.
OF_THE_COURSE = (
    "asked_again", "same_answer", "near_answer", "form_again", "misses", "rejected_before", "upset_before", "turns",
)  # fmt: skip


def with_course(samples: Sequence[Sample]) -> list[Sample]:
    """Messages on their own with the course of a dialogue borrowed from a turn of their kind; turns as they are."""
    chance = np.random.default_rng(SEED)
    lenders: dict[tuple[str, bool], list[Moment]] = {}
    for one in samples:
        if one.turn >= 0:
            lenders.setdefault((one.language, one.kind == "trouble"), []).append(one.moment)
    made = []
    for one in samples:
        if one.turn < 0:
            choice = lenders[one.language, one.kind == "trouble"]
            lender = choice[int(chance.integers(len(choice)))]
            borrowed = {name: sign for name, sign in lender.signs.items() if name in OF_THE_COURSE}
            signs = {name: sign for name, sign in one.moment.signs.items() if name not in OF_THE_COURSE}
            one = replace(one, moment=replace(one.moment, signs={**signs, **borrowed}))
        made.append(one)
    return made


def message_table(question: str, samples: Sequence[Sample], told: Floats) -> Floats:
    """The figures that answer a question about each message.

    Args:
        told: what the question's tone says of each.
    """
    found = [by_itself(question, one.moment, float(tone)) for one, tone in zip(samples, told, strict=True)]
    return np.array([[one[name] for name in BY_ITSELF[question]] for one in found])


def decision_table(samples: Sequence[Sample], told: Mapping[str, Floats]) -> Floats:
    """The figures of the decision about each sample, and a column for each language.

    Args:
        told: what the tones say of each sample, by the name of the tone.
    """
    table = np.zeros((len(samples), len(FIGURES) + len(LANGUAGES)))
    for row, one in enumerate(samples):
        for name, figure in figures(one.moment, {name: float(values[row]) for name, values in told.items()}).items():
            table[row, FIGURES.index(name)] = figure.value
        table[row, len(FIGURES) + LANGUAGES.index(one.language)] = 1.0
    return table


def fit_signs(
    table: Floats, wanted: Flags, counts: Floats, penalty: float, ways: Sequence[int] = ()
) -> tuple[Floats, float]:
    """Weights of the columns, and what is added to every sum.

    Args:
        counts: how much each row counts.
        penalty: sklearn's C.
        ways: for each column 1 when its weight must not be negative, -1 when it must not be positive, else 0. What
            the agent reads has to make sense: a form that asks again is no reason against a person.
    """
    table, wanted, counts = table[counts > 0], wanted[counts > 0], counts[counts > 0]
    spread = table.std(0)
    spread[spread == 0] = 1.0
    scaled = np.hstack([table / spread, np.ones((len(table), 1))])
    sides = np.where(wanted, 1.0, -1.0)

    def cost(weights: Floats) -> tuple[float, Floats]:
        margins = sides * (scaled @ weights)
        slopes = -sides * counts / (1 + np.exp(np.clip(margins, -500, 500)))
        held = weights.copy()
        held[-1] = 0.0
        total = float((counts * np.logaddexp(0, -margins)).sum() + held @ held / (2 * penalty))
        return total, scaled.T @ slopes + held / penalty

    limits = [((0, None), (None, None), (None, 0))[1 - way] for way in ways or [0] * table.shape[1]]
    found = minimize(cost, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B", bounds=[*limits, (None, None)])
    weights: Floats = found.x
    return weights[:-1] / spread, float(weights[-1])


def calibrate(sums: Floats, wanted: Flags) -> tuple[float, float]:
    """Slope and offset that make the sums of samples not learnt from probabilities."""
    learnt = LogisticRegression(C=1.0, max_iter=1000).fit(sums.reshape(-1, 1), wanted)
    return float(learnt.coef_[0][0]), float(learnt.intercept_[0])


def chances(sums: Floats) -> Floats:
    """Probabilities of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(sums, -30, 30))))
