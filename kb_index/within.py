"""Within: which section of one article is nearest to a message that does not name the article any more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from kb_index.passages import Passage
from kb_index.search import Asked
from kb_index.shard import Shard, tokens_of


@dataclass(frozen=True)
class Near:
    """A section, and how near it is: about 0 when they have nothing in common, 1 and more when it is plainly meant."""

    passage: Passage
    score: float


def sections_near(shard: Shard, permalink: str, asked: Asked) -> list[Near]:
    """Take an article's permalink and a message; give the article's sections, the nearest first.

    None of the signals is compared with other articles: what the sections have in common tells nothing here.
    """
    places = sections_of(shard, permalink)
    if not places:
        return []
    at = np.array(places)
    total = 2 * shard.passage_chars.scores(asked.grams)[at] + _shared(shard, places, asked)
    if asked.row is not None and shard.dense:
        best = [max(shard.sentence_rows[slice(*_lines(shard, place))] @ asked.row, default=0.0) for place in places]
        total = total / 2 + np.array(best) + (shard.passage_rows[at] @ asked.row) / 2
    order = np.argsort(-total, kind="stable")
    return [Near(shard.layout.passages[places[one]], float(total[one])) for one in order]


def sections_of(shard: Shard, permalink: str) -> list[int]:
    """Take an article's permalink; give the places of its sections, in the article's order."""
    return [at for at, passage in enumerate(shard.layout.passages) if passage.permalink == permalink]


def told_and_new(near: list[Near], told: Collection[str]) -> tuple[Near | None, Near | None]:
    """Take sections and the ids of those the customer was told; give the nearest told one and the nearest new one."""
    seen = next((one for one in near if one.passage.id in told), None)
    new = next((one for one in near if one.passage.id not in told), None)
    return seen, new


def _shared(shard: Shard, places: list[int], asked: Asked) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """For each section, the share of what the message says that stands in it, rare words counting more."""
    words = set(asked.tokens)
    most = sum(shard.words.rarity(word) for word in words) or 1.0
    passages = [shard.layout.passages[place] for place in places]
    found = [words & set(tokens_of(f"{passage.heading} {passage.text}", shard.lang)) for passage in passages]
    return np.array([sum(shard.words.rarity(word) for word in one) / most for one in found])


def _lines(shard: Shard, place: int) -> tuple[int, int]:
    begin, end = np.searchsorted(shard.layout.sentence_passage, [place, place + 1])
    return int(begin), int(end)
