"""Choices: what a customer who named only a subject, or none at all, may have meant, taken from the articles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from kb_index.confidence import Thresholds
from kb_index.leaning import size
from kb_index.passages import Passage
from kb_index.search import Hit
from kb_index.shard import Shard, tokens_of
from kb_index.vague_words import matter_words, names_subject
from kb_index.within import sections_of

#: More than are offered at a time: who finds none of the first ones there is offered others.
MOST_FOUND = 8
#: A longer message says something, however little of it was understood.
_MOST_WORDS = 7
#: Articles compete from this share of the best one's score on.
_COMPETES = 0.7

Vagueness = Literal["no matter named", "only a subject"]


@dataclass(frozen=True)
class Choice:
    """Something to choose: a whole article, or one section of it (`passage_id`)."""

    text: str
    permalink: str
    passage_id: str = ""

    @property
    def value(self) -> str:
        """What choosing it stands for: the passage, or the article."""
        return self.passage_id or self.permalink


def vagueness(shard: Shard, text: str, hits: Sequence[Hit], sure: float, limits: Thresholds) -> Vagueness | None:
    """Take a message, what it found and how sure that is; say why it is vague, None when it is not."""
    if not hits or hits[0].score <= 0 or size(text) > _MOST_WORDS:
        return None
    words = matter_words(text)
    if not words:
        # "It doesn't work" is like many articles and means any of them, however sure the search is.
        return "no matter named"
    if sure < limits.suggest or not names_subject(text) or not known(shard, words):
        return None
    # One word is like a title sooner than it is meant by it: sure is sure here only where one article is called so.
    called = [hit for hit in hits if hit.score >= _COMPETES * hits[0].score and _is_called(shard, hit, words)]
    return "only a subject" if sure < limits.answer or len(called) > 1 else None


def _is_called(shard: Shard, hit: Hit, words: Sequence[str]) -> bool:
    """Whether an article's title and the questions it answers have all of the words, or their ideas."""
    at = next(at for at, one in enumerate(shard.layout.articles) if one.permalink == hit.passage.permalink)
    names = [name for name, owner in zip(shard.layout.names, shard.layout.name_article, strict=True) if owner == at]
    said = set(tokens_of("\n".join(names), shard.lang))
    return all(any(len(token) > 1 and token in said for token in tokens_of(word, shard.lang)) for word in words)


def known(shard: Shard, words: Sequence[str]) -> bool:
    """Take words; say whether the articles have them: who only says "surfing" is not asked which article they mean."""
    # A single character of Chinese or Korean is in every help centre.
    tokens = {token for token in tokens_of(" ".join(words), shard.lang) if len(token) > 1}
    most = sum(shard.words.rarity(token) for token in tokens)
    return sum(shard.words.rarity(token) for token in tokens if shard.words.knows(token)) >= most / 2


def competing(shard: Shard, hits: Sequence[Hit], vague: Vagueness, without: Collection[str] = ()) -> tuple[Choice, ...]:
    """Take what was found; give the articles that compete, or, of one that is far ahead, its sections.

    `without` holds ids of passages that were told already. Fewer than two are no choice: none.
    """
    if not hits:
        return ()
    # Where no matter was named, the best one is hardly better than the next.
    least = 0.0 if vague == "no matter named" else _COMPETES * hits[0].score
    near = [hit.passage for hit in hits if hit.score > 0 and hit.score >= least]
    if len(near) == 1:
        return sections(shard, near[0].permalink, without)
    return tuple(Choice(passage.title, passage.permalink) for passage in near[:MOST_FOUND])


def sections(shard: Shard, permalink: str, without: Collection[str] = ()) -> tuple[Choice, ...]:
    """Take an article's permalink; give its sections by their headings, none when there are fewer than two."""
    passages = [shard.layout.passages[at] for at in sections_of(shard, permalink)]
    return by_heading([passage for passage in passages if passage.id not in without])


def by_heading(passages: Sequence[Passage]) -> tuple[Choice, ...]:
    """Take sections; give those with a heading as choices, none when there are fewer than two."""
    headed = [passage for passage in passages if passage.heading]
    found = tuple(Choice(one.heading, one.permalink, one.id) for one in headed[:MOST_FOUND])
    return found if len(found) > 1 else ()
