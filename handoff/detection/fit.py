"""Fitting: the weights, tones and thresholds of detection are learnt from labelled dialogues.

`frontdoor detection fit` runs it from the project's folder. It learns from rows with ``"split": "train"``
alone; every figure it prints or keeps is of samples that were not learnt from.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sklearn

from handoff.detection.fitting import hearing, judging, learning
from handoff.detection.fitting.learning import Flags, Floats
from handoff.detection.fitting.samples import (
    FOLDS,
    SEED,
    Sample,
    fold_of,
    hash_of,
    of_dialogues,
    read_dialogues,
    read_examples,
    read_phrases,
)
from handoff.detection.model import VERSION
from handoff.detection.moment import Meaning
from handoff.detection.tone import Sense
from handoff.detection.weighing import BY_ITSELF, FIGURES, way_of
from handoff.detection.words import LANGUAGES

#: The share of what is fetched at once that must rightly be so.
PRECISION = {"request": 0.96, "danger": 0.95}
#: How strongly weights are held near 0: of a message's figures, and of the decision's (sklearn's C).
MESSAGE_C, DECISION_C = 1.0, 0.3
#: What a turn of a dialogue and one of the bot's examples count, beside a message that the tables of words were not
#: written for, when it is learnt what the tables are worth in a message by itself.
SEEN, EXAMPLE = 0.5, 0.05
#: No labelled dialogue says how long somebody waited; five minutes count this much.
JUDGED = {"waited": 0.5}
#: Which messages each question is learnt from, and which of them it is about.
WANTS: dict[str, Callable[[Sample], bool]] = {
    "trouble": lambda one: bool(one.kind),
    "request": lambda one: one.kind == "request",
    "danger": lambda one: one.kind == "danger",
}


def learn_question(name: str, samples: Sequence[Sample], told: Floats) -> tuple[dict[str, Any], Floats]:
    """Learns to answer a question about a message by itself.

    Returns:
        The question as model.json has it, and the answers (log-odds) by what was learnt without each sample's fifth.
    """
    table = learning.message_table(name, samples, told)
    right = np.array([WANTS[name](one) for one in samples])
    # A message of trouble may ask for a person as well, or tell of danger, and whoever writes it gets one anyway. Of
    # a dialogue's turns it is known which are danger: an angry customer must not be shown as one who is hurt.
    either = np.array([one.kind == "trouble" and (name == "request" or one.turn < 0) for one in samples])
    # Tables of words were written with dialogues and phrases in sight; what to trust them shows where they were not.
    unseen = np.array([one.unseen for one in samples]) & ~either
    counts = np.array([1.0 if one.unseen else SEEN if one.turn >= 0 else EXAMPLE * one.example for one in samples])
    counts = counts * ~either
    folds = np.array([fold_of(one) for one in samples])
    answers = np.zeros(len(samples))
    for fold in range(FOLDS):
        kept = folds != fold
        weights, bias = learning.fit_signs(table[kept], right[kept], counts[kept], MESSAGE_C)
        answers[~kept] = table[~kept] @ weights + bias
    weights, bias = learning.fit_signs(table, right, counts, MESSAGE_C)
    threshold = judging.sure_from(learning.chances(answers[unseen]), right[unseen], PRECISION[name])
    question = {
        "weights": {one: round(float(weight), 4) for one, weight in zip(BY_ITSELF[name], weights, strict=True)},
        "bias": round(bias, 4),
        "threshold": threshold,
    }
    return question, answers


def learn(
    turns: list[Sample], phrases: list[Sample], examples: list[Sample], meaning: Meaning | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The model as model.json has it, and the cross-validated figures."""
    samples = learning.with_course([*turns, *phrases])
    everything = [*samples, *examples]
    known = {"trouble": samples, "request": everything, "danger": everything}
    told = hearing.unheard(everything, known, WANTS, meaning)
    questions, report = {}, {}
    at_once: Flags = np.zeros(len(turns), dtype=bool)
    for name in PRECISION:
        questions[name], answers = learn_question(name, everything, told[name])
        taken = learning.chances(answers) >= questions[name]["threshold"]
        at_once |= taken[: len(turns)]
        right = np.array([WANTS[name](one) for one in everything])
        for language in ("", *LANGUAGES):
            part = np.array(
                [one.turn < 0 and one.unseen_of(name) and one.language.startswith(language) for one in everything]
            )
            report["_".join(filter(None, (name, "unseen", language)))] = judging.shares(taken[part], right[part])
    table = learning.decision_table(samples, {name: values[: len(samples)] for name, values in told.items()})
    wanted = np.array([one.wanted for one in samples])
    counts = np.array([1.0 if one.turn >= 0 else learning.ALONE for one in samples])
    ways = [*map(way_of, FIGURES), *[0] * len(LANGUAGES)]
    folds = np.array([fold_of(one) for one in samples])
    sums = np.zeros(len(samples))
    for fold in range(FOLDS):
        kept = folds != fold
        weights, bias = learning.fit_signs(table[kept], wanted[kept], counts[kept], DECISION_C, ways)
        sums[~kept] = table[~kept] @ weights + bias
    ends = len(turns)
    odds, calibrations = np.zeros(len(turns)), {}
    for language in LANGUAGES:
        ours = np.array([one.language == language for one in turns])
        slope, offset = learning.calibrate(sums[:ends][ours], wanted[:ends][ours])
        calibrations[language] = {"slope": round(slope, 4), "offset": round(offset, 4)}
        odds[ours] = slope * sums[:ends][ours] + offset
    likely = learning.chances(odds)
    threshold = judging.best_threshold(turns, likely, at_once)
    report["all"] = judging.figures_of(turns, judging.outcomes(turns, likely, at_once, threshold))
    # What the tables of words were not written for, dialogue by dialogue.
    fresh = [place for place, one in enumerate(turns) if one.unseen]
    some = [turns[place] for place in fresh]
    report["unseen"] = judging.figures_of(some, judging.outcomes(some, likely[fresh], at_once[fresh], threshold))
    for language in LANGUAGES:
        places = [place for place, one in enumerate(turns) if one.language == language]
        some = [turns[place] for place in places]
        report[language] = judging.figures_of(some, judging.outcomes(some, likely[places], at_once[places], threshold))
    weights, bias = learning.fit_signs(table, wanted, counts, DECISION_C, ways)
    for name, weight in JUDGED.items():
        weights[FIGURES.index(name)] = weight
    final = hearing.ear(known, WANTS, meaning)
    return {
        "version": VERSION,
        "weights": {name: round(float(weights[place]), 4) for place, name in enumerate(FIGURES)},
        "bias": {
            language: round(bias + float(weights[len(FIGURES) + place]), 4) for place, language in enumerate(LANGUAGES)
        },
        "calibrations": calibrations,
        "hand_over": dict.fromkeys(LANGUAGES, threshold),
        "offer": dict.fromkeys(LANGUAGES, round(threshold * 0.6, 3)),
        "acknowledge": dict.fromkeys(LANGUAGES, round(threshold * 0.01, 4)),
        "questions": questions,
        "letters": {language: {"bases": one.bases, "weights": one.weights} for language, one in final.letters.items()},
        "senses": {language: _kept(one) for language, one in final.senses.items()},
    }, report


def _kept(sense: Sense) -> dict[str, Any]:
    """A sense as model.json has it."""
    _, small, scale = hearing.in_bytes(sense.landmarks)
    return {
        "landmarks": small.tobytes().hex(),
        "width": small.shape[1],
        "scale": scale,
        "bases": sense.bases,
        "weights": {name: [round(float(each), 2) for each in some] for name, some in sense.weights.items()},
    }


def fit(data: Path, out: Path, meaning: Meaning | None, encoder: str) -> dict[str, Any]:
    """Fits on the training rows and writes the model.

    Args:
        data: the folder with ``handoff/`` and ``nlu/``.
        out: the file that is written.
        meaning: the encoder's numbers for any message, of length 1; None: letters and words alone.
        encoder: its name.

    Returns:
        What the model says of itself: what it was fitted on, and its cross-validated figures.
    """
    dialogues = read_dialogues(data / "handoff")
    turns = of_dialogues(dialogues, meaning)
    phrases = read_phrases(data / "handoff")
    examples = read_examples(data / "nlu")
    model, report = learn(turns, phrases, examples, meaning)
    model["encoder"] = encoder.split("@")[0]
    model["provenance"] = {
        "data": hash_of(data / "handoff", data / "nlu"),
        "encoder": encoder,
        "dialogues": len(dialogues),
        "turns": len(turns),
        "phrases": len(phrases),
        "examples": len(examples),
        "seed": SEED,
        "fitted": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__},
        "cross_validated": report,
    }
    out.write_text(json.dumps(model, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n", "utf-8")
    provenance: dict[str, Any] = model["provenance"]
    return provenance
