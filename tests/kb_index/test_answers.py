"""Answers through the real encoder: sure, half sure, and not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_index.base import KnowledgeBase
from kb_index.encoder import OnnxEncoder


@pytest.fixture
def real(shop: Path, minilm: OnnxEncoder, tmp_path: Path) -> KnowledgeBase:
    base = KnowledgeBase(shop, minilm, tmp_path / "store")
    base.load()
    return base


def test_plain_question_is_answered_in_the_articles_own_words(real: KnowledgeBase) -> None:
    outcome = real.ask("How do I return an item?", "en")
    assert outcome.kind == "answer"
    assert outcome.answer.permalink == "/returns/start/"
    assert outcome.answer.text in real.passage(outcome.answer.passage_id).text
    assert outcome.suggestions == ()


@pytest.mark.parametrize("question", ["lk 220", "LK220 e3", "grinder lk-220"])
def test_product_code_is_found_in_any_spelling(real: KnowledgeBase, question: str) -> None:
    assert real.ask(question, "en").hits[0].passage.permalink == "/products/grinder/"


def test_question_about_something_else_gets_no_answer(real: KnowledgeBase) -> None:
    outcome = real.ask("who won the football world cup in 1998", "en")
    assert outcome.kind != "answer"
    assert outcome.answer is None


def test_other_words_for_the_same_thing_find_the_article(real: KnowledgeBase) -> None:
    assert (
        real.ask("it has been two weeks and my package has not shown up", "en").hits[0].passage.group == "delivery/late"
    )


def test_chinese_and_korean_are_found_by_their_characters(real: KnowledgeBase) -> None:
    assert real.ask("我想退货", "zh").hits[0].passage.permalink == "/zh/returns/start/"
    assert real.ask("배송이 왜 이렇게 늦나요", "ko").hits[0].passage.permalink == "/ko/delivery/late/"


def test_suggestions_are_three_at_most_and_best_first(real: KnowledgeBase) -> None:
    outcome = real.ask("the thing from you is not right", "en")
    scores = [suggestion.score for suggestion in outcome.suggestions]
    assert len(scores) <= 3
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_article_without_text_is_named_not_told(real: KnowledgeBase, write) -> None:
    write("find._en.md", "", title="Find a participating post office")
    real.refresh()
    outcome = real.ask("Find a participating post office", "en")
    assert outcome.kind == "suggest"
    assert outcome.suggestions[0].permalink == "/find/"
