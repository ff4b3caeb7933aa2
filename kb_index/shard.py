"""A shard: everything of one language that a question is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kb_index.articles import Article
from kb_index.encoder import Vectors
from kb_index.index import VectorIndex
from kb_index.language import is_cjk
from kb_index.lexical import CharIndex, Grams, WordIndex
from kb_index.passages import Passage, links, passages
from kb_index.telling import tellings
from kb_index.thesaurus import ideas
from kb_index.vectors import VectorStore
from kb_index.words import ngrams, pieces, tokens

Places = NDArray[np.int64]
Form = Literal["entries", "varied", ""]
# Of a list of questions nearly every article is one passage; half of a help centre's may be, too.
_ENTRIES, _VARIED = 0.75, 0.5


@lru_cache(maxsize=400_000)
def grams_of(text: str, lang: str) -> Grams:
    """Take a text; give its n-grams with its ideas. An idea counts twice: it is rarer than any spelling."""
    return Grams.of([*ngrams(text), *(ideas(text, lang) * 2)])


@lru_cache(maxsize=200_000)
def pieces_of(text: str, lang: str) -> Grams:
    """Take a question or a name; give its pieces, each as telling as it was found to be."""
    return Grams.of(pieces(text, lang), tellings(lang))


@lru_cache(maxsize=200_000)
def tokens_of(text: str, lang: str) -> tuple[str, ...]:
    """Take a text; give its tokens with its ideas."""
    return (*tokens(text, lang), *ideas(text, lang))


@dataclass(frozen=True)
class Layout:
    """The texts of a shard, each with the article or passage it belongs to.

    `form` says what the articles are: "entries", a list of questions with an answer each; "varied", a help centre whose
    authors wrote down how customers ask; "" a help centre of articles alone.
    """

    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    passage_article: Places
    sentences: tuple[str, ...]
    sentence_passage: Places
    names: tuple[str, ...]
    name_article: Places
    asked: NDArray[np.bool_]
    form: Form

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Layout:
        """Take one language's articles that customers may see; lay out what they say and how they are called."""
        place = {article.permalink: at for at, article in enumerate(articles)}
        pairs = [(at, passage) for at, article in enumerate(articles) for passage in passages(article)]
        lines = [(at, sentence_text(p, s)) for at, (_, p) in enumerate(pairs) for s in p.sentences]
        names = _names(articles, place)
        return cls(
            articles=tuple(articles),
            passages=tuple(passage for _, passage in pairs),
            passage_article=_places([at for at, _ in pairs]),
            sentences=tuple(text for _, text in lines),
            sentence_passage=_places([at for at, _ in lines]),
            names=tuple(name for _, name in names),
            name_article=_places([at for at, _ in names]),
            asked=np.array([names[each] for each in names], dtype=np.bool_),
            form=_form(articles),
        )


def passage_text(passage: Passage) -> str:
    """The text a passage is encoded as: where it stands, and what it says."""
    return f"{passage.path}: {passage.text}"


def sentence_text(passage: Passage, sentence: str) -> str:
    """The text a sentence is encoded as: alone it would not say what it is about."""
    place = f"{passage.title} > {passage.heading}" if passage.heading else passage.title
    return f"{place}: {sentence}"


class Groups:
    """Which places belong to which article. Places lie in the order of their articles."""

    def __init__(self, owner: Places, count: int) -> None:
        self._starts = np.searchsorted(owner, np.arange(count + 1))

    def gathered(self, articles: Places) -> tuple[Places, Places]:
        """Take articles; give their places in a row, and where each article's places begin in it."""
        begins, ends = self._starts[articles], self._starts[articles + 1]
        sizes = ends - begins
        starts = np.cumsum(sizes) - sizes
        return np.arange(sizes.sum()) + np.repeat(begins - starts, sizes), starts

    def begins(self, articles: Places) -> Places:
        """Take articles; give where the places of each begin among all."""
        return self._starts[articles]

    def products(self, rows: Vectors, row: Vectors, articles: Places) -> tuple[Vectors, Places]:
        """Take all rows, one row and articles; give the products of the articles' rows, and where each article's begin.

        Rows of an article lie together, so none is copied.
        """
        begins, ends = self._starts[articles], self._starts[articles + 1]
        sizes = ends - begins
        parts = [rows[begin:end] @ row for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        return np.concatenate(parts), np.cumsum(sizes) - sizes


class Shard:
    """The searchable form of one language. Dense parts are missing when the encoder does not know it."""

    def __init__(self, lang: str, layout: Layout, store: VectorStore | None) -> None:
        self.lang = lang
        self.layout = layout
        self.dense = store is not None
        count = len(layout.articles)
        self._places = {article.permalink: at for at, article in enumerate(layout.articles)}
        self.passages_of = Groups(layout.passage_article, count)
        self.sentences_of = Groups(layout.passage_article[layout.sentence_passage], count)
        self.names_of = Groups(layout.name_article, count)
        self._sentences = np.bincount(layout.sentence_passage, minlength=len(layout.passages))
        bodies = [_whole(article, lang) for article in layout.articles]
        self.words = WordIndex([tokens_of(text, lang) for text in bodies])
        self.name_words = WordIndex([tokens_of(name, lang) for name in layout.names])
        self.name_pieces = CharIndex([pieces_of(name, lang) for name in layout.names])
        self.name_chars = CharIndex([grams_of(name, lang) for name in layout.names])
        self.passage_chars = CharIndex([grams_of(f"{p.path} {p.text}", lang) for p in layout.passages])
        if store is not None:
            texts = [passage_text(passage) for passage in layout.passages]
            self.sentence_rows = store.rows(layout.sentences)
            self.passage_rows = store.rows(texts)
            self.name_rows = store.rows(layout.names)
            self.passage_words = [store.words(text) for text in texts]
            self.name_readings = [store.words(name) for name in layout.names]
            self.passage_index = VectorIndex(self.passage_rows)
            self.name_index = VectorIndex(self.name_rows)

    def article(self, permalink: str) -> Article:
        """Take the permalink of an article of this shard; give the article."""
        return self.layout.articles[self._places[permalink]]

    def starts_in_passages(self, articles: Places) -> Places:
        """Take articles; give where each of their passages begins among the sentences of these articles in a row."""
        places, _ = self.passages_of.gathered(articles)
        sizes = self._sentences[places]
        return np.cumsum(sizes) - sizes

    def nearness(self, passage: Passage, row: Vectors | None, text: str) -> list[float]:
        """Take a passage of this shard and a question; give how near each of its sentences is."""
        if row is not None and self.dense:
            at = next(at for at, each in enumerate(self.layout.passages) if each.id == passage.id)
            begin, end = np.searchsorted(self.layout.sentence_passage, [at, at + 1])
            return [float(score) for score in self.sentence_rows[begin:end] @ row]
        index = CharIndex([grams_of(sentence, self.lang) for sentence in passage.sentences])
        return [float(score) for score in index.scores(grams_of(text, self.lang))]


def encodable(layout: Layout) -> tuple[list[str], list[str]]:
    """Take a layout; give the texts that want a row, and those that want word rows too."""
    return [*layout.sentences], [*layout.names, *(passage_text(passage) for passage in layout.passages)]


def best_by(owner: Places, scores: Vectors, count: int) -> Vectors:
    """Take the owner of each score, in order; give every owner's best score, 0 for those that have none."""
    best = np.zeros(count, dtype=np.float32)
    if len(owner):
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        best[owner[starts]] = np.maximum.reduceat(scores, starts)
    return best


def _names(articles: Sequence[Article], place: Mapping[str, int]) -> dict[tuple[int, str], bool]:
    """How articles are called, True when customers ask so: titles, question variants, old names, link texts."""
    names: dict[tuple[int, str], bool] = {}
    for at, article in enumerate(articles):
        for asked in (article.title, *article.questions):
            names[(at, asked)] = True
    for at, article in enumerate(articles):
        for alias in article.aliases:
            if is_cjk(alias) == is_cjk(article.title):
                names.setdefault((at, alias), False)
        for target, words in links(article):
            to = place.get(target)
            if to is not None and to != at and words.strip():
                names.setdefault((to, words), False)
    return dict(sorted(names.items(), key=lambda name: name[0][0]))


def _whole(article: Article, lang: str) -> str:
    aliases = [alias for alias in article.aliases if is_cjk(alias) == is_cjk(article.title)]
    text = "\n".join(passage.heading + "\n" + passage.text for passage in passages(article))
    return "\n".join([article.title, *article.questions, *aliases, text])


def _form(articles: Sequence[Article]) -> Form:
    alone = sum(len(passages(article)) == 1 for article in articles)
    if alone >= _ENTRIES * len(articles):
        return "entries"
    varied = sum(bool(article.questions) for article in articles)
    return "varied" if varied >= _VARIED * len(articles) else ""


def _places(values: Sequence[int]) -> Places:
    return np.array(values, dtype=np.int64)
