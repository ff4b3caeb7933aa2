"""Fitting learns from questions, and judges none by what it learnt from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb_index.articles import read_folder
from kb_index.evaluate import Query
from kb_index.fit import RIGHT_ANSWERS, answer_threshold, cases, fit_ranking, fit_right, hidden, verdicts
from kb_index.search import LEXICAL

ASKED = [
    ("my parcel is late", "/delivery/late/"),
    ("return an item", "/returns/start/"),
    ("grinder shows e3", "/products/grinder/"),
    ("the parcel is not here", "/delivery/late/"),
    ("send it back", "/returns/start/"),
    ("lk 220 blocked", "/products/grinder/"),
    ("how tall is everest", ""),
    ("zebra", ""),
]


@pytest.fixture
def known(shop: Path, letters, tmp_path: Path) -> list:
    queries = [Query(str(at), "en", text, (gold,) if gold else ()) for at, (text, gold) in enumerate(ASKED)]
    return cases("shop", read_folder(shop)[0], queries, letters, tmp_path / "vectors")


def test_ranking_weights_are_never_negative_and_find_the_right_article(known: list) -> None:
    weights = fit_ranking(known, LEXICAL)
    assert set(weights) == set(LEXICAL)
    assert all(weight >= 0 for weight in weights.values())
    right = [case.hits(weights)[0].passage.permalink in case.query.gold for case in known if case.query.gold]
    assert np.mean(right) > 0.8


def test_confidence_learns_what_tells_right_from_wrong() -> None:
    seen = [{"a": value, "b": 0.0} for value in (0.1, 0.2, 0.8, 0.9)] * 10
    model = fit_right(seen, [row["a"] > 0.5 for row in seen], [1.0] * 40, ("a", "b"))
    assert model.probability({"a": 0.9, "b": 0}) > 0.7 > 0.3 > model.probability({"a": 0.1, "b": 0})


def test_hidden_question_has_no_right_article_left(known: list) -> None:
    case = hidden(known[0])
    assert case.query.gold == ()
    assert "/delivery/late/" not in [hit.passage.permalink for hit in case.hits({"words": 1.0})]


def test_every_question_is_judged_once(known: list) -> None:
    judged = verdicts(known, "dense")
    assert sorted(verdict.case.query.id for verdict in judged) == [str(at) for at in range(len(ASKED))]


def test_answer_threshold_keeps_its_promise(known: list) -> None:
    judged = verdicts(known, "dense")
    limit = answer_threshold(judged)
    answered = [verdict for verdict in judged if verdict.sure >= limit]
    assert sum(verdict.rank == 1 for verdict in answered) >= RIGHT_ANSWERS * len(answered)
