"""Model: the weights, tones and thresholds that detection was fitted with, as they are kept in model.json."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from handoff.detection.tone import Letters, Sense
from handoff.detection.weighing import FIGURES

FILE = Path(__file__).parent / "model.json"
VERSION = 2


class BadModel(Exception):
    """A model file that this code cannot use; says which file and what to do."""

    def __init__(self, file: Path, problem: str) -> None:
        super().__init__(f"{file}: {problem}. Fit it anew with `frontdoor detection fit`.")


@dataclass(frozen=True)
class Calibration:
    """Makes a sum of weights a probability in one language."""

    slope: float
    offset: float


@dataclass(frozen=True)
class Question:
    """What a message is asked by itself. ``threshold``: the probability from which a person is fetched at once."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def answer(self, figures: Mapping[str, float]) -> float:
        """Log-odds that it is so."""
        return self.bias + sum(self.weights[name] * value for name, value in figures.items())


@dataclass(frozen=True)
class Model:
    """``weights`` by figure; calibrations, biases, letters and senses by language; questions by name.

    ``encoder``: the name of the one whose numbers the senses were learnt from.

    ``hand_over``, ``offer`` and ``acknowledge`` are probabilities by language.
    """

    weights: Mapping[str, float]
    bias: Mapping[str, float]
    calibrations: Mapping[str, Calibration]
    letters: Mapping[str, Letters]
    senses: Mapping[str, Sense]
    encoder: str
    questions: Mapping[str, Question]
    hand_over: Mapping[str, float]
    offer: Mapping[str, float]
    acknowledge: Mapping[str, float]
    provenance: Mapping[str, Any]


@cache
def load(file: Path = FILE) -> Model:
    """The fitted model.

    Raises:
        BadModel: the file is missing, broken, or of another version of this code.
    """
    try:
        data = json.loads(file.read_text("utf-8"))
        if data["version"] != VERSION:
            raise BadModel(file, f"it is of version {data['version']}, this code reads {VERSION}")
        if strange := sorted(set(data["weights"]) ^ set(FIGURES)):
            raise BadModel(file, f"its figures are not those of this code ({', '.join(strange)})")
        return Model(
            weights=data["weights"],
            bias=data["bias"],
            calibrations={name: Calibration(**values) for name, values in data["calibrations"].items()},
            letters={
                language: Letters(one["bases"], {run: tuple(told) for run, told in one["weights"].items()})
                for language, one in data["letters"].items()
            },
            senses={language: _sense(one) for language, one in data["senses"].items()},
            encoder=data["encoder"],
            questions={name: Question(**values) for name, values in data["questions"].items()},
            hand_over=data["hand_over"],
            offer=data["offer"],
            acknowledge=data["acknowledge"],
            provenance=data["provenance"],
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BadModel(file, f"it cannot be read ({problem!r})") from problem


def _sense(data: Mapping[str, Any]) -> Sense:
    # Numbers of one byte, two signs each: smaller than written out and no less telling; random bytes spell no word so.
    rows = np.frombuffer(bytes.fromhex(data["landmarks"]), dtype=np.int8).reshape(-1, data["width"])
    return Sense(rows * data["scale"], data["bases"], {name: np.array(each) for name, each in data["weights"].items()})


def heard(model: Model, written: str, language: str, vector: Sequence[float] | None) -> dict[str, float]:
    """What the tones say of a message, by their names: of its letters, and as much again of its meaning.

    Args:
        vector: of the message by the model's encoder; None in languages it does not know, and the letters say it all.
    """
    letters = model.letters[language].of(written, language)
    sense = model.senses.get(language)
    meant = sense.of(vector) if sense and vector is not None else letters
    return {name: value + meant[name] for name, value in letters.items()}


def chance(total: float) -> float:
    """The probability that log-odds stand for."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
