"""Text: cut where a reader would pause, for apps that take only so much at once."""

import re
import unicodedata
from collections.abc import Callable

#: Where to cut, best first: between paragraphs, lines, sentences, words.
_PAUSES = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|(?<=[。！？])[”’」』）]*\s*"),
    re.compile(r"\s+"),
)
#: A better pause is taken only when it leaves no part smaller than this share of the limit.
_WORTHWHILE = 0.3
_JOINER = "\u200d"


def utf16(text: str) -> int:
    """The length of a text as many apps count it: characters beyond the basic plane, such as emoji, are two."""
    return len(text) + sum(char > "\uffff" for char in text)


def split(text: str, limit: int, measure: Callable[[str], int] = len) -> list[str]:
    """The parts of a text, none longer than the limit and none empty; only white space is lost between them.

    Args:
        limit: at least 1, in units of ``measure``.
        measure: the length of a text; may not shrink when the text grows.
    """
    parts = []
    rest = text.strip()
    while measure(rest) > limit:
        end = _cut(rest, _fitting(rest, limit, measure))
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [part for part in [*parts, rest] if part]


def _fitting(text: str, limit: int, measure: Callable[[str], int]) -> int:
    """How many characters fit."""
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= limit else (low, middle - 1)
    return low


def _cut(text: str, room: int) -> int:
    # One character more is looked at: a pause may begin exactly where the room ends.
    for pause in _PAUSES:
        ends = [hit.end() for hit in pause.finditer(text, 0, room + 1) if len(text[: hit.end()].rstrip()) <= room]
        if ends and ends[-1] >= room * _WORTHWHILE:
            return ends[-1]
    end = room
    # An accent, a vowel sign or half of a family of emoji says something else without its first half.
    while end > max(1, room - 40) and _belongs(text, end):
        end -= 1
    return end if end > 1 and not _belongs(text, end) else room


def _belongs(text: str, at: int) -> bool:
    """Whether the character at this place belongs to the one before it."""
    if at >= len(text):
        return False
    char, before = text[at], text[at - 1]
    tone = "\U0001f3fb" <= char <= "\U0001f3ff"
    return tone or _JOINER in (char, before) or unicodedata.category(char) in ("Mn", "Me", "Mc")
