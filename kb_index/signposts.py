"""Signposts: a section that sends the reader on ("how to return: see …") gives way to the article it sends to."""

from __future__ import annotations

import numpy as np

from kb_index.articles import Article
from kb_index.asked import Asked
from kb_index.encoder import Vectors
from kb_index.evidence import Evidence
from kb_index.passages import Passage
from kb_index.shard import Places, Shard

#: The article sent to must be nearly as near as the one that sends: at least this share of its score. Sums of shared
#: letters lie further apart than sums of meanings.
_NEARLY = {True: 0.95, False: 0.85}
#: So many articles after the first are looked at.
_LOOKED_AT = 4


def sent_to(shard: Shard, asked: Asked, evidence: Evidence, best: Places, scores: Vectors) -> int | None:
    """Take a question, its evidence, the places of the best articles in it, best first, and all scores.

    Give which of the best the first sends its readers to, from 1; None when it sends to none of them.
    """
    meant = asked.row is not None and shard.dense
    nearest = _nearest(shard, evidence, int(evidence.articles[best[0]]))
    for place, at in enumerate(best[1 : _LOOKED_AT + 1].tolist(), 1):
        if scores[at] <= 0 or scores[at] < _NEARLY[meant] * scores[best[0]]:
            return None
        if _sends(shard, asked, nearest, shard.layout.articles[evidence.articles[at]], meant):
            return place
    return None


def _nearest(shard: Shard, evidence: Evidence, article: int) -> Passage:
    """The section that made the article near, by its nearest sentence or, without meanings, by its letters.

    It need not be the one that is told: that may be the article's beginning, which sends nowhere.
    """
    places, _ = shard.passages_of.gathered(np.array([article]))
    told = evidence.told.get(article)
    near = evidence.passage_chars[places] if told is None else told.sentence
    return shard.layout.passages[int(places[int(np.argmax(near))])]


def _sends(shard: Shard, asked: Asked, passage: Passage, other: Article, meant: bool) -> bool:
    """Whether a passage links to an article; where only letters are compared, in the very sentence that is meant."""
    words = [" ".join(text.split()) for target, text in passage.links if target.partition("#")[0] == other.permalink]
    if not words or meant:
        return bool(words)
    near: Vectors = np.array(shard.nearness(passage, asked.row, asked.text), dtype=np.float32)
    sentence = passage.sentences[int(np.argmax(near))]
    return any(text in sentence for text in words)
