"""Scripts and normal forms: which writing system a customer uses, and one form for equal texts."""

from __future__ import annotations

import re
import unicodedata

HAN = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
HANGUL = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af\ua960-\ua97f\ud7b0-\ud7ff\uffa0-\uffdc"
KANA = r"\u3031-\u3035\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f\U0001aff0-\U0001afff\U0001b000-\U0001b16f"
_HANGUL = re.compile(f"[{HANGUL}]")
_HAN = re.compile(f"[{HAN}{KANA}]")
_LATIN = re.compile("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
# Zero-width marks, soft hyphens, marks of direction and of variation: a reader does not see them, so they must not
# change what a text means.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    """What a reader sees of a text: NFKC, nothing invisible."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))


def normalise(text: str) -> str:
    """One form for texts a reader would call the same: what is visible, in lower case, with single spaces."""
    return _SPACE.sub(" ", visible(text)).strip().lower()


def writing(text: str) -> str:
    """``"hangul"`` or ``"han"`` (with Kana) when the text has such characters, else ``"latin"``; ``"other"`` when
    it has letters, but none of these. A text without letters is ``"latin"``."""
    if _HANGUL.search(text):
        return "hangul"
    if _HAN.search(text):
        return "han"
    if _LATIN.search(text) or not any(character.isalpha() for character in text):
        return "latin"
    return "other"


#: The language an encoder must know for its vectors to say something about a text in this writing. For any other
#: writing it must know every language.
LANGUAGE_OF_WRITING = {"latin": "en", "han": "zh", "hangul": "ko", "other": "*"}
