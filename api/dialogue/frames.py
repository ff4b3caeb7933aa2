"""Frames: what stands around an answer, before it what was understood and after it the question whether it helped."""

from functools import cache

from api import wording
from api.wording import LANGUAGES
from kb_index.answers import Answer

_UNDERSTOOD = ("understood", "understood-again")
_ASKED = ("helped-ask", "several-helped")
_MARK = "\ue000"


def framed(language: str, answer: Answer, again: bool = False) -> str:
    """An answer below what it was understood to be about, in the article's own name for it.

    Args:
        again: it stands in what was told before.
    """
    what = f"{answer.title} – {answer.heading}" if answer.heading else answer.title
    return f"{wording.say(language, _UNDERSTOOD[again], what=what)}\n{answer.text}"


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
