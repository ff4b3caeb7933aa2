"""Hearing: the tones are learnt from messages: from runs of letters, and from meaning where the encoder knows it."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from handoff.detection.fitting.samples import FOLDS, SEED, Sample, fold_of
from handoff.detection.moment import Meaning
from handoff.detection.tone import Letters, Sense, nearness, runs
from handoff.detection.words import LANGUAGES

Floats = NDArray[np.float64]
#: By tone: whether a message is of its kind.
Wants = Mapping[str, Callable[[Sample], bool]]
#: Runs of letters that are kept for a language, those that tell most.
MOST_RUNS = 7000
#: Meanings that are remembered for a language.
LANDMARKS = 300
#: What a turn of a dialogue counts for a tone beside a message on its own: people say there what they really say.
OF_A_DIALOGUE = 3.0
#: How strongly weights are held near 0 (sklearn's C).
LETTERS_C, SENSE_C = 5.0, 3.0
#: Languages in which the default encoder's numbers mean something.
KNOWN_TO_ENCODER = ("en",)


@dataclass(frozen=True)
class Ear:
    """What kinds of messages sound like and mean, by language."""

    letters: Mapping[str, Letters]
    senses: Mapping[str, Sense]

    def of(self, sample: Sample, meaning: Meaning | None) -> dict[str, float]:
        """What is heard in a sample, by tone."""
        told = self.letters[sample.language].of(sample.text, sample.language)
        sense = self.senses.get(sample.language)
        vector = meaning(sample.text) if sense and meaning else None
        meant = sense.of(vector) if sense and vector is not None else told
        return {name: value + meant[name] for name, value in told.items()}


def fit_letters(known: Mapping[str, Sequence[Sample]], language: str, wants: Wants) -> Letters:
    """Learns what kinds of messages sound like in one language.

    Args:
        known: the messages each tone is learnt from.
    """
    ours = {name: [one for one in samples if one.language == language] for name, samples in known.items()}
    texts = {one.text: runs(one.text, language) for one in chain(*ours.values())}
    often = Counter(chain.from_iterable(texts.values()))
    telling: dict[str, float] = {}
    for name, samples in ours.items():
        inside: Counter[str] = Counter()
        outside: Counter[str] = Counter()
        for one in samples:
            (inside if wants[name](one) else outside).update(texts[one.text])
        share = max(sum(map(wants[name], samples)), 1), max(sum(not wants[name](one) for one in samples), 1)
        for run in inside.keys() | outside.keys():
            if often[run] > 1:
                told = abs(inside[run] / share[0] - outside[run] / share[1])
                telling[run] = max(telling.get(run, 0.0), told)
    kept = sorted(sorted(telling, key=lambda run: (-telling[run], run))[:MOST_RUNS])
    column = {run: place for place, run in enumerate(kept)}
    rare = np.array([round(math.log(len(texts) / often[run]) + 1, 1) for run in kept])
    bases, weights = {}, []
    # In the order of their names, which is how model.json keeps them.
    for name, samples in sorted(ours.items()):
        table = _table([texts[one.text] for one in samples], column, rare)
        wanted = np.array([wants[name](one) for one in samples])
        learnt = LogisticRegression(C=LETTERS_C, class_weight="balanced", max_iter=1000).fit(
            table, wanted, _counts(samples)
        )
        bases[name] = round(float(learnt.intercept_[0]), 3)
        weights.append(learnt.coef_[0])
    told_by = {
        run: (float(rare[place]), *(round(float(each[place]), 2) for each in weights)) for run, place in column.items()
    }
    return Letters(bases, told_by)


def _counts(samples: Sequence[Sample]) -> Floats:
    return np.array([OF_A_DIALOGUE if one.turn >= 0 else 1.0 for one in samples])


def _table(sets: Sequence[frozenset[str]], column: Mapping[str, int], rare: Floats) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, each in enumerate(sets):
        known = [column[run] for run in each if run in column]
        length = math.sqrt(float((rare[known] ** 2).sum())) or 1.0
        rows += [row] * len(known)
        columns += known
        values += (rare[known] / length).tolist()
    return csr_matrix((values, (rows, columns)), shape=(len(sets), len(column)))


def fit_sense(known: Mapping[str, Sequence[Sample]], language: str, wants: Wants, meaning: Meaning) -> Sense:
    """Learns what kinds of messages mean, from the encoder's numbers."""
    ours = {name: [one for one in samples if one.language == language] for name, samples in known.items()}
    first = next(iter(ours.values()))
    chance = np.random.default_rng(SEED)
    places = chance.choice(len(first), size=min(LANDMARKS, len(first)), replace=False)
    landmarks = in_bytes(np.array([meaning(first[place].text) for place in sorted(places)]))[0]
    # Likeness to the landmarks, turned so that no direction counts for more because many landmarks lie in it.
    sizes, turns = eigh(nearness(landmarks, landmarks))
    turned = turns / np.sqrt(np.maximum(sizes, 1e-3))
    bases, weights = {}, {}
    for name, samples in ours.items():
        table = nearness(np.array([meaning(one.text) for one in samples]), landmarks) @ turned
        wanted = np.array([wants[name](one) for one in samples])
        learnt = LogisticRegression(C=SENSE_C, class_weight="balanced", max_iter=2000).fit(
            table, wanted, _counts(samples)
        )
        bases[name] = round(float(learnt.intercept_[0]), 3)
        weights[name] = np.round(turned @ learnt.coef_[0], 2)
    return Sense(landmarks, bases, weights)


def in_bytes(landmarks: Floats) -> tuple[Floats, NDArray[np.int8], float]:
    """Takes rows of numbers; them as they come out of one byte each, the bytes, and what a byte's step is worth."""
    scale = round(float(np.abs(landmarks).max()) / 127, 6)
    small = np.clip(np.round(landmarks / scale), -127, 127).astype(np.int8)
    return np.asarray(small * scale, dtype=np.float64), small, scale


def ear(known: Mapping[str, Sequence[Sample]], wants: Wants, meaning: Meaning | None) -> Ear:
    """Learns kinds of messages in each language, and their meaning in those the encoder knows."""
    return Ear(
        {language: fit_letters(known, language, wants) for language in LANGUAGES},
        {language: fit_sense(known, language, wants, meaning) for language in KNOWN_TO_ENCODER} if meaning else {},
    )


def unheard(
    judged: Sequence[Sample], known: Mapping[str, Sequence[Sample]], wants: Wants, meaning: Meaning | None
) -> dict[str, Floats]:
    """What is heard in each sample by what was learnt without its fifth, by tone."""
    told = {name: np.zeros(len(judged)) for name in wants}
    for fold in range(FOLDS):
        rest = {name: [one for one in each if fold_of(one) != fold] for name, each in known.items()}
        learnt = ear(rest, wants, meaning)
        for place, one in enumerate(judged):
            if fold_of(one) == fold:
                for name, value in learnt.of(one, meaning).items():
                    told[name][place] = value
    return told
