"""A message leans on what was before when the search says so; words alone decide nothing."""

from __future__ import annotations

import pytest

from kb_index.base import KnowledgeBase
from kb_index.leaning import Before, leaning, size
from kb_index.leaning_words import goes_on, points_back
from kb_index.vague_words import asks_something, gives_verdict, matter_words, names_subject


@pytest.mark.parametrize(
    "text", ["and for the app?", "what if it breaks", "那欧盟以外呢？", "그럼 문자는요?", "but it is late"]
)
def test_words_that_go_on_are_seen(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize("text", ["how do I return a lamp", "怎么退货？", "반품은 어떻게 해요?", "android app"])
def test_a_question_of_its_own_does_not_go_on(text: str) -> None:
    assert not goes_on(text)
    assert not points_back(text)


@pytest.mark.parametrize(
    "text", ["how long does that take", "is it free?", "这个谁付？", "那要多久？", "그건 얼마예요?"]
)
def test_words_that_point_back_are_seen(text: str) -> None:
    assert points_back(text)


@pytest.mark.parametrize("text", ["is there a warranty", "it has been two weeks", "is it possible to pay by card"])
def test_it_and_there_that_point_at_nothing_are_passed_over(text: str) -> None:
    assert not points_back(text)


@pytest.mark.parametrize(
    "text", ["it doesn't work", "where is it?", "I have a problem", "不能用", "有问题", "안 돼요", "문제가 있어요"]
)
def test_a_message_may_name_no_matter(text: str) -> None:
    assert matter_words(text) == []


@pytest.mark.parametrize("text", ["refund", "my order", "退款", "배송", "배송 관련 문의"])
def test_a_message_may_name_a_subject_and_no_more(text: str) -> None:
    assert names_subject(text)
    assert not asks_something(text)


@pytest.mark.parametrize("text", ["when do I get my refund", "退款要多久", "배송은 얼마나 걸려요"])
def test_who_asks_how_or_when_names_more_than_a_subject(text: str) -> None:
    assert not names_subject(text)


@pytest.mark.parametrize("text", ["that's not it", "that didn't help", "不对", "이게 아니에요"])
def test_a_verdict_is_no_matter(text: str) -> None:
    assert gives_verdict(text)


@pytest.mark.parametrize("text", ["but the mail doesn't come", "可是没收到邮件", "메일이 안 와요"])
def test_a_matter_is_no_verdict(text: str) -> None:
    assert not gives_verdict(text)


@pytest.mark.parametrize(("text", "words"), [("how long?", 2), ("那要多久？", 2), ("LK-220 청소", 2), ("", 0)])
def test_a_length_is_counted_in_words_in_every_script(text: str, words: float) -> None:
    assert size(text) == words


def test_what_the_search_finds_decides_for_the_same_words(base: KnowledgeBase) -> None:
    hits = base.ask("how long does that take", "en").hits
    before = Before("How do I return an item?", (hits[0].passage.permalink,))
    assert leaning("how long does that take", before, hits, 0.2, 0.7).leans
    elsewhere = Before("How do I return an item?", ("/somewhere/else/",))
    assert not leaning("how long do refunds take", elsewhere, hits, 0.7, 0.7).leans


@pytest.mark.parametrize("text", ["how much", "How long?", "when?", "多少钱", "要多久", "얼마예요?", "며칠이나 걸려요"])
def test_what_only_asks_how_much_or_how_long_is_about_what_was_told(base: KnowledgeBase, text: str) -> None:
    hits = base.ask("how much does delivery cost", "en").hits
    assert leaning(text, Before("Can you gift wrap my order?", ("/somewhere/else/",)), hits, 0.6, 0.7).leans


@pytest.mark.parametrize("text", ["how much is delivery", "运费多少钱", "배송비 얼마예요?"])
def test_what_names_its_matter_is_not_taken_so(base: KnowledgeBase, text: str) -> None:
    hits = base.ask("how much does delivery cost", "en").hits
    assert not leaning(text, Before("Can you gift wrap my order?", ("/somewhere/else/",)), hits, 0.6, 0.7).leans


def test_a_long_message_says_itself_what_it_is_about(base: KnowledgeBase) -> None:
    text = "and then I wanted to know whether that lamp of yours from the spring catalogue can be had in green"
    hits = base.ask(text, "en").hits
    assert not leaning(text, Before("lamp", (hits[0].passage.permalink,)), hits, 0.1, 0.7).leans


def test_a_bare_subject_is_a_new_one_unless_it_leads_to_the_same_article(base: KnowledgeBase) -> None:
    hits = base.ask("return", "en").hits
    assert not leaning("parcels", Before("q", ("/somewhere/else/",)), hits, 0.1, 0.7).leans
    assert leaning("return", Before("q", (hits[0].passage.permalink,)), hits, 0.1, 0.7).leans
