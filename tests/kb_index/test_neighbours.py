"""When only another language has the answer, it is offered."""

from __future__ import annotations

from pathlib import Path

from kb_index.base import KnowledgeBase
from tests.kb_index.letters import LetterEncoder


def test_code_that_stands_only_in_another_language_is_offered(base: KnowledgeBase) -> None:
    outcome = base.ask("LK-220 고장", "ko")
    assert outcome.kind != "answer"
    assert outcome.other_language is not None
    assert (outcome.other_language.lang, outcome.other_language.permalink) == ("en", "/products/grinder/")


def test_question_in_a_language_without_articles_is_told_which_one_has_it(base: KnowledgeBase) -> None:
    outcome = base.ask("Hallo, meine Kaffeemühle LK-220 zeigt einen Fehler und läuft nicht mehr")
    assert (outcome.kind, outcome.lang) == ("none", "de")
    assert outcome.other_language is not None
    assert outcome.other_language.permalink == "/products/grinder/"


def test_translation_in_the_own_language_is_suggested_instead(base: KnowledgeBase, write) -> None:
    write("products/grinder._ko.md", "커피를 갈아 줍니다.", title="커피 그라인더")
    base.refresh()
    outcome = base.ask("LK-220", "ko")
    assert outcome.other_language is None
    assert [suggestion.permalink for suggestion in outcome.suggestions][:1] == ["/ko/products/grinder/"]


def test_nothing_in_common_offers_nothing(base: KnowledgeBase) -> None:
    assert base.ask("날씨가 어때요", "ko").other_language is None


def test_encoder_of_many_languages_is_used_for_all_of_them(shop: Path, tmp_path: Path) -> None:
    base = KnowledgeBase(shop, LetterEncoder("many", ("*",)), tmp_path / "many")
    base.load()
    outcome = base.ask("배송이 늦어요", "ko")
    assert str(outcome.trace["evidence"]).startswith("dense")
    assert outcome.hits[0].passage.permalink == "/ko/delivery/late/"
