"""Likeness: how much of what two texts say is said by both, and which figures each gives."""

from __future__ import annotations

import re
from functools import lru_cache

from kb_index.articles import Article
from kb_index.passages import Passage, passages
from kb_index.words import normalised, words

#: From this share of words in common on, two texts say the same: on real help centres, what is above is the same text
#: written down twice, and what lies below is another step or another case of the same matter.
SAME = 0.6
#: Of two articles as a whole more must be the same, and there must be something to compare.
_TWINS, _ENOUGH = 0.85, 12
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")


@lru_cache(maxsize=4_000)
def said(text: str, lang: str) -> frozenset[str]:
    """Take a text; give its words without figures; of Chinese and Korean the pairs of characters."""
    found = frozenset(word for word in words(text, lang) if not _FIGURE.fullmatch(word))
    return frozenset(word for word in found if len(word) > 1 or word.isascii()) or found


@lru_cache(maxsize=20_000)
def figures(text: str) -> frozenset[str]:
    """Take a text; give its figures as they are written: days, amounts, numbers of models."""
    return frozenset(_FIGURE.findall(normalised(text)))


def likeness(one: str, other: str, lang: str) -> float:
    """Take two texts; give the share of their words that both have: 1 is the same words."""
    return shared(said(one, lang), said(other, lang))


def shared(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Take two sets of words; give the share of all of them that both have."""
    both = len(ours & theirs)
    return both / max(len(ours) + len(theirs) - both, 1)


def says_the_same(one: Passage, other: Passage) -> bool:
    """Whether two passages tell a reader the same: nearly the same words, and the same figures.

    Two models of a device have the same words and are not the same.
    """
    if figures(one.text) != figures(other.text) or figures(one.title) != figures(other.title):
        return False
    return likeness(one.text, other.text, one.lang) >= SAME


def are_twins(one: Article, other: Article) -> bool:
    """Whether two articles say the same from end to end: a customer needs the name of one of them."""
    if figures(one.title) != figures(other.title):
        return False
    ours, theirs = _whole(one), _whole(other)
    enough = len(said(ours, one.lang) | said(theirs, one.lang)) >= _ENOUGH
    return enough and figures(ours) == figures(theirs) and likeness(ours, theirs, one.lang) >= _TWINS


@lru_cache(maxsize=4_000)
def _whole(article: Article) -> str:
    return "\n".join([article.title, *(f"{passage.heading}\n{passage.text}" for passage in passages(article))])
