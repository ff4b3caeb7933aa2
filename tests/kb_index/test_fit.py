"""Fitting learns from questions, and judges none by what it learnt from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb_index.articles import read_folder
from kb_index.evaluate import Query
from kb_index.fit.cases import Blind, cases, gathered, hidden
from kb_index.fit.certainty import RIGHT_FEATURES, features_of, fit_right
from kb_index.fit.folds import strangers, verdicts
from kb_index.fit.lines import RIGHT_ANSWERS, answer_line, lines
from kb_index.fit.ranking import fit_ranking, shares, signals_of
from kb_index.fit.report import report
from kb_index.fit.sets import QuestionSet, bare, distinct, entry, half, paired
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


def questions(family: str = "shop") -> tuple[Query, ...]:
    return tuple(Query(f"{family}-{at}", "en", text, (gold,) if gold else ()) for at, (text, gold) in enumerate(ASKED))


@pytest.fixture
def known(shop: Path, letters, tmp_path: Path) -> list:
    return cases(QuestionSet("shop", tuple(read_folder(shop)[0]), questions()), letters, tmp_path / "vectors")


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


def test_evidence_for_an_article_never_makes_it_less_likely() -> None:
    seen = [{"a": value} for value in (0.1, 0.2, 0.8, 0.9)] * 10
    model = fit_right(seen, [row["a"] < 0.5 for row in seen], [1.0] * 40, ("a",))
    assert model.weights == (0.0,)


def test_hidden_question_has_no_right_article_left(known: list) -> None:
    case = hidden(known[0])
    assert case.query.gold == ()
    assert "/delivery/late/" not in [hit.passage.permalink for hit in case.hits({"words": 1.0})]


@pytest.mark.parametrize("kind", list(RIGHT_FEATURES))
def test_every_question_is_judged_once(known: list, kind: str) -> None:
    judged = verdicts(known, kind)
    assert sorted(verdict.case.query.id for verdict in judged) == sorted(each.id for each in questions())


def test_a_data_set_is_judged_by_what_was_learnt_without_it(known: list, shop: Path, letters, tmp_path: Path) -> None:
    other = QuestionSet("logingov", tuple(read_folder(shop)[0]), questions("logingov"))
    both = [*known, *cases(other, letters, tmp_path / "vectors")]
    judged = strangers(both, "dense")
    assert len(judged) == len(both)
    # One family alone has nothing to learn from.
    assert strangers(known, "dense") == []


def test_answer_line_keeps_its_promise(known: list) -> None:
    judged = verdicts(known, "dense")
    limit = answer_line(judged)
    answered = [verdict for verdict in judged if verdict.sure >= limit]
    assert sum(verdict.rank == 1 for verdict in answered) >= RIGHT_ANSWERS * len(answered)
    assert all(each["suggest"] <= each["answer"] for each in lines(judged, "dense").values())


def test_report_counts_what_customers_would_meet(known: list) -> None:
    judged = verdicts(known, "dense")
    figures = report(judged, judged, "dense")
    assert figures["questions"] == len(ASKED)
    assert figures["hit1"] <= figures["hit3"] <= 1
    assert 0 <= figures["helped_share"] <= 1


def test_families_count_alike_however_many_questions_they_have(known: list) -> None:
    few = [*known, *(case for case in known[:1])]
    counts = shares(few, {"shop": 1.0})
    assert counts.sum() == pytest.approx(1)
    assert len(set(counts)) == 1


def test_language_the_encoder_does_not_know_is_fitted_without_it(shop: Path, letters, tmp_path: Path) -> None:
    asked = (Query("a", "zh", "我想退货", ("/zh/returns/start/",)), *questions()[:1])
    found = gathered([QuestionSet("shop", tuple(read_folder(shop)[0]), asked)], letters, tmp_path)
    assert {kind: [case.query.lang for case in each] for kind, each in found.items()} == {
        "dense": ["en"],
        "dense varied": ["en"],
        "lexical": ["zh"],
        "lexical varied": ["zh"],
    }
    assert Blind().languages == ()


def test_half_of_a_list_of_questions_hides_its_answers() -> None:
    articles = tuple(entry(f"/{at}/", "en", f"question {at}?", "text") for at in range(10))
    asked = tuple(Query(str(at), "en", "x", (f"/{at}/",)) for at in range(8))
    shown = half(QuestionSet("faq", articles, asked), seed=0)
    links = {article.permalink for article in shown.articles}
    assert len(links) == 5
    assert all(set(query.gold) <= links for query in shown.queries)
    assert any(not query.gold for query in shown.queries)
    assert len(paired(QuestionSet("faq", articles, asked)).articles) == 8


def test_entries_that_are_much_alike_are_left_out_with_their_questions(letters) -> None:
    titles = ("how do i return a lamp", "how do i return a lamp?", "where is my parcel")
    articles = tuple(entry(f"/{at}/", "en", title, "text") for at, title in enumerate(titles))
    asked = tuple(Query(str(at), "en", "x", (f"/{at}/",)) for at in range(3))
    apart = distinct(QuestionSet("faq", articles, asked), letters)
    assert [article.permalink for article in apart.articles] == ["/0/", "/2/"]
    assert [query.id for query in apart.queries] == ["0", "2"]


def test_help_centre_without_variants_is_a_set_of_its_own(shop: Path) -> None:
    whole = QuestionSet("shop", tuple(read_folder(shop)[0]), questions())
    assert not any(article.questions for article in bare(whole).articles)
    assert {query.id for query in bare(whole).queries}.isdisjoint(query.id for query in whole.queries)


def test_titles_word_by_word_rank_only_where_titles_are_questions() -> None:
    assert "title_late" not in signals_of("dense")
    assert "title_late" in set(signals_of("dense entries")) & set(signals_of("dense varied"))
    assert signals_of("lexical") == LEXICAL


def test_how_few_entries_are_near_tells_only_in_lists_of_questions() -> None:
    assert set(features_of("dense entries")) - set(features_of("dense varied")) == {"few"}
    assert features_of("lexical entries") == RIGHT_FEATURES["lexical"]
