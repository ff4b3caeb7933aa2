"""Answers: a routine question is answered from an article, or another way is found."""

import pytest

from .customer import Customer, Shown, offers, says, until_ticket_offer
from .product import Product

PARCEL = {
    "en": "my parcel says delivered but nothing is here",
    "zh": "包裹显示已签收但我没收到",
    "ko": "비밀번호를 잊어버렸어요",
}
VAGUE = {
    "en": ["delivery", "something about my order", "question about gift things", "change it please"],
    "zh": ["配送", "关于礼物的事", "订单的事情", "怎么改"],
    "ko": ["배송", "선물 관련해서요", "주문 관련 문의", "바꾸고 싶은데"],
}
UNKNOWN = {
    "en": "do you give surfing lessons in Portugal in August",
    "zh": "你们八月份在葡萄牙教冲浪吗",
    "ko": "8월에 포르투갈에서 서핑 강습도 하나요",
}


@pytest.mark.parametrize("locale", ["en", "zh", "ko"])
def test_a_routine_question_is_answered_from_an_article_with_its_link(shop: Product, locale: str) -> None:
    customer = Customer(shop, locale)
    shown = customer.say(PARCEL[locale])
    assert offers(shown, locale, "answer-helped"), shown
    source = shown[-1]["sources"][0]
    assert source["permalink"].startswith(f"/{locale}/")
    assert source["url"].startswith(f"/kb{source['permalink']}")
    assert says(customer.press(shown[-1], 0), locale, "glad-it-helped")


@pytest.mark.parametrize("reply", ["yes", "Yes, thanks!"])
def test_a_typed_yes_after_an_answer_means_that_it_helped(open_shop: Product, reply: str) -> None:
    customer = Customer(open_shop)
    customer.say(PARCEL["en"])
    shown = customer.say(reply)
    assert len(shown) == 1, shown


def test_a_typed_no_after_an_answer_leads_on_and_is_answered_once(open_shop: Product) -> None:
    customer = Customer(open_shop)
    customer.say(PARCEL["en"])
    shown = customer.say("no")
    assert says(shown, "en", "not-helped")
    assert len(shown) == 1, shown


def suggested(shop: Product, locale: str) -> tuple[Customer, list[Shown]]:
    for question in VAGUE[locale]:
        customer = Customer(shop, locale)
        shown = customer.say(question)
        if offers(shown, locale, "suggest-none") or offers(shown, locale, "ask-back-none"):
            return customer, shown
    raise AssertionError(f"None of these brought suggestions: {VAGUE[locale]}")


@pytest.mark.parametrize("locale", ["en", "zh", "ko"])
def test_a_vague_question_brings_articles_by_name_and_the_chosen_one_is_told(open_shop: Product, locale: str) -> None:
    customer, shown = suggested(open_shop, locale)
    titles = [button["title"] for button in shown[-1]["buttons"]]
    assert 2 <= len(titles) <= 5
    told = customer.press(shown[-1], 0)
    assert told[-1]["sources"][0]["title"] == titles[0]
    assert offers(told, locale, "answer-not-it")


@pytest.mark.parametrize("locale", ["en", "zh", "ko"])
def test_what_did_not_help_is_not_told_again_and_a_person_is_offered_in_the_end(shop: Product, locale: str) -> None:
    customer = Customer(shop, locale)
    offered = until_ticket_offer(customer, PARCEL[locale])
    key = "offer-ticket-open" if shop.settings.get("DATABASE_URL") is None else "offer-ticket-closed"
    assert says(offered, locale, key), offered


@pytest.mark.parametrize("locale", ["en", "zh", "ko"])
def test_what_no_article_answers_is_said_honestly_and_leads_to_a_person(open_shop: Product, locale: str) -> None:
    customer = Customer(open_shop, locale)
    offered = customer.say(UNKNOWN[locale])
    assert not offers(offered, locale, "answer-helped"), offered
    way = [offers(offered, locale, key) for key in ("open-ticket-button", "ask-person-button", "suggest-none")]
    assert any(way), offered


def test_asking_the_same_twice_is_not_answered_with_the_same_words(open_shop: Product) -> None:
    customer = Customer(open_shop)
    first, second = customer.say(PARCEL["en"]), customer.say(PARCEL["en"])
    assert first[-1]["text"] != second[-1]["text"]


def test_the_customer_is_answered_in_the_language_they_write_in(open_shop: Product) -> None:
    customer = Customer(open_shop, "en")
    shown = customer.say(PARCEL["zh"])
    assert offers(shown, "zh", "answer-helped"), shown
