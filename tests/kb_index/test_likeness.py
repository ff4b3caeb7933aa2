"""Two texts say the same when their words and their figures do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb_index.articles import Article
from kb_index.base import KnowledgeBase
from kb_index.confidence import features
from kb_index.likeness import are_twins, likeness, says_the_same
from kb_index.passages import passages
from kb_index.search import SIGNALS, Asked, Hit
from tests.kb_index.letters import LetterEncoder

TEXTS = {
    "en": "We refund you within 5 working days after your return arrives at our warehouse in the north.",
    "zh": "仓库收到您退回的商品以后，我们会在 5 个工作日内退款，到时会发邮件通知您。",
    "ko": "반품하신 상품이 창고에 도착하면 5영업일 안에 환불하고 메일로 알려 드립니다.",
}


def article(lang: str, text: str, link: str = "/a/", title: str = "Refunds") -> Article:
    return Article(title, lang, link, "", False, (), text, f"{link}.md", link)


@pytest.mark.parametrize("lang", TEXTS)
def test_same_text_written_down_twice_is_the_same(lang: str) -> None:
    one, other = article(lang, TEXTS[lang]), article(lang, TEXTS[lang].replace("。", " 。"), "/b/")
    assert says_the_same(passages(one)[0], passages(other)[0])
    assert are_twins(one, other)
    assert likeness(TEXTS[lang], TEXTS[lang], lang) == 1


@pytest.mark.parametrize("lang", TEXTS)
def test_other_figures_are_another_matter(lang: str) -> None:
    one, other = article(lang, TEXTS[lang]), article(lang, TEXTS[lang].replace("5", "15"), "/b/")
    assert not says_the_same(passages(one)[0], passages(other)[0])
    assert not are_twins(one, other)


def test_two_models_of_a_device_are_no_twins() -> None:
    text = "The grinder is cleaned with a dry brush after every use, and never with water or soap."
    assert not are_twins(article("en", text, title="Grinder LK-220"), article("en", text, "/b/", "Grinder LK-310"))


def test_few_words_are_too_few_to_call_two_articles_twins() -> None:
    assert not are_twins(article("en", "Ask us.", title="Returns"), article("en", "Ask us.", "/b/", title="Returns"))


def test_second_that_says_the_same_takes_no_confidence_away() -> None:
    one, same = article("en", TEXTS["en"]), article("en", TEXTS["en"], "/b/", "Refund times")
    other = article("en", "A parcel counts as late after two weeks, then we search for it.", "/c/", "Late parcels")
    asked = Asked.of("when is my refund", "en", LetterEncoder())
    hits = [
        Hit(passages(each)[0], score, dict.fromkeys(SIGNALS, score))
        for each, score in ((one, 0.9), (same, 0.89), (other, 0.5))
    ]
    seen = features(hits, asked, 0.1)
    assert seen["lead"] == pytest.approx(0.4)
    changed = replace(hits[1], passage=passages(article("en", TEXTS["en"].replace("5", "9"), "/b/"))[0])
    assert features([hits[0], changed, hits[2]], asked, 0.1)["lead"] == pytest.approx(0.01)


def test_of_two_articles_that_say_the_same_one_is_suggested(write, letters: LetterEncoder, tmp_path: Path) -> None:
    body = "Lamps are sent in a box of their own, with the bulb beside the lamp and not in the lamp itself."
    for name, title in (("lamps", "Sending lamps"), ("bulbs", "Sending lamps, too"), ("late", "Sending late")):
        text = body if name != "late" else "A parcel with lamps counts as late after some weeks. Write to us then."
        write(f"{name}._en.md", text, title=title)
    base = KnowledgeBase(tmp_path / "articles", letters, tmp_path / "store")
    base.load()
    outcome = base.ask("sending lamps and more", "en")
    assert outcome.kind == "suggest"
    links = [suggestion.permalink for suggestion in outcome.suggestions]
    assert "/late/" in links
    assert len({"/lamps/", "/bulbs/"} & set(links)) == 1
