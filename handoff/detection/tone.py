"""Tone: how much a message sounds like others that needed a person, learnt from runs of letters."""

import itertools
import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from handoff.detection.plain import plain

#: Shortest and longest run of letters by language. A Chinese character says as much as an English syllable.
RUNS = {"en": (2, 5), "zh": (1, 3), "ko": (1, 4)}
#: A long message is judged by its end as well as its beginning.
LONGEST = 400


@lru_cache(maxsize=256)
def runs(written: str, language: str) -> frozenset[str]:
    """The runs of letters of a message, a space at each edge of a word."""
    text = plain(written, language).masked
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + " " + text[-LONGEST // 2 :]
    shortest, longest = RUNS[language]
    found: set[str] = set()
    if language == "zh":
        text = "^" + text + "$"
        for size in range(shortest, longest + 1):
            found.update(text[n : n + size] for n in range(len(text) - size + 1))
        return frozenset(found)
    for word in text.split():
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            found.update(padded[n : n + size] for n in range(len(padded) - size + 1))
    if language == "en":
        parts = text.split()
        found.update(f"{one}_{two}" for one, two in itertools.pairwise(parts))
    return frozenset(found)


@dataclass(frozen=True)
class Tone:
    """What was learnt of one language. ``weights``: of each run, how rare it is and what it says."""

    base: float
    weights: Mapping[str, tuple[float, float]]

    def of(self, written: str, language: str) -> float:
        """Log-odds that a message is of the kind that was learnt; one of strange words comes out near the base."""
        length = total = 0.0
        for run in runs(written, language):
            if found := self.weights.get(run):
                rare, weight = found
                length += rare * rare
                total += rare * weight
        return self.base + total / math.sqrt(length) if length else self.base


@dataclass(frozen=True)
class Sense:
    """What was learnt from the encoder's numbers for a message. ``base``: of a message without meaning."""

    base: float
    weights: tuple[float, ...]

    def of(self, vector: Sequence[float]) -> float:
        """Log-odds that a message is of the kind that was learnt.

        Args:
            vector: of the message, of length 1, by the encoder it was learnt with.
        """
        return self.base + math.fsum(map(operator.mul, self.weights, vector))
