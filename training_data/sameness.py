"""Sameness: when a reader would call two sentences the same."""

import re
import unicodedata

# Zero-width marks, soft hyphens, marks of direction and of variation: nobody sees them, so they make no difference.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """Takes a sentence; returns its plain form, equal for sentences that differ in width, case or spaces alone.

    The bot learns from the same form, so two examples with one plain form are one example to it.
    """
    seen = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return _SPACE.sub(" ", seen).strip().lower()
