"""The thesaurus: a customer says "my money back", the article says "refund"; both are one idea."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from kb_index.language import is_cjk
from kb_index.words import normalised

_FOLDER = Path(__file__).parent / "concepts"


@lru_cache(maxsize=16)
def _phrases(lang: str) -> dict[str, list[tuple[str, str]]]:
    """Phrases by their first two characters, each with the idea it stands for."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    path = _FOLDER / f"{lang}.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        if line.startswith("#") or ":" not in line:
            continue
        idea, _, rest = line.partition(":")
        ways = rest.split(",")
        for way in ways:
            phrase = normalised(way.strip())
            if len(phrase) >= 2:
                found[phrase[:2]].append((phrase, f"\u00a7{idea.strip()}"))
    return found


def ideas(text: str, lang: str) -> list[str]:
    """Take a text and its language; give the ideas in it, each as a mark that no word can be mistaken for."""
    phrases = _phrases(lang)
    if not phrases:
        return []
    flat = " ".join(normalised(text).replace("\u2019", "'").split())
    found: dict[str, None] = {}
    for at in range(len(flat) - 1):
        for phrase, idea in phrases.get(flat[at : at + 2], ()):
            if idea not in found and flat.startswith(phrase, at) and _whole(flat, at, phrase):
                found[idea] = None
    return list(found)


def _whole(flat: str, at: int, phrase: str) -> bool:
    """Latin phrases match whole words, with an ending at most; Asian ones match anywhere."""
    if is_cjk(phrase):
        return True
    before = flat[at - 1] if at else " "
    return (
        not re.match(r"[a-z0-9]", before)
        and re.match(r"(?:s|d|ed|ing|es)?(?![a-z0-9])", flat[at + len(phrase) :]) is not None
    )
