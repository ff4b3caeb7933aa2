"""What the articles are decides by what they are judged: a list of questions is no help centre."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb_index.articles import Article, read_folder
from kb_index.asked import Asked
from kb_index.base import KnowledgeBase
from kb_index.confidence import kind_of, parameters
from kb_index.fit.sets import entry
from kb_index.search import SIGNALS, search
from kb_index.shard import Layout, Shard

QUESTIONS = [
    ("환불은 언제 되나요", "사흘 안에 됩니다."),
    ("배송은 며칠 걸려요", "이틀 걸립니다."),
    ("쿠폰은 어디서 쓰나요", "결제할 때 씁니다."),
]


def korean() -> list[Article]:
    return [entry(f"/{at}/", "ko", title, text) for at, (title, text) in enumerate(QUESTIONS)]


def shard_of(articles: list[Article]) -> Shard:
    return Shard(articles[0].lang, Layout.of(articles), None)


def test_list_of_questions_is_told_from_a_help_centre(shop: Path) -> None:
    centre = [article for article in read_folder(shop)[0] if article.lang == "en" and not article.internal]
    assert Layout.of(korean()).form == "entries"
    assert Layout.of(centre).form == ""
    assert Layout.of([replace(article, questions=("a question",)) for article in centre]).form == "varied"


@pytest.mark.parametrize("form", ["", "varied", "entries"])
@pytest.mark.parametrize("evidence", ["dense", "lexical"])
def test_every_form_has_parameters_of_its_own(form: str, evidence: str, letters) -> None:
    shard = shard_of(korean())
    shard.layout = replace(shard.layout, form=form)
    asked = Asked.of("환불 알려주세요", "ko", letters)
    if evidence == "dense":
        asked = replace(asked, row=letters.encode(["x"])[0])
    name = kind_of(asked, shard)
    assert name == f"{evidence} {form}".rstrip()
    assert set(parameters(name).ranking) <= set(SIGNALS)


def test_question_in_other_words_finds_its_entry(letters) -> None:
    shard = shard_of(korean())
    for text, link in (("혹시 환불 언제쯤 되는지 알려주실래요", "/0/"), ("배송이 얼마나 걸리는지 궁금해요", "/1/")):
        asked = Asked.of(text, "ko", letters)
        first = search(shard, asked, parameters(kind_of(asked, shard)).ranking)[0]
        assert first.passage.permalink == link
        assert first.parts["name_pieces"] > 0


@pytest.mark.parametrize("typed", ["AB-12", "ab 12", "ab12", "Ab_12", "ab.12"])
@pytest.mark.parametrize("written", ["AB-12", "AB 12", "AB12", "AB-12-C"])
def test_product_code_is_found_in_any_case_and_spacing(base: KnowledgeBase, write, typed: str, written: str) -> None:
    write("products/lamp._en.md", f"The {written} needs two bulbs.\n\n## Care\n\nDust it.", title="A lamp for the desk")
    base.refresh()
    assert base.ask(typed, "en").hits[0].passage.permalink == "/products/lamp/"


def test_code_that_no_article_has_stays_strange(base: KnowledgeBase) -> None:
    known = base.ask("grinder LK-220", "en").hits[0].parts["words"]
    assert base.ask("grinder ZZ-999", "en").hits[0].parts["words"] < known
