"""Scripts and normal forms: which writing system a customer uses, and one form for equal texts."""

from __future__ import annotations

import re
import unicodedata

HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
HANGUL = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af\ua960-\ua97f\ud7b0-\ud7ff\uffa0-\uffdc"
KANA = r"\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = re.compile(f"[{HANGUL}]")
_HAN = re.compile(f"[{HAN}{KANA}]")
# Zero-width marks and soft hyphens: a reader does not see them, so they must not change what a text means.
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """One form for texts a reader would call the same: NFKC, lower case, single spaces, nothing invisible."""
    text = unicodedata.normalize("NFKC", text)
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip().lower()


def writing(text: str) -> str:
    """``"hangul"`` or ``"han"`` (with Kana) when the text has such characters, else ``"latin"``."""
    if _HANGUL.search(text):
        return "hangul"
    return "han" if _HAN.search(text) else "latin"


#: The language an encoder must know for its vectors to say something about a text in this writing.
LANGUAGE_OF_WRITING = {"latin": "en", "han": "zh", "hangul": "ko"}
