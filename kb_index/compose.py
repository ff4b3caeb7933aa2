"""Composing: the lines of a passage that a customer needs, cut to the size of a chat message."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb_index.passages import Passage, split_sentences

LONGEST = 600
_MARKER = re.compile(r"^\s*(?:\d+\.|•)\s+")
_STEP = re.compile(r"^\s*\d+\.\s")


def compose(passage: Passage, nearness: Sequence[float], longest: int = LONGEST) -> str:
    """Take a passage and how near each of its sentences is to the question; give the text of the answer.

    A passage that fits is told whole. Of a longer one the lines around the nearest sentence are told; a list
    of steps begins at its first step when it fits. Nothing is reworded, and no sentence is cut.
    """
    if len(passage.text) <= longest:
        return passage.text
    lines = passage.text.split("\n")
    scores = _line_scores(lines, passage, nearness)
    best = max(range(len(lines)), key=lambda at: scores[at])
    start = _beginning(lines, best, longest)
    told = [lines[start]] if len(lines[start]) <= longest else [_shortened(lines[start], passage.lang, longest)]
    size = len(told[0])
    for line in lines[start + 1 :]:
        if size + 1 + len(line) > longest:
            break
        told.append(line)
        size += 1 + len(line)
    # A line that announces what was cut off would leave the customer waiting.
    while len(told) > 1 and told[-1].rstrip().endswith((":", "：")):
        told.pop()
    return "\n".join(told).strip("\n")


def _line_scores(lines: Sequence[str], passage: Passage, nearness: Sequence[float]) -> list[float]:
    scores: list[float] = []
    at = 0
    for line in lines:
        count = len(split_sentences(_MARKER.sub("", line), passage.lang))
        scores.append(max(nearness[at : at + count], default=0.0))
        at += count
    return scores


def _beginning(lines: Sequence[str], best: int, longest: int) -> int:
    """Where to begin so that the nearest line is told and still makes sense."""
    start = best
    if _STEP.match(lines[best]) or lines[best].startswith(("  ", "•")):
        first = best
        while first and (_MARKER.match(lines[first]) or lines[first].startswith("  ")):
            first -= 1
        # The sentence that announces the list comes with it, when there is room.
        for begin in (first, first + 1):
            if sum(len(line) + 1 for line in lines[begin : best + 1]) <= longest:
                return begin
        return start
    while start and sum(len(line) + 1 for line in lines[start - 1 : best + 2]) <= longest // 2:
        start -= 1
    return start


def _shortened(line: str, lang: str, longest: int) -> str:
    told = ""
    for sentence in split_sentences(line, lang):
        longer = f"{told} {sentence}" if told and sentence[:1].isascii() else told + sentence
        if told and len(longer) > longest:
            break
        told = longer
    return told
