"""Pairs: which of many sets of words are much alike, found without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import ceil


def alike(sets: Sequence[frozenset[str]], least: float) -> Iterator[tuple[int, int, float]]:
    """Take sets of words and a likeness; give the places of every two that share so much, and how much they share.

    Likeness is the share of their words that both have. Two sets that are alike have one of their rarest words in
    common, so only those are looked up.
    """
    seen = Counter(word for words in sets for word in words)
    holders: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(sets):
        rare = sorted(words, key=lambda word: (seen[word], word))[: len(words) - ceil(least * len(words)) + 1]
        for other in sorted({other for word in rare for other in holders[word]}):
            both = len(words & sets[other])
            share = both / (len(words) + len(sets[other]) - both)
            if share >= least:
                yield other, at, share
        for word in rare:
            holders[word].append(at)
