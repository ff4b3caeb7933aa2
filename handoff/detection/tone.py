"""Tone: how much a message sounds like others that needed a person, learnt from runs of letters and from meaning."""

import math
import operator
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from handoff.detection.plain import plain

#: Shortest and longest run of letters, across words. A Chinese character says as much as an English syllable.
RUNS = {"en": (2, 5), "zh": (1, 3), "ko": (1, 3)}
#: Runs of the parts of Korean syllables: endings and typing errors change a part, and leave the rest.
PARTS = {"ko": (3, 6)}
#: How many words in a row are looked at as well, in languages that write them apart.
WORDS = {"en": 3}
#: A long message is judged by its end as well as its beginning.
LONGEST = 400
#: How quickly likeness to a remembered meaning falls with the distance.
NEARNESS = 2.0
_REPEATED = re.compile(r"(.)\1{2,}")
_WORD = re.compile(r"\w+|[^\w\s]")


@lru_cache(maxsize=256)
def runs(written: str, language: str) -> frozenset[str]:
    """The runs of letters of a message, from edge to edge; "nooooo" is read as "noo"."""
    text = _REPEATED.sub(r"\1\1", plain(written, language).masked)
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + " " + text[-LONGEST // 2 :]
    edged = f" {' '.join(text.split())} "
    found = _of(edged, *RUNS[language])
    if language in PARTS:
        found |= {"+" + run for run in _of(unicodedata.normalize("NFD", edged), *PARTS[language])}
    if language in WORDS:
        words = ["<", *_WORD.findall(text), ">"]
        for size in range(1, WORDS[language] + 1):
            found |= {"_" + "_".join(words[n : n + size]) for n in range(len(words) - size + 1)}
    return frozenset(found)


def _of(text: str, shortest: int, longest: int) -> set[str]:
    return {text[n : n + size] for size in range(shortest, longest + 1) for n in range(len(text) - size + 1)}


@dataclass(frozen=True)
class Letters:
    """What was learnt of one language.

    ``bases``: by tone. ``weights``: of each run how rare it is, then what it says for each tone in their order.
    """

    bases: Mapping[str, float]
    weights: Mapping[str, tuple[float, ...]]

    def of(self, written: str, language: str) -> dict[str, float]:
        """Log-odds by tone that a message is of its kind; one of strange words comes out near the bases."""
        found = [known for run in runs(written, language) if (known := self.weights.get(run))]
        if not found:
            return dict(self.bases)
        rare, *columns = zip(*found, strict=True)
        size = math.sqrt(sum(map(operator.mul, rare, rare)))
        sums = [sum(map(operator.mul, rare, column)) for column in columns]
        return {name: base + total / size for (name, base), total in zip(self.bases.items(), sums, strict=True)}


@dataclass(frozen=True)
class Sense:
    """What was learnt from the encoder's numbers for a message: how near it is to meanings that are remembered.

    ``landmarks``: a row for each. ``bases`` by tone: of a message near none. ``weights`` by tone: one a landmark.
    """

    landmarks: NDArray[np.float64]
    bases: Mapping[str, float]
    weights: Mapping[str, NDArray[np.float64]]

    def of(self, vector: Sequence[float]) -> dict[str, float]:
        """Log-odds by tone that a message is of its kind.

        Args:
            vector: of the message, of length 1, by the encoder it was learnt with.
        """
        near = nearness(np.asarray(vector, dtype=np.float64)[None, :], self.landmarks)[0]
        return {name: base + float(near @ self.weights[name]) for name, base in self.bases.items()}


def nearness(vectors: NDArray[np.float64], landmarks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Takes rows of numbers; how near each is to each landmark, 1 at the same place, towards 0 far away."""
    apart = (vectors**2).sum(1)[:, None] + (landmarks**2).sum(1)[None, :] - 2 * vectors @ landmarks.T
    return np.asarray(np.exp(-NEARNESS * np.maximum(apart, 0.0)))
