"""Overlaps: sections that stand in two articles, and sentences of two articles that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kb_index.articles import Article
from kb_index.claims import claims, differing, says_no
from kb_index.likeness import SAME, figures, said, shared
from kb_index.pairs import alike
from kb_index.passages import passages
from kb_index.told import Told

#: From this likeness on two sentences speak of the same thing when their figures differ, and when one of them says no.
_FIGURES, _NO = 0.6, 0.8
#: Together with title and headings, which say what a sentence is about, they must be alike, too.
_ABOUT = 0.4
#: Articles are called the same from this likeness on. In these, and in sections that are alike, so much is enough.
_CALLED, _AKIN = 0.8, 0.4
#: A name with fewer words is in many articles ("Warranty"), and a section with fewer is no more than a sentence.
_NAME, _SECTION = 4, 8


@dataclass(frozen=True)
class Repeated:
    """Two sections that say the same, and how much of their words both have."""

    one: Told
    other: Told
    likeness: float


@dataclass(frozen=True)
class Contradiction:
    """Two sentences that speak of the same and differ in kinds of figures (`about`) or, when empty, in a "no"."""

    one: Told
    other: Told
    likeness: float
    about: tuple[str, ...]


def repeated(articles: Iterable[Article]) -> list[Repeated]:
    """Take articles; give sections that stand in two of them, most alike first. Other figures are another matter."""
    found = [
        Repeated(one, other, share)
        for own in _by_language(articles)
        for one, other, share in _alike_sections(own)
        if figures(one.text) == figures(other.text)
    ]
    return sorted(found, key=lambda each: -each.likeness)


def contradictions(articles: Iterable[Article]) -> list[Contradiction]:
    """Take articles; give sentences of two of them that seem to contradict each other, most alike first."""
    found: dict[frozenset[str], Contradiction] = {}
    for own in _by_language(articles):
        for seems in _seeming(own):
            found.setdefault(frozenset((seems.one.text, seems.other.text)), seems)
    return sorted(found.values(), key=lambda each: -each.likeness)


def _seeming(articles: Sequence[Article]) -> Iterator[Contradiction]:
    sentences = [each for section in _sections(articles) for each in section.sentences() if each.is_full]
    for at, other, share in alike([each.words for each in sentences], _FIGURES):
        pair = sentences[at], sentences[other]
        if _apart(*pair) and shared(pair[0].about, pair[1].about) >= _ABOUT:
            yield from _contradiction(*pair, share)
    # Where the surroundings are alike, sentences are about the same in fewer words.
    sections = [(one, other) for one, other, _ in _alike_sections(articles)]
    for first, second in [*sections, *_namesakes(articles)]:
        for pair in product(first.sentences(), second.sentences()):
            if (share := shared(pair[0].words, pair[1].words)) >= _AKIN:
                yield from _contradiction(*pair, share)


def _contradiction(one: Told, other: Told, share: float) -> Iterator[Contradiction]:
    if kinds := differing(one.text, other.text):
        yield Contradiction(one, other, share, kinds)
    elif share >= _NO and _denied(one, other) and claims(one.text) == claims(other.text):
        yield Contradiction(one, other, share, ())


def _denied(one: Told, other: Told) -> bool:
    """Whether one says no to the other. Below "What is not covered" a sentence says no by standing there."""
    if says_no(one.passage.path) or says_no(other.passage.path):
        return False
    return says_no(one.text) != says_no(other.text)


def _alike_sections(articles: Sequence[Article]) -> Iterator[tuple[Told, Told, float]]:
    long = [each for each in _sections(articles) if len(each.words) >= _SECTION]
    for one, other, share in alike([each.words for each in long], SAME):
        if _apart(long[one], long[other]):
            yield long[one], long[other], share


def _namesakes(articles: Sequence[Article]) -> Iterator[tuple[Told, Told]]:
    """The sections of two articles that are called the same, by title or by a question; models differ in figures."""
    names = [(article, name) for article in articles for name in (article.title, *article.questions)]
    long = [(article, name) for article, name in names if len(said(name, article.lang)) >= _NAME]
    for one, other, _ in alike([said(name, article.lang) for article, name in long], _CALLED):
        (first, name), (second, alias) = long[one], long[other]
        if first.permalink != second.permalink and figures(name) == figures(alias):
            yield from product(_sections([first]), _sections([second]))


def _sections(articles: Iterable[Article]) -> list[Told]:
    return [Told(article, passage, passage.text) for article in articles for passage in passages(article)]


def _by_language(articles: Iterable[Article]) -> list[list[Article]]:
    found: dict[str, list[Article]] = {}
    for article in articles:
        if not article.internal:
            found.setdefault(article.lang, []).append(article)
    return [found[lang] for lang in sorted(found)]


def _apart(one: Told, other: Told) -> bool:
    return one.article.permalink != other.article.permalink
