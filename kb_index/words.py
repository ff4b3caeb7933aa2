"""Words: how a text is cut for exact matching, so that no script and no product code is lost."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

from kb_index.language import HAN, HANGUL, KANA

_UNSPACED = rf"[{HAN}{KANA}{HANGUL}]"
_PIECE = re.compile(rf"(?P<run>{_UNSPACED}+)|(?P<word>(?:(?!{_UNSPACED})[^\W_])+)")
# LK-220, lk220, LK 220, AB-12-CD, 3080 Ti: letters and digits by turns, perhaps one separator between two of them.
_CHUNK = r"(?:[a-z]{1,5}(?![a-z])|\d{1,8}(?!\d))"
_CODE = re.compile(rf"(?<![a-z0-9]){_CHUNK}(?:[\s\-_./]?{_CHUNK})+(?![a-z0-9])")
_CHUNKS = re.compile(r"[a-z]+|\d+")
_LONGEST = 40
_HANGUL = re.compile(f"[{HANGUL}]")
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
    return [*words(text, lang), *joined(text)]


def joined(text: str) -> list[str]:
    """Take a text; give what may be one word or code in another spelling: "LK 220" -> "lk220", "e-mail" -> "email"."""
    return [*codes(text), *("".join(pair) for pair in _HYPHENED.findall(normalised(text)))]


def words(text: str, lang: str) -> list[str]:
    """Take a text and its language; give its tokens as they were typed, without what `joined` adds."""
    flat = normalised(text)
    found: list[str] = []
    for piece in _PIECE.finditer(flat):
        run = piece["run"]
        if run:
            found += run
            found += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            found.append(stem(piece["word"], lang))
    return found


def codes(text: str) -> list[str]:
    """Take a text; give what may be product and error codes in it, in one spelling: "LK 220" -> "lk220".

    A longer code comes whole and in parts ("AB-12-CD" -> "ab12", "12cd", "ab12cd"), for customers shorten it. Over a
    space only two parts are joined: more would be a sentence.
    """
    found: dict[str, None] = {}
    for code in _CODE.findall(normalised(text)):
        before = ""
        for typed in code.split():
            chunks = _CHUNKS.findall(typed)
            parts = [[before, chunks[0]], *_runs(chunks)]
            before = chunks[-1]
            for part in parts:
                if any(chunk.isdigit() for chunk in part) and any(chunk.isalpha() for chunk in part) and all(part):
                    found["".join(part)] = None
    return list(found)


def _runs(chunks: list[str]) -> list[list[str]]:
    sizes = sorted({2, 3, len(chunks)})
    return [chunks[at : at + size] for size in sizes for at in range(len(chunks) - size + 1)]


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


def pieces(text: str, lang: str) -> list[str]:
    """Take a text and its language; give the pieces by which two questions are compared.

    Stems and their letters; of Asian text characters and pairs. How a run of Hangul begins counts once more: a Korean
    word begins with what it means and ends with how it is said.
    """
    found: list[str] = []
    for piece in _PIECE.finditer(normalised(text)):
        run = piece["run"]
        if run:
            found += run
            found += [run[at : at + 2] for at in range(len(run) - 1)]
            if _HANGUL.match(run):
                found += [f"^{run[:1]}", f"^{run[:2]}"]
        else:
            word = f" {piece['word']} "
            found.append(stem(piece["word"], lang))
            found += [word[at : at + 4] for at in range(len(word) - 3)]
    return found
