"""Resemblance: how much two messages have the same words, without knowing the language."""

import re
from collections.abc import Sequence
from functools import lru_cache

from handoff.detection.plain import han

_WORD = re.compile(r"[\w']+")
_SOURCE = re.compile(r"(出自文章|출처|from the article).*$", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=256)
def pieces(text: str) -> frozenset[str]:
    """The words of a text and their runs of three letters; of Chinese and Korean the characters and pairs."""
    found: set[str] = set()
    for word in _WORD.findall(text.casefold()):
        if any(han(char) or "\uac00" <= char <= "\ud7a3" for char in word):
            found.update(word[n : n + 2] for n in range(len(word) - 1))
            found.update(char for char in word if han(char))
        else:
            found.add(word)
            found.update(word[n : n + 3] for n in range(len(word) - 2))
    return frozenset(found)


def alike(one: str, other: str) -> float:
    """From 0 to 1: the share of pieces two texts have in common."""
    a, b = pieces(one), pieces(other)
    return len(a & b) / (len(a) * len(b)) ** 0.5 if a and b else 0.0


def contained(one: str, other: str) -> float:
    """From 0 to 1: how much of the shorter text is in the longer one."""
    a, b = pieces(one), pieces(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def same_answer(one: str, other: str) -> float:
    """From 0 to 1: whether two texts of the bot tell the same; which article they came from does not matter."""
    a, b = _SOURCE.sub("", one) or one, _SOURCE.sub("", other) or other
    return 1.0 if a.strip() == b.strip() else max(alike(a, b), contained(a, b) if min(len(a), len(b)) > 24 else 0.0)


def most_alike(text: str, others: Sequence[str]) -> tuple[float, int]:
    """Takes a text and earlier ones; the highest likeness and its place, (0, -1) without any."""
    return max(((alike(text, other), place) for place, other in enumerate(others)), default=(0.0, -1))
