"""A section that only sends the reader on gives way to the article it sends to."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kb_index.articles import Article
from kb_index.base import KnowledgeBase
from kb_index.confidence import is_rival
from kb_index.encoder import Encoder
from kb_index.search import POINTED, Asked, Hit, weighed
from kb_index.search import gather as evidence_of
from kb_index.shard import Layout, Shard
from tests.kb_index.letters import LetterEncoder

ARTICLES = Path(__file__).parents[2] / "training_data" / "articles"
START = "returns/start-a-return/"
SENDS = "Write to us before you open the box of the lamp. To return a lamp, see [Return a lamp](/return/)."
TOLD = "To return a lamp, print the label, put it on the box and hand the box to the carrier."


@pytest.fixture(scope="module")
def sample(minilm: Encoder, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The sample shop; what was encoded before is taken from where the tests keep it."""
    store = tmp_path_factory.mktemp("signposts") / "index"
    kept = Path(os.environ.get("FRONTDOOR_TEST_CACHE", "")) / "index"
    if (kept / "segments").is_dir():
        shutil.copytree(kept, store)
    base = KnowledgeBase(ARTICLES, minilm, store)
    base.load(rebuild=True)
    return base


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en", "how do I return something?"),
        ("en", "How do I return an item?"),
        ("zh", "怎么退货"),
        ("zh", "退货怎么弄"),
        ("ko", "반품 어떻게 해요"),
        ("ko", "반품은 어떻게 하나요?"),
    ],
)
def test_how_to_return_is_told_by_the_article_about_returns(sample: KnowledgeBase, lang: str, question: str) -> None:
    outcome = sample.ask(question, lang)
    assert outcome.hits[0].passage.permalink == f"/{lang}/help/{START}"
    assert outcome.kind in ("answer", "suggest")


def test_what_cannot_be_returned_is_still_told_by_its_own_article(sample: KnowledgeBase) -> None:
    for lang, question in (("en", "what can't be returned?"), ("zh", "什么东西不能退"), ("ko", "반품할 수 없는 상품")):
        assert sample.ask(question, lang).hits[0].passage.permalink == f"/{lang}/help/returns/cannot-return/"


def article(title: str, link: str, body: str) -> Article:
    return Article(title, "xx", link, "", False, (), body, f"{link.strip('/')}.md", link)


def found(*articles: Article, question: str = "return a lamp") -> list[Hit]:
    shard = Shard("xx", Layout.of(articles), None)
    asked = Asked.of(question, "xx", LetterEncoder())
    return weighed(shard, asked, evidence_of(shard, asked), {"words": 1.0, "chars": 3.0}, 10)


def test_score_of_the_one_sent_to_is_the_sum_of_what_is_shown() -> None:
    first, second = found(article("Lamps", "/lamps/", SENDS), article("Return a lamp", "/return/", TOLD))
    assert (first.passage.permalink, first.sent_by) == ("/return/", "/lamps/")
    assert first.score == pytest.approx(
        first.parts["words"] + 3 * first.parts["chars"] + first.parts[POINTED], abs=0.01
    )
    assert first.score > second.score
    assert second.parts[POINTED] == 0


def test_one_that_sends_to_the_first_does_not_speak_against_it() -> None:
    first, second = found(article("Lamps", "/lamps/", SENDS), article("Return a lamp", "/return/", TOLD))
    assert not is_rival(first, second)
    other = article("Return a lamp to us", "/other/", "To return a lamp, ask us for a label and a box.")
    assert any(is_rival(first, hit) for hit in found(article("Lamps", "/lamps/", SENDS), other))


def test_where_letters_are_compared_the_sentence_that_is_meant_must_send() -> None:
    apart = "You can return a lamp within a month. Bulbs are another matter, see [Return a lamp](/return/)."
    hits = found(article("Lamps", "/lamps/", apart), article("Return a lamp", "/return/", TOLD))
    assert [hit.sent_by for hit in hits] == ["", ""]


def test_one_that_is_far_behind_does_not_pass() -> None:
    far = article("Carriers", "/return/", "A carrier brings boxes to the door, and in the winter it takes a while.")
    assert [hit.sent_by for hit in found(article("Lamps", "/lamps/", SENDS), far)] == ["", ""]
