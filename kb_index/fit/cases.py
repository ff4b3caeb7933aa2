"""Cases: a question whose answer is known, with all evidence, gathered by the code that serves customers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb_index.confidence import LOOKED_AT
from kb_index.encoder import Encoder, Reading, Vectors
from kb_index.evaluate import Query
from kb_index.fit.sets import BARE, QuestionSet
from kb_index.search import Asked, Evidence, Hit, gather, weighed
from kb_index.shard import Shard, pieces_of
from kb_index.snapshot import build
from kb_index.telling import trying
from kb_index.vectors import VectorStore


@dataclass(frozen=True)
class Case:
    """One question with its evidence, from one family of data sets."""

    data: str
    query: Query
    asked: Asked
    shard: Shard
    evidence: Evidence

    @property
    def gold(self) -> NDArray[np.bool_]:
        """Which rows of the evidence are right."""
        articles = self.shard.layout.articles
        return np.array([articles[at].permalink in self.query.gold for at in self.evidence.articles])

    @property
    def theme(self) -> str:
        """What the question is about; translations of an article are one theme."""
        links = [re.sub(r"^/(en|zh|ko)/", "/", link) for link in self.query.gold]
        return min(links) if links else self.query.id.partition("/")[0]

    def hits(self, weights: dict[str, float]) -> list[Hit]:
        """The ten best articles by some weights, as customers would get them."""
        return weighed(self.shard, self.asked, self.evidence, weights, LOOKED_AT)


class Blind:
    """An encoder that knows no language: what the knowledge base does without vectors."""

    name, languages, dimensions = "none", (), 1

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Nobody asks it: no language is known."""
        raise NotImplementedError

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Nobody asks it: no language is known."""
        raise NotImplementedError


def cases(data: QuestionSet, encoder: Encoder, folder: Path) -> list[Case]:
    """Take a set, an encoder and a folder for vectors; give the set's questions with all evidence."""
    with ExitStack() as tried:
        for lang, found in data.tellings.items():
            tried.enter_context(trying(lang, found))
        pieces_of.cache_clear()
        try:
            return _cases(data, encoder, folder)
        finally:
            pieces_of.cache_clear()


def _cases(data: QuestionSet, encoder: Encoder, folder: Path) -> list[Case]:
    folder.mkdir(parents=True, exist_ok=True)
    store = VectorStore(folder, encoder.dimensions)
    store.open(sorted(place.name for place in folder.iterdir()))
    spoken = {query.lang for query in data.queries}
    snapshot = build([article for article in data.articles if article.lang in spoken], encoder, store)
    store.save()
    return [_case(data.family, query, snapshot.shards[query.lang], encoder) for query in data.queries]


def _case(family: str, query: Query, shard: Shard, encoder: Encoder) -> Case:
    asked = Asked.of(query.query, query.lang, encoder)
    return Case(family, query, asked, shard, gather(shard, asked))


def gathered(sets: Iterable[QuestionSet], encoder: Encoder, folder: Path) -> dict[str, list[Case]]:
    """Take sets; give their cases by the kind of parameters they are for (see kb_index.confidence.kind_of).

    Chinese and Korean are looked at without the encoder, too, when it knows them: both ways are fitted.
    """
    found: dict[str, list[Case]] = {}
    for each in sets:
        both = [*cases(each, encoder, folder), *cases(each, Blind(), folder / "none")]
        for case in both:
            seen, lang = case.asked.row is not None, case.query.lang
            if not seen and lang == "en":
                continue
            evidence = ("dense" if lang == "en" else f"dense {lang}") if seen else "lexical"
            for form in _forms(case):
                found.setdefault(f"{evidence} {form}".rstrip(), []).append(case)
    # A language the encoder does not know comes twice the same way.
    return {kind: list({id(case.query): case for case in each}.values()) for kind, each in sorted(found.items())}


def _forms(case: Case) -> tuple[str, ...]:
    """A strange help centre also teaches what ours is judged by: one set of questions is too few."""
    form = case.shard.layout.form
    return ("", "varied") if not form and not case.query.id.endswith(BARE) else (form,)


def hidden(case: Case) -> Case:
    """Take a question; give it as if its right article had never been written."""
    keep = ~case.gold
    evidence = replace(case.evidence, articles=case.evidence.articles[keep], table=case.evidence.table[keep])
    return replace(case, query=replace(case.query, gold=()), evidence=evidence)
