"""Search: every kind of evidence that a passage answers a question, and their weighted sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from kb_index.encoder import Encoder, Vectors, knows
from kb_index.lexical import Grams
from kb_index.passages import Passage
from kb_index.shard import Places, Shard, best_by, grams_of, tokens_of

DENSE = ("sentence", "sentences", "passage", "name", "asked", "late", "weakest")
LEXICAL = ("words", "name_words", "chars", "name_chars")
SIGNALS = (*DENSE, *LEXICAL)
# Up to this many articles all are looked at closely; of more, the best of each kind of evidence.
_ALL, _BEST, _LATE = 150, 25, 15

_BEGINNING = 0.02


@dataclass(frozen=True)
class Hit:
    """The best passage of one article, its weighted score, and what each kind of evidence says."""

    passage: Passage
    score: float
    parts: dict[str, float]


@dataclass(frozen=True)
class Asked:
    """A question, made ready once: as a row, as word rows, as tokens, as characters."""

    text: str
    lang: str
    row: Vectors | None
    words: Vectors | None
    tokens: tuple[str, ...]
    grams: Grams

    @classmethod
    def of(cls, text: str, lang: str, encoder: Encoder) -> Asked:
        """Take a cleaned question and its language; an encoder that does not know the language is not asked."""
        row = words = None
        if knows(encoder, lang):
            reading = encoder.read([text])[0]
            row, words = reading.row, reading.words
        return cls(text, lang, row, words, tokens_of(text, lang), grams_of(text, lang))


@dataclass(frozen=True)
class Evidence:
    """For some articles of a shard: one column a signal, in the order of SIGNALS."""

    articles: Places
    table: Vectors
    passage_chars: Vectors
    # For articles that were read word by word: how well the question's words are met, passage by passage.
    met: Mapping[int, Vectors] = field(default_factory=dict)


def search(shard: Shard, asked: Asked, weights: Mapping[str, float], k: int = 10) -> list[Hit]:
    """Take a question and the learnt weights; give the best passage of the k best articles, best first."""
    evidence = gather(shard, asked)
    if not len(evidence.articles):
        return []
    scale = np.array([weights.get(name, 0.0) for name in SIGNALS], dtype=np.float32)
    scores = evidence.table @ scale
    best = np.argsort(-scores, kind="stable")[:k]
    return [
        Hit(
            passage=_best_passage(shard, asked, int(evidence.articles[at]), evidence, weights),
            score=float(scores[at]),
            parts={name: round(float(value), 4) for name, value in zip(SIGNALS, evidence.table[at], strict=True)},
        )
        for at in best
    ]


def gather(shard: Shard, asked: Asked) -> Evidence:
    """Take a question; give the evidence for every article that has a chance."""
    layout = shard.layout
    count = len(layout.articles)
    if not count:
        none = np.zeros((0, len(SIGNALS)), dtype=np.float32)
        return Evidence(np.zeros(0, dtype=np.int64), none, none[:, 0])
    chars = shard.passage_chars.scores(asked.grams)
    lexical = {
        "words": shard.words.scores(asked.tokens),
        "name_words": best_by(layout.name_article, shard.name_words.scores(asked.tokens), count),
        "chars": best_by(layout.passage_article, chars, count),
        "name_chars": best_by(layout.name_article, shard.name_chars.scores(asked.grams), count),
    }
    chosen = _candidates(shard, asked, lexical)
    table = np.zeros((len(chosen), len(SIGNALS)), dtype=np.float32)
    for name, values in lexical.items():
        table[:, SIGNALS.index(name)] = values[chosen]
    met = _add_dense(shard, asked, chosen, table) if asked.row is not None and shard.dense else {}
    return Evidence(chosen, table, chars, met)


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


def _add_dense(shard: Shard, asked: Asked, chosen: Places, table: Vectors) -> dict[int, Vectors]:
    row = asked.row
    assert row is not None
    places, starts = shard.sentences_of.gathered(chosen)
    near = shard.sentence_rows[places] @ row
    table[:, 0] = np.maximum.reduceat(near, starts)
    table[:, 1] = [np.sort(part)[-3:].sum() / 3 for part in np.split(near, starts[1:])]
    places, starts = shard.passages_of.gathered(chosen)
    table[:, 2] = np.maximum.reduceat(shard.passage_rows[places] @ row, starts)
    places, starts = shard.names_of.gathered(chosen)
    called = shard.name_rows[places] @ row
    table[:, 3] = np.maximum.reduceat(called, starts)
    # Every article is asked for by its title at least, so no group is empty.
    table[:, 4] = np.maximum.reduceat(np.where(shard.layout.asked[places], called, -1), starts)
    # Word by word is dear, so only articles near the top are read so; the others count as the least of these.
    first = np.argsort(-table[:, :5].sum(axis=1), kind="stable")[:_LATE]
    places, starts = shard.passages_of.gathered(chosen[first])
    met = _met(shard, asked, places)
    for column, read in ((5, met.mean(axis=1)), (6, _weakest(met))):
        best = np.maximum.reduceat(read, starts)
        table[:, column] = best.min()
        table[first, column] = best
    by_passage = np.split(met.mean(axis=1), starts[1:])
    return {int(chosen[at]): part for at, part in zip(first, by_passage, strict=True)}


def _met(shard: Shard, asked: Asked, places: Places) -> Vectors:
    """For each passage and each word of the question: how near the nearest word of the passage is."""
    words = asked.words
    if words is None or not len(words):
        return np.zeros((len(places), 1), dtype=np.float32)
    found = [shard.passage_words[place] for place in places]
    near = np.concatenate(found).astype(np.float32) @ words.T
    starts = np.cumsum([0, *(len(part) for part in found)])[:-1]
    return np.asarray(np.maximum.reduceat(near, starts, axis=0) / 127, dtype=np.float32)


def _weakest(met: Vectors) -> Vectors:
    """The quarter of the question's words that is met worst: "how many decibels" is not about the grinder."""
    few = max(1, met.shape[1] // 4)
    return np.asarray(np.sort(met, axis=1)[:, :few].mean(axis=1), dtype=np.float32)


def _best_passage(
    shard: Shard, asked: Asked, article: int, evidence: Evidence, weights: Mapping[str, float]
) -> Passage:
    chosen = np.array([article])
    places, _ = shard.passages_of.gathered(chosen)
    most = max(sum(weights.values()), 1e-6)
    total = evidence.passage_chars[places] * weights.get("chars", 0.0)
    if asked.row is not None and shard.dense:
        sentences, _ = shard.sentences_of.gathered(chosen)
        own = shard.layout.sentence_passage[sentences] - places[0]
        near = best_by(own, shard.sentence_rows[sentences] @ asked.row, len(places))
        total = total + near * weights.get("sentence", 0.0)
        total += (shard.passage_rows[places] @ asked.row) * weights.get("passage", 0.0)
        total += evidence.met.get(article, np.zeros(len(places))) * weights.get("late", 0.0)
    # The beginning of an article answers its title; another part must say clearly more.
    total[0] += _BEGINNING * most * (not shard.layout.passages[places[0]].heading)
    best: Passage = shard.layout.passages[int(places[int(np.argmax(total))])]
    return best
