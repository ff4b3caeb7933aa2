"""Telling: a customer who says it again in other words keeps the words that matter and changes the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "tellings"
_tried: dict[str, Mapping[str, float]] = {}


@lru_cache(maxsize=16)
def written(lang: str, folder: Path = FOLDER) -> Mapping[str, float]:
    """Take a language; give how much each known piece of a question tells, 1 being usual. Unknown ones are usual.

    The files are fitted (`python -m kb_index.fit`): how often a piece comes back when the same is asked otherwise,
    beyond chance. "please tell me" comes back seldom, the thing asked about nearly always. Korean is from the groups
    of paraphrases in ParaKQC (warnikchow/paraKQC, CC BY-SA 4.0).
    """
    path = folder / f"{lang}.txt"
    if not path.is_file():
        return {}
    rows = (line.rpartition("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {piece: float(factor) for piece, _, factor in rows}


def tellings(lang: str) -> Mapping[str, float]:
    """Take a language; give its tellings, or those that are tried just now."""
    return _tried[lang] if lang in _tried else written(lang)


@contextmanager
def trying(lang: str, found: Mapping[str, float]) -> Iterator[None]:
    """Take a language and tellings; use them instead of the written ones meanwhile. Fitting does, nobody else."""
    _tried[lang] = found
    try:
        yield
    finally:
        del _tried[lang]
