"""Answers: sure, the bot tells it; half sure, it names articles; else it says that it does not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kb_index.articles import Article
from kb_index.compose import compose
from kb_index.confidence import LOOKED_AT, Parameters, features, kind_of, parameters
from kb_index.encoder import Encoder
from kb_index.passages import Passage
from kb_index.search import Asked, Hit, search
from kb_index.shard import Shard

Kind = Literal["answer", "suggest", "none"]
MOST_SUGGESTIONS = 3


@dataclass(frozen=True)
class Answer:
    """A passage in the article's own words, short enough for a chat, and where it stands."""

    text: str
    title: str
    heading: str
    permalink: str
    anchor: str
    lang: str
    passage_id: str


@dataclass(frozen=True)
class Suggestion:
    """An article that may help, by name."""

    title: str
    permalink: str
    lang: str
    score: float


@dataclass(frozen=True)
class Outcome:
    """What the knowledge base has to say to a question, how sure it is, and why."""

    kind: Kind
    lang: str
    confidence: float
    answer: Answer | None = None
    suggestions: tuple[Suggestion, ...] = ()
    hits: tuple[Hit, ...] = ()
    other_language: Suggestion | None = None
    trace: dict[str, object] = field(default_factory=dict)


def decide(shard: Shard, text: str, encoder: Encoder, exclude: frozenset[str] = frozenset()) -> Outcome:
    """Take a cleaned question and its language's shard; give the outcome.

    `exclude` holds permalinks and passage ids that were tried and did not help.
    """
    asked = Asked.of(text, shard.lang, encoder)
    learnt = parameters(kind_of(asked))
    hits = _allowed(search(shard, asked, learnt.ranking, LOOKED_AT + len(exclude)), exclude)
    if not hits:
        return Outcome("none", shard.lang, 0.0, trace={"reason": "nothing in this language"})
    seen = features(hits, asked, learnt.tenth)
    sure = learnt.right.probability(seen)
    limits = learnt.limits(shard.lang)
    kind = _kind(hits[0], sure, learnt, shard.lang)
    trace: dict[str, object] = {
        "evidence": kind_of(asked),
        "thresholds": {"answer": limits.answer, "suggest": limits.suggest},
        "features": {name: round(value, 4) for name, value in seen.items()},
    }
    return Outcome(
        kind=kind,
        lang=shard.lang,
        confidence=sure,
        answer=_answer(shard, hits[0].passage, asked) if kind == "answer" else None,
        suggestions=_suggestions(hits, sum(learnt.ranking.values())) if kind == "suggest" else (),
        hits=tuple(hits),
        trace=trace,
    )


def suggestion(passage: Passage, score: float) -> Suggestion:
    """Take a passage and a score; give its article as a suggestion."""
    return Suggestion(passage.title, passage.permalink, passage.lang, round(score, 4))


def opening(article: Article, found: Sequence[Passage]) -> Answer:
    """Take an article a customer chose and its passages; give its beginning as an answer."""
    text = compose(found[0], [1.0] * len(found[0].sentences))
    return _told(found[0], text)


def told_from(shard: Shard, permalink: str, text: str, encoder: Encoder) -> Answer | None:
    """Take an article and a cleaned question; give its nearest passage as an answer, None when it was not found."""
    asked = Asked.of(text, shard.lang, encoder)
    learnt = parameters(kind_of(asked))
    hits = search(shard, asked, learnt.ranking, len(shard.layout.articles))
    nearest = next((hit.passage for hit in hits if hit.passage.permalink == permalink), None)
    return None if nearest is None else _answer(shard, nearest, asked)


def _allowed(hits: Sequence[Hit], exclude: frozenset[str]) -> list[Hit]:
    kept = [hit for hit in hits if hit.passage.permalink not in exclude and hit.passage.id not in exclude]
    return kept[:LOOKED_AT]


def _kind(first: Hit, sure: float, learnt: Parameters, lang: str) -> Kind:
    limits = learnt.limits(lang)
    if sure >= limits.answer:
        # An article without text can be named, but it says nothing.
        return "suggest" if first.passage.text == first.passage.title else "answer"
    return "suggest" if sure >= limits.suggest else "none"


def _suggestions(hits: Sequence[Hit], most: float) -> tuple[Suggestion, ...]:
    return tuple(suggestion(hit.passage, hit.score / most) for hit in hits[:MOST_SUGGESTIONS])


def _answer(shard: Shard, passage: Passage, asked: Asked) -> Answer:
    return _told(passage, compose(passage, shard.nearness(passage, asked.row, asked.text)))


def _told(passage: Passage, text: str) -> Answer:
    return Answer(
        text=text,
        title=passage.title,
        heading=passage.heading,
        permalink=passage.permalink,
        anchor=passage.anchor,
        lang=passage.lang,
        passage_id=passage.id,
    )
