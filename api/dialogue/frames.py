"""Frames: what stands around an answer, before it what was understood and after it the question whether it helped."""

from functools import cache

from api import wording
from api.wording import LANGUAGES

_UNDERSTOOD = ("understood", "understood-again")
_ASKED = ("helped-ask", "several-helped")
_MARK = "\ue000"


def framed(language: str, what: str, text: str, again: bool = False) -> str:
    """An answer below what it was understood to be about.

    Args:
        what: the article's own name for it.
        again: it stands in what was told before.
    """
    return f"{wording.say(language, _UNDERSTOOD[again], what=what)}\n{text}"


def without_frame(text: str) -> str:
    """The words of the bot without the frame: two answers are not alike because both ask whether they helped."""
    first, mark, rest = text.partition("\n")
    opened = any(first.startswith(begin) and first.endswith(end) for begin, end in _openings())
    kept = rest if mark and opened else text
    for ending in _endings():
        kept = kept.removesuffix(ending)
    return kept.rstrip() or text


@cache
def _openings() -> tuple[tuple[str, str], ...]:
    told = [wording.say(language, key, what=_MARK) for language in LANGUAGES for key in _UNDERSTOOD]
    return tuple((begin, end) for begin, _, end in (one.partition(_MARK) for one in told))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(wording.say(language, key) for language in LANGUAGES for key in _ASKED)
