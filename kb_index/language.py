"""Which language a customer writes in, also when it is only three words."""

from __future__ import annotations

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

HANGUL = r"\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
KANA = r"\u3040-\u30ff\u31f0-\u31ff"
HAN = r"\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_CJK = re.compile(f"[{HANGUL}{KANA}{HAN}]")
_HANGUL = re.compile(f"[{HANGUL}]")
_KANA = re.compile(f"[{KANA}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")
_NOT_WORDS = re.compile(r"https?://\S+|(?<!\S)\S+@\S+")

# Below this many Latin letters a statistical guess is worth less than what the page or the chat says.
_ENOUGH_LETTERS = 20
_ENOUGH_WORDS = 3
_CJK_LANGUAGES = ("zh", "ko", "ja")
_WORD = re.compile(r"(?<!\S)[A-Za-z']{2,}(?!\S)")
_SURE = 0.9
_UNLIKELY = 0.02


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def is_cjk(text: str) -> bool:
    """True when the text holds any Han, Kana or Hangul character."""
    return _CJK.search(text) is not None


def detect(text: str, hint: str | None = None) -> str:
    """Take a text and perhaps what is known already (the page's language); give a language code.

    A script that belongs to one language decides. For Latin text the hint wins when the text is short or
    the guess unsure. Without any evidence the answer is the hint, or "en".
    """
    known = (hint or "").split("-")[0].split("_")[0].lower() or None
    sample = _NOT_WORDS.sub(" ", text[:4000])
    cjk, latin = len(_CJK.findall(sample)), len(_LATIN.findall(sample))
    # One Han or Hangul character carries about as much as three letters.
    if cjk and cjk * 3 >= latin:
        return _by_script(sample, known)
    letters = len(_LETTER.findall(sample))
    if letters == 0:
        return known or "en"
    if letters < _ENOUGH_LETTERS and latin:
        # "where is my order" on a Korean page is English; a name or a product code there says nothing.
        spoken = known in _CJK_LANGUAGES and len(_WORD.findall(sample)) >= _ENOUGH_WORDS
        return "en" if spoken else known or "en"
    ranked = _identifier().rank(sample)
    likely = known or "en"
    fallback = next((chance for code, chance in ranked if code == likely), 0.0)
    code, chance = ranked[0]
    # A misspelt line is still the chat's language unless the guess leaves it almost no chance.
    return str(code) if chance >= _SURE or fallback < _UNLIKELY else likely


def _by_script(sample: str, known: str | None) -> str:
    hangul, kana = len(_HANGUL.findall(sample)), len(_KANA.findall(sample))
    han = len(_CJK.findall(sample)) - hangul - kana
    if hangul and hangul >= kana and hangul * 2 >= han:
        return "ko"
    if kana:
        return "ja"
    if known in ("ja", "yue"):
        return known
    return "zh"
