"""Learning: tones from runs of letters, weights from signs, and probabilities from sums."""

import math
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from handoff.detection.fitting.samples import Sample
from handoff.detection.moment import Meaning, Moment
from handoff.detection.tone import Sense, Tone, runs
from handoff.detection.weighing import BY_ITSELF, FIGURES, by_itself, figures
from handoff.detection.words import LANGUAGES

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
SEED, FOLDS = 5, 5
#: Runs of letters that are kept for a language, those that tell most.
MOST_RUNS = 5000
#: How strongly weights are held near 0: of the tones and the senses (sklearn's C).
TONE_C, SENSE_C = 5.0, 3.0
#: Languages in which the default encoder's numbers mean something.
KNOWN_TO_ENCODER = ("en",)


#: What a message on its own counts beside a turn of a dialogue.
ALONE = 0.15
#: Signs that come from the course of a dialogue. A message on its own borrows them from a turn of the same kind.
OF_THE_COURSE = (
    "asked_again", "same_answer", "near_answer", "form_again", "misses", "rejected_before", "upset_before", "turns",
)  # fmt: skip


def fold_of(sample: Sample) -> int:
    """The fifth a sample belongs to; a dialogue stays whole, and the same one on every machine."""
    return zlib.crc32(f"{SEED}{sample.group}".encode()) % FOLDS


def fit_tone(samples: Sequence[Sample], language: str, is_it: Callable[[Sample], bool]) -> Tone:
    """Learns what a kind of message sounds like in one language."""
    ours = [one for one in samples if one.language == language]
    sets = [runs(one.text, language) for one in ours]
    wanted = np.array([is_it(one) for one in ours])
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for each, want in zip(sets, wanted, strict=True):
        (inside if want else outside).update(each)
    share = max(int(wanted.sum()), 1), max(int((~wanted).sum()), 1)
    often = [run for run in inside.keys() | outside.keys() if inside[run] + outside[run] > 1]
    telling = sorted(often, key=lambda run: (-abs(inside[run] / share[0] - outside[run] / share[1]), run))[:MOST_RUNS]
    column = {run: place for place, run in enumerate(sorted(telling))}
    rare = {run: round(math.log(len(sets) / (inside[run] + outside[run])) + 1, 1) for run in column}
    rows, columns, values = [], [], []
    for row, each in enumerate(sets):
        known = [run for run in each if run in column]
        length = math.sqrt(sum(rare[run] ** 2 for run in known)) or 1.0
        rows += [row] * len(known)
        columns += [column[run] for run in known]
        values += [rare[run] / length for run in known]
    table = csr_matrix((values, (rows, columns)), shape=(len(sets), len(column)))
    learnt = LogisticRegression(C=TONE_C, class_weight="balanced", max_iter=1000).fit(table, wanted)
    weights = {run: (rare[run], round(float(learnt.coef_[0][place]), 2)) for run, place in column.items()}
    return Tone(round(float(learnt.intercept_[0]), 3), weights)


def fit_sense(samples: Sequence[Sample], language: str, is_it: Callable[[Sample], bool], meaning: Meaning) -> Sense:
    """Learns what a kind of message means, from the encoder's numbers."""
    ours = [one for one in samples if one.language == language]
    table = np.array([meaning(one.text) for one in ours])
    wanted = np.array([is_it(one) for one in ours])
    learnt = LogisticRegression(C=SENSE_C, class_weight="balanced", max_iter=1000).fit(table, wanted)
    return Sense(round(float(learnt.intercept_[0]), 3), tuple(round(float(each), 3) for each in learnt.coef_[0]))


@dataclass(frozen=True)
class Ear:
    """What one kind of message sounds like and means, by language."""

    tones: Mapping[str, Tone]
    senses: Mapping[str, Sense]


def ear(samples: Sequence[Sample], is_it: Callable[[Sample], bool], meaning: Meaning | None) -> Ear:
    """Learns a kind of message in each language, and its meaning in those the encoder knows."""
    return Ear(
        {language: fit_tone(samples, language, is_it) for language in LANGUAGES},
        {language: fit_sense(samples, language, is_it, meaning) for language in KNOWN_TO_ENCODER} if meaning else {},
    )


def unheard(
    judged: Sequence[Sample], known: Sequence[Sample], is_it: Callable[[Sample], bool], meaning: Meaning | None
) -> Floats:
    """What is heard in each sample by what was learnt without its fifth."""
    told = np.zeros(len(judged))
    for fold in range(FOLDS):
        learnt = ear([one for one in known if fold_of(one) != fold], is_it, meaning)
        for place, one in enumerate(judged):
            if fold_of(one) == fold:
                letters = learnt.tones[one.language].of(one.text, one.language)
                sense = learnt.senses.get(one.language)
                vector = meaning(one.text) if sense and meaning else None
                told[place] = letters + (sense.of(vector) if sense and vector is not None else letters)
    return told


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
