"""A vague question brings choices from the articles; a clear one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_index.base import KnowledgeBase
from kb_index.encoder import OnnxEncoder


@pytest.fixture
def real(shop: Path, write, minilm: OnnxEncoder, tmp_path: Path) -> KnowledgeBase:
    write(
        "refunds/when._en.md",
        "Within five days.\n\n## By card\n\nYour bank shows it.",
        title="When do I get my refund?",
    )
    write("refunds/how._en.md", "To where it came from.\n\n## By voucher\n\nAt once.", title="How will I be refunded?")
    write("refunds/when._zh.md", "五天之内到账。", title="退款要多久到账？")
    write("refunds/how._zh.md", "退到原来的付款方式。", title="退款退到哪里？")
    write("refunds/when._ko.md", "5일 안에 됩니다.", title="환불은 언제 되나요?")
    write("refunds/how._ko.md", "결제하신 수단으로 됩니다.", title="환불은 어떻게 받나요?")
    base = KnowledgeBase(shop, minilm, tmp_path / "store")
    base.load()
    return base


@pytest.mark.parametrize(("text", "lang"), [("refund", "en"), ("退款", "zh"), ("환불", "ko")])
def test_a_bare_subject_brings_the_articles_that_compete(real: KnowledgeBase, text: str, lang: str) -> None:
    outcome = real.ask(text, lang)
    assert outcome.trace.get("vague") == "only a subject", outcome.trace
    assert {"when", "how"} <= {choice.permalink.strip("/").rpartition("/")[2] for choice in outcome.choices}


@pytest.mark.parametrize(("text", "lang"), [("it doesn't work", "en"), ("不能用", "zh"), ("안 돼요", "ko")])
def test_a_message_that_names_no_matter_is_never_taken_for_clear(real: KnowledgeBase, text: str, lang: str) -> None:
    outcome = real.ask(text, lang)
    assert outcome.trace.get("vague", "no matter named") == "no matter named"
    assert len(outcome.choices) != 1


@pytest.mark.parametrize(
    "text",
    ["When do I get my refund?", "I bought a lamp last week and would like the money back on my card", "surfing"],
)
def test_a_question_that_says_what_it_wants_is_not_asked_back(real: KnowledgeBase, text: str) -> None:
    assert real.ask(text, "en").choices == ()


def test_of_a_product_with_one_article_the_sections_are_offered(real: KnowledgeBase, write) -> None:
    write(
        "products/pan._en.md",
        "Made of iron.\n\n## Clean the pan\n\nBy hand.\n\n## Rust on the pan\n\nRub it off.\n\n## Oil\n\nOften.",
        title="The pan CP-28",
    )
    real.refresh()
    outcome = real.ask("CP-28", "en")
    if outcome.kind == "suggest":
        assert [choice.text for choice in outcome.choices] == ["Clean the pan", "Rust on the pan", "Oil"]
        assert {choice.value for choice in outcome.choices} >= {"/products/pan/#rust-on-the-pan"}
    else:
        assert outcome.answer.permalink == "/products/pan/"
