"""A follow-up is answered from what was told before it, and a message of its own is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_index.base import KnowledgeBase
from kb_index.encoder import OnnxEncoder
from kb_index.leaning import Before

KETTLE = (
    "Fill the kettle up to the mark.\n\n## Descale the kettle\n\nBoil water with citric acid. Do this every month."
    "\n\n## The lid is loose\n\nPress the lid until it clicks. We send a new lid free of charge.\n\n"
    "## How long you can keep it\n\nYou may send the kettle back within 30 days."
)


@pytest.fixture
def real(shop: Path, write, minilm: OnnxEncoder, tmp_path: Path) -> KnowledgeBase:
    write("products/kettle._en.md", KETTLE, title="The kettle LK-310")
    base = KnowledgeBase(shop, minilm, tmp_path / "store")
    base.load()
    return base


def test_a_follow_up_gets_another_section_of_the_article_told_before(real: KnowledgeBase) -> None:
    told = frozenset({"/products/kettle/#descale-the-kettle"})
    outcome = real.ask(
        "and if the lid is loose?", "en", told, Before("how do I descale the kettle", ("/products/kettle/",))
    )
    assert (outcome.kind, outcome.leans) == ("answer", True)
    assert outcome.answer.passage_id == "/products/kettle/#the-lid-is-loose"
    assert outcome.trace["follow_up"]["leans"] is True
    assert outcome.trace["follow_up"]["section"] == outcome.answer.passage_id


def test_a_message_of_its_own_is_looked_up_by_itself(real: KnowledgeBase) -> None:
    before = Before("how do I descale the kettle", ("/products/kettle/",))
    outcome = real.ask("How do I return an item?", "en", frozenset(), before)
    assert not outcome.leans
    assert outcome.answer.permalink == "/returns/start/"
    assert outcome.trace["follow_up"]["leans"] is False


def test_without_anything_before_nothing_is_weighed(real: KnowledgeBase) -> None:
    outcome = real.ask("and if the lid is loose?", "en")
    assert not outcome.leans
    assert "follow_up" not in outcome.trace


def test_a_follow_up_no_section_answers_brings_the_sections_to_choose_from(real: KnowledgeBase) -> None:
    outcome = real.ask("and what is that for?", "en", frozenset(), Before("descale the kettle", ("/products/kettle/",)))
    assert outcome.kind != "answer"
    assert outcome.leans
    assert [choice.passage_id for choice in outcome.choices][:1] != [""]
    assert {choice.permalink for choice in outcome.choices} == {"/products/kettle/"}


def test_the_same_conversation_gives_the_same_outcome(real: KnowledgeBase) -> None:
    asked = ("and if the lid is loose?", "en", frozenset({"x"}), Before("how do I descale it", ("/products/kettle/",)))
    one, other = real.ask(*asked), real.ask(*asked)
    assert (one.answer, one.confidence, one.trace["follow_up"]) == (
        other.answer,
        other.confidence,
        other.trace["follow_up"],
    )


@pytest.mark.parametrize(
    "text", ["what is the meaning of life", "and who won the world cup?", "will it rain in london"]
)
def test_a_question_about_something_else_goes_on_with_no_article(real: KnowledgeBase, text: str) -> None:
    outcome = real.ask(text, "en", frozenset(), Before("how do I descale the kettle", ("/products/kettle/",)))
    assert not outcome.leans
    assert outcome.choices == ()
