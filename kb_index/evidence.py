"""Evidence: every kind of sign that an article answers a question, one number each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kb_index.asked import Asked
from kb_index.encoder import Vectors
from kb_index.shard import Places, Shard, best_by
from kb_index.vectors import Words

DENSE = ("sentence", "sentences", "passage", "name", "asked", "late", "weakest",
         "title_late", "title_back", "title_weakest")  # fmt: skip
LEXICAL = ("words", "name_words", "chars", "name_chars", "name_pieces")
SIGNALS = (*DENSE, *LEXICAL)
# `name_pieces` compares the question with another question. It speaks in a list of questions and is silent (0) in a
# help centre of articles, whose titles are topics.

# Up to this many articles all are looked at closely; of more, the best of each kind of evidence.
_ALL, _BEST = 150, 25
# Word by word is dear: so many articles near the top are read so, and of each the passages that are nearest.
_LATE, _READ = 15, 3


@dataclass(frozen=True)
class Told:
    """One article's passages, one number each: the nearest sentence, the whole, and word by word."""

    sentence: Vectors
    passage: Vectors
    late: Vectors


@dataclass(frozen=True)
class Evidence:
    """For some articles of a shard: one column a signal, in the order of SIGNALS."""

    articles: Places
    table: Vectors
    passage_chars: Vectors
    # What the passages say, for articles whose meaning was compared.
    told: Mapping[int, Told] = field(default_factory=dict)


def gather(shard: Shard, asked: Asked) -> Evidence:
    """Take a question; give the evidence for every article that has a chance."""
    layout = shard.layout
    count = len(layout.articles)
    if not count:
        none = np.zeros((0, len(SIGNALS)), dtype=np.float32)
        return Evidence(np.zeros(0, dtype=np.int64), none, none[:, 0])
    chars = shard.passage_chars.scores(asked.grams)
    lexical = {
        "words": shard.words.scores(asked.tokens, asked.joined),
        "name_words": best_by(layout.name_article, shard.name_words.scores(asked.tokens, asked.joined), count),
        "chars": best_by(layout.passage_article, chars, count),
        "name_chars": best_by(layout.name_article, shard.name_chars.scores(asked.grams), count),
    }
    if layout.form == "entries":
        lexical["name_pieces"] = best_by(layout.name_article, shard.name_pieces.scores(asked.pieces), count)
    chosen = _candidates(shard, asked, lexical)
    table = np.zeros((len(chosen), len(SIGNALS)), dtype=np.float32)
    for name, values in lexical.items():
        table[:, SIGNALS.index(name)] = values[chosen]
    told = _add_dense(shard, asked, chosen, table) if asked.row is not None and shard.dense else {}
    return Evidence(chosen, table, chars, told)


def _candidates(shard: Shard, asked: Asked, lexical: Mapping[str, Vectors]) -> Places:
    count = len(shard.layout.articles)
    if count <= _ALL:
        return np.arange(count)
    found = [np.argpartition(-values, _BEST)[:_BEST] for values in lexical.values()]
    if asked.row is not None and shard.dense:
        row = asked.row[None, :]
        found.append(shard.layout.passage_article[shard.passage_index.search(row, 2 * _BEST)[1][0]])
        found.append(shard.layout.name_article[shard.name_index.search(row, 2 * _BEST)[1][0]])
    return np.unique(np.concatenate(found))


def _add_dense(shard: Shard, asked: Asked, chosen: Places, table: Vectors) -> dict[int, Told]:
    row = asked.row
    assert row is not None
    column = DENSE.index
    near, starts = shard.sentences_of.products(shard.sentence_rows, row, chosen)
    table[:, column("sentence")] = np.maximum.reduceat(near, starts)
    table[:, column("sentences")] = _best_three(near, starts)
    said, begins = shard.passages_of.products(shard.passage_rows, row, chosen)
    table[:, column("passage")] = np.maximum.reduceat(said, begins)
    places, names = shard.names_of.gathered(chosen)
    called = shard.names_of.products(shard.name_rows, row, chosen)[0]
    table[:, column("name")] = np.maximum.reduceat(called, names)
    # Every article is asked for by its title at least, so no group is empty.
    table[:, column("asked")] = np.maximum.reduceat(np.where(shard.layout.asked[places], called, -1), names)
    first = np.argsort(-table[:, : column("late")].sum(axis=1), kind="stable")[:_LATE]
    _add_titles(shard, asked, chosen, first, table)
    sentence = np.maximum.reduceat(near, shard.starts_in_passages(chosen))
    said_of, sentence_of = np.split(said, begins[1:]), np.split(sentence, begins[1:])
    late = _add_late(shard, asked, chosen, first, table, said_of)
    return {
        int(article): Told(sentence_of[at], said_of[at], late.get(at, np.zeros_like(said_of[at])))
        for at, article in enumerate(chosen)
    }


def _best_three(near: Vectors, starts: Places) -> Vectors:
    """The sum of each article's three best over three: one good sentence among two weak ones is not enough."""
    sizes = np.diff([*starts, len(near)])
    owner = np.repeat(np.arange(len(starts)), sizes)
    order = np.lexsort((-near, owner))
    place = np.arange(len(near)) - np.repeat(starts, sizes)
    return np.asarray(np.add.reduceat(np.where(place < 3, near[order], 0), starts) / 3, dtype=np.float32)


def _add_late(
    shard: Shard, asked: Asked, chosen: Places, first: Places, table: Vectors, said: Sequence[Vectors]
) -> dict[int, Vectors]:
    """How well the nearest passages meet the question word by word; give it by passage, the least for those unread."""
    read = [np.argsort(-said[at], kind="stable")[:_READ] for at in first]
    sizes = np.array([len(each) for each in read])
    starts = np.cumsum(sizes) - sizes
    begins = shard.passages_of.begins(chosen[first])
    texts = [shard.passage_words[int(begin + at)] for begin, each in zip(begins, read, strict=True) for at in each]
    met = _met(texts, asked)[0]
    whole = met.mean(axis=1)
    for name, values in (("late", whole), ("weakest", _weakest(met))):
        _fill(table, DENSE.index(name), first, np.maximum.reduceat(values, starts))
    found: dict[int, Vectors] = {}
    for at, places, values in zip(first, read, np.split(whole, starts[1:]), strict=True):
        found[int(at)] = np.full(len(said[at]), values.min(), dtype=np.float32)
        found[int(at)][places] = values
    return found


def _add_titles(shard: Shard, asked: Asked, chosen: Places, first: Places, table: Vectors) -> None:
    """How well the question's words are met by a title or question variant, and that one's words by the question."""
    places, starts = shard.names_of.gathered(chosen[first])
    met, back = _met([shard.name_readings[place] for place in places], asked)
    own = shard.layout.asked[places]
    read = {"title_late": met.mean(axis=1), "title_back": back, "title_weakest": _weakest(met)}
    for name, values in read.items():
        best = np.maximum.reduceat(np.where(own, values, np.float32(-1)), starts)
        _fill(table, DENSE.index(name), first, best)


def _fill(table: Vectors, column: int, first: Places, best: Vectors) -> None:
    """Those that were not read count as the least of those that were."""
    table[:, column] = best.min()
    table[first, column] = best


def _met(texts: Sequence[Words], asked: Asked) -> tuple[Vectors, Vectors]:
    """Take texts word by word; compare their words with the question's.

    Give for each text and word of the question how near the text's nearest word is, and for each text how near its
    words are to the question's on the average.
    """
    words = asked.words
    if words is None or not len(words):
        return np.zeros((len(texts), 1), dtype=np.float32), np.zeros(len(texts), dtype=np.float32)
    near = np.concatenate(texts).astype(np.float32) @ (words.T / np.float32(127))
    sizes = np.array([len(text) for text in texts])
    starts = np.cumsum(sizes) - sizes
    met = np.asarray(np.maximum.reduceat(near, starts, axis=0), dtype=np.float32)
    return met, np.asarray(np.add.reduceat(near.max(axis=1), starts) / sizes, dtype=np.float32)


def _weakest(met: Vectors) -> Vectors:
    """The quarter of the question's words that is met worst: "how many decibels" is not about the grinder."""
    few = max(1, met.shape[1] // 4)
    return np.asarray(np.sort(met, axis=1)[:, :few].mean(axis=1), dtype=np.float32)
