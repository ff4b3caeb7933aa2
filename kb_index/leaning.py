"""Leaning: whether a message goes on with what was talked about before, or stands by itself."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb_index.language import is_cjk
from kb_index.leaning_words import goes_on, points_back
from kb_index.search import Hit
from kb_index.vague_words import asks_only, names_subject
from kb_index.words import normalised

# Whoever writes more than so many words says what it is about.
_MOST_WORDS = 14
# A logistic regression over 72 messages written for it, half of each kind, 24 a language (docs/conversation.md). What
# the search finds counts most: how sure the message alone is of an answer, as a share of the line for answering, and
# how near the article of before comes to the best one.
_INTERCEPT, _SURE, _NEAR, _GOES_ON, _POINTS = 1.6, -3.1, 2.6, 2.3, 2.4
# A message that finds nothing of its own is taken to lean from an even chance on.
_LEANS = 0.5
# A bare subject goes on only with an article that it would lead to by itself.
_SAME = 0.95


@dataclass(frozen=True)
class Before:
    """What a conversation was about: the customer's question, and the articles they were told or shown last."""

    question: str
    permalinks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leaning:
    """How likely a message leans on what was before, and by what that was seen."""

    probability: float
    sure_alone: float
    near: float
    goes_on: bool
    points: bool

    @property
    def leans(self) -> bool:
        return self.probability >= _LEANS

    def reasons(self) -> dict[str, object]:
        """As a trace keeps it."""
        return {
            "leans": self.leans,
            "probability": round(self.probability, 4),
            "sure_alone": round(self.sure_alone, 4),
            "near": round(self.near, 4),
            "goes_on": self.goes_on,
            "points": self.points,
        }


def leaning(text: str, before: Before, hits: Sequence[Hit], sure: float, line: float) -> Leaning:
    """Take a message, what was before, what the message alone finds and how sure that is; weigh them.

    `line` is the confidence from which on the bot answers.
    """
    best = hits[0].score if hits else 0.0
    known = [hit.score for hit in hits if hit.passage.permalink in before.permalinks]
    near = max(known, default=0.0) / best if best > 0 else 0.0
    alone = min(sure / line, 1.5) if line > 0 else 1.5
    nothing_named = asks_only(text)
    on, points = goes_on(text), points_back(text) or nothing_named
    total = _INTERCEPT + _SURE * alone + _NEAR * near + _GOES_ON * on + _POINTS * points
    chance = 1 / (1 + math.exp(-total)) if size(text) <= _MOST_WORDS else 0.0
    if not on and not points and near < _SAME and names_subject(text):
        # "Refund" after an answer about returns is a new subject, vague as it is.
        chance = 0.0
    if nothing_named:
        # "How much?" is about what was told, whatever else costs something.
        chance = 1.0
    return Leaning(chance, alone, near, on, points)


def size(text: str) -> float:
    """Take a message; give its length in words. Two characters of Chinese or Korean count as one."""
    flat = normalised(text)
    letters = sum(is_cjk(letter) for letter in flat)
    return letters / 2 + len(re.findall(r"[\w'’-]+", "".join(" " if is_cjk(letter) else letter for letter in flat)))
