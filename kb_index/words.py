"""Words: how a text is cut for exact matching, so that no script and no product code is lost."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from kb_index.language import HAN, HANGUL, KANA

_UNSPACED = rf"[{HAN}{KANA}{HANGUL}]"
_PIECE = re.compile(rf"(?P<run>{_UNSPACED}+)|(?P<word>(?:(?!{_UNSPACED})[^\W_])+)")
# LK-220, lk220, LK 220, LG33: letters, perhaps one separator, digits, perhaps letters.
_CODE = re.compile(r"(?<![a-z0-9])([a-z]{1,5})[\s\-_./]?(\d{1,6})([a-z]{0,2})(?![a-z0-9])")
_LONGEST = 40
_HYPHENED = re.compile(r"(?<![a-z0-9])([a-z]+)[-'’/]([a-z]+)(?![a-z0-9])")
_STEMMED = {
    "da": "danish", "de": "german", "es": "spanish", "fi": "finnish", "fr": "french", "it": "italian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


def normalised(text: str) -> str:
    """Take a text; give it in one form: full-width as half-width, capitals as small letters."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def tokens(text: str, lang: str) -> list[str]:
    """Take a text and its language; give the tokens that are matched exactly.

    Words are stemmed. Chinese, Japanese and Korean become single characters and pairs. Codes come once more
    without spaces and dashes, so that every spelling of a code has one token in common.
    """
    flat = normalised(text)
    found: list[str] = []
    for piece in _PIECE.finditer(flat):
        run = piece["run"]
        if run:
            found += run
            found += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            found.append(stem(piece["word"], lang))
    found += codes(flat)
    found += ["".join(pair) for pair in _HYPHENED.findall(flat)]
    return found


def codes(text: str) -> list[str]:
    """Take a text; give the product and error codes in it, in one spelling: "LK 220" -> "lk220"."""
    return ["".join(parts) for parts in _CODE.findall(normalised(text))]


def stem(word: str, lang: str) -> str:
    """Take a word and the language around it; give its stem. Latin words in Asian text are mostly English."""
    # No language has longer words in use; kept, a customer's made-up ones would fill the memory.
    return _stemmed(word, lang) if word.isalpha() and len(word) <= _LONGEST else word


@lru_cache(maxsize=50_000)
def _stemmed(word: str, lang: str) -> str:
    stemmed: str = _stemmer(_STEMMED.get(lang, "english")).stemWord(word)
    return stemmed


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language)


def ngrams(text: str) -> list[str]:
    """Take a text; give its character n-grams: three and four letters of a word, one to three of a CJK run.

    They forgive typos and need no dictionary.
    """
    found: list[str] = []
    for piece in _PIECE.finditer(normalised(text)):
        run = piece["run"]
        if run:
            for size in (1, 2, 3):
                found += [run[at : at + size] for at in range(len(run) - size + 1)]
        else:
            word = f" {piece['word']} "
            for size in (3, 4):
                found += [word[at : at + size] for at in range(len(word) - size + 1)]
    return found
