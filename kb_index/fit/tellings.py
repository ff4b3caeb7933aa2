"""Tellings: which pieces of a question come back when the same is asked in other words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kb_index.words import pieces

Groups = Sequence[Sequence[str]]

#: A piece seen less often is taken as usual; one group may be an accident; no piece tells more than this many times.
SEEN_AT_LEAST, DOUBT, MOST = 5, 5.0, 3.0
#: What lies this near to usual is not written down.
NEAR = 0.1
_LEAST = 0.03


def fit_tellings(groups: Groups, lang: str) -> dict[str, float]:
    """Take groups of sentences that ask the same; give how much each piece tells, 1 being usual.

    The share of a group's other sentences that have the piece, beyond what chance gives, over the usual share.
    """
    count = sum(len(group) for group in groups)
    seen: Counter[str] = Counter()
    again: Counter[str] = Counter()
    chances: Counter[str] = Counter()
    for group in groups:
        inside = Counter(piece for text in group for piece in set(pieces(text, lang)))
        for piece, times in inside.items():
            seen[piece] += times
            again[piece] += times * (times - 1)
            chances[piece] += times * (len(group) - 1)
    if not sum(chances.values()):
        return {}
    by_chance = sum(times * times for times in seen.values()) / count / sum(seen.values())
    usual = (sum(again.values()) / sum(chances.values()) - by_chance) / (1 - by_chance)
    found: dict[str, float] = {}
    for piece, times in seen.items():
        if times < SEEN_AT_LEAST or not chances[piece]:
            continue
        share, common = again[piece] / chances[piece], times / count
        beyond = max((share - common) / max(1 - common, 1e-9), 0.0) / max(usual, 1e-9)
        factor = (min(beyond, MOST) * times + DOUBT) / (times + DOUBT)
        if abs(factor - 1) > NEAR:
            found[piece] = round(max(factor, _LEAST), 2)
    return dict(sorted(found.items()))


def write_tellings(found: dict[str, float], path: Path) -> None:
    """Take what was found and a file; write one piece a line with its factor."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{piece}\t{factor:.2f}\n" for piece, factor in found.items()), encoding="utf-8")
