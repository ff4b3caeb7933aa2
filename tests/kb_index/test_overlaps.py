"""What stands in two articles is named, and so is what they contradict each other in. Nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb_index.articles import Article, read_folder
from kb_index.overlaps import contradictions, repeated
from kb_index.pairs import alike

SAMPLE = Path(__file__).parents[2] / "training_data" / "articles"
LOGINGOV = Path(__file__).parents[3] / "shared" / "data" / "kb" / "logingov"
RETURNS = {
    "en": ("Returns", "You can return any item to us within 14 days of delivery, in its original box.", "14", "30"),
    "zh": ("退货", "收到商品以后，您可以在 14 天内把没有用过的商品连同原包装退回给我们。", "14", "30"),
    "ko": (
        "반품",
        "상품을 받은 날부터 14일 안에 사용하지 않은 상품을 원래 포장 그대로 반품할 수 있습니다.",
        "14",
        "30",
    ),
}
DENIED = {
    "en": ("You can return opened pillows and duvets to us.", "You cannot return opened pillows and duvets to us."),
    "zh": ("拆开包装的枕头和被子可以退回给我们的商店。", "拆开包装的枕头和被子不可以退回给我们的商店。"),
    "ko": ("포장을 뜯은 베개와 이불은 반품이 가능합니다.", "포장을 뜯은 베개와 이불은 반품이 불가능합니다."),
}  # fmt: skip


def article(lang: str, title: str, text: str, link: str, **changes: object) -> Article:
    made = Article(title, lang, link, "", False, (), text, f"{link.strip('/')}._{lang}.md", link)
    return replace(made, **changes)


@pytest.mark.parametrize("lang", RETURNS)
def test_other_days_for_the_same_are_a_contradiction(lang: str) -> None:
    title, text, days, others = RETURNS[lang]
    both = [article(lang, title, text, "/a/"), article(lang, f"{title}?", text.replace(days, others), "/b/")]
    [seems] = contradictions(both)
    assert {seems.one.text, seems.other.text} == {text, text.replace(days, others)}
    assert seems.about == ("days",)
    assert repeated(both) == []


@pytest.mark.parametrize("lang", RETURNS)
def test_the_same_said_twice_is_named_and_is_no_contradiction(lang: str) -> None:
    title, text, _, _ = RETURNS[lang]
    both = [article(lang, title, text, "/a/"), article(lang, f"{title}?", text, "/b/")]
    [same] = repeated(both)
    assert (same.one.article.permalink, same.other.article.permalink, same.likeness) == ("/a/", "/b/", 1)
    assert contradictions(both) == []


@pytest.mark.parametrize("lang", DENIED)
def test_one_that_says_no_to_the_other_is_a_contradiction(lang: str) -> None:
    yes, no = DENIED[lang]
    [seems] = contradictions([article(lang, "Pillows", yes, "/a/"), article(lang, "Duvets", no, "/b/")])
    assert {seems.one.text, seems.other.text} == {yes, no}
    assert seems.about == ()


def test_two_weeks_are_fourteen_days() -> None:
    _, text, _, _ = RETURNS["en"]
    both = [article("en", "A", text, "/a/"), article("en", "B", text.replace("14 days", "two weeks"), "/b/")]
    assert contradictions(both) == []


def test_fewer_figures_are_no_contradiction() -> None:
    more = "Standard delivery of a parcel takes 4 working days in the city and 9 working days elsewhere."
    less = "Standard delivery of a parcel takes 4 working days in the city and elsewhere."
    assert contradictions([article("en", "A", more, "/a/"), article("en", "B", less, "/b/")]) == []


def test_articles_called_the_same_are_held_against_each_other_in_their_own_words() -> None:
    one = article("en", "How long does a refund take?", "Your refund takes 5 working days from us to your bank.", "/a/")
    other = article("en", "How long does a refund take", "A refund takes 9 working days to your bank account.", "/b/")
    [seems] = contradictions([one, other])
    assert seems.about == ("working days",)
    assert contradictions([one, replace(other, title="Paying by bank transfer to us")]) == []


def test_other_languages_and_internal_articles_are_left_alone() -> None:
    _, text, days, others = RETURNS["en"]
    one, other = article("en", "A", text, "/a/"), article("en", "B", text.replace(days, others), "/b/")
    assert contradictions([one, replace(other, lang="de")]) == []
    assert contradictions([one, replace(other, internal=True)]) == []


def test_the_line_of_a_sentence_is_found_in_its_file(tmp_path: Path) -> None:
    _, text, days, others = RETURNS["en"]
    for name, days_told in (("a", days), ("b", others)):
        lines = ["---", f"title: Returns {name}", "---", "", "Welcome.", "", f"1. **You can** {text[8:]}", "2. Wait."]
        (tmp_path / f"{name}._en.md").write_text("\n".join(lines).replace(days, days_told), "utf-8")
    [seems] = contradictions(read_folder(tmp_path)[0])
    assert [seems.one.line(tmp_path), seems.other.line(tmp_path)] == [7, 7]


def test_the_sample_shop_contradicts_itself_nowhere_until_somebody_changes_a_figure() -> None:
    articles = read_folder(SAMPLE)[0]
    assert contradictions(articles) == []
    place = next(at for at, each in enumerate(articles) if each.permalink == "/ko/help/refunds/refund-times/")
    articles[place] = replace(
        articles[place], body=articles[place].body.replace("5영업일 안에 환불", "9영업일 안에 환불")
    )
    links = {seems.other.article.permalink for seems in contradictions(articles)}
    links |= {seems.one.article.permalink for seems in contradictions(articles)}
    assert {"/ko/help/refunds/refund-times/", "/ko/help/returns/start-a-return/"} <= links


def test_a_real_help_centre_raises_no_false_alarm() -> None:
    if not LOGINGOV.is_dir():
        pytest.skip("the shared data is not here")
    articles = read_folder(LOGINGOV)[0]
    assert contradictions(articles) == []
    assert [each.likeness for each in repeated(articles)][:1] == [1]


def test_pairs_are_those_that_comparing_each_with_each_would_find() -> None:
    sets = [frozenset(str(n) for n in range(start, start + 12) if n % step) for start in range(40) for step in (3, 5)]
    every = {
        (one, other)
        for other in range(len(sets))
        for one in range(other)
        if len(sets[one] & sets[other]) / len(sets[one] | sets[other]) >= 0.6
    }
    assert {(one, other) for one, other, _ in alike(sets, 0.6)} == every
    assert len(every) > 10
