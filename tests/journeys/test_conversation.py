"""Conversation: a follow-up is understood, a vague word is asked back, and two questions get two answers."""

import json
from collections.abc import Iterator

import httpx
import pytest

from .customer import Customer, Shown, offers, says
from .product import Product, run
from .street import PASSWORD, employ

FOLLOW_UPS = {
    "en": ("I forgot my password", "how long is the link valid?", "/en/help/account/reset-password/", "60 minutes"),
    "zh": ("怎么换账户邮箱？", "旧的那个已经用不了了", "/zh/help/account/change-email/", "核实身份"),
    "ko": ("주물 팬 CP-28 관리법", "녹이 슬면요?", "/ko/help/products/cast-iron-pan-cp-28/", "녹을 닦아"),
}
VAGUE = {"en": "refund", "zh": "退款", "ko": "배송"}
DOUBLE = {
    "en": ("Where do I find my invoice? And how do I change my e-mail address?", "invoice", "change-email"),
    "zh": ("怎么下载发票？另外怎么换账户邮箱？", "invoice", "change-email"),
    "ko": ("비밀번호를 잊어버렸어요. 그리고 뉴스레터 수신을 그만두고 싶어요", "reset-password", "newsletter"),
}
UNKNOWN = "Where do I find my invoice? And do you teach surfing in Portugal?"
LANGUAGES = ("en", "zh", "ko")
#: A replay starts a bot of its own.
PATIENCE = 180


@pytest.fixture
def lead(open_shop: Product) -> Iterator[httpx.Client]:
    """A support lead, signed in."""
    employ(open_shop, "talks", "supervisor")
    with httpx.Client(base_url=f"{open_shop.url}/api/v1", timeout=30, trust_env=False) as client:
        client.post("/desk/sign-in", json={"name": "talks", "password": PASSWORD}).raise_for_status()
        yield client


def answered(customer: Customer, question: str, permalink: str) -> list[Shown]:
    """Asks until the article is told; one that is only named is chosen."""
    shown = customer.say(question)
    if offers(shown, customer.locale, "answer-helped"):
        assert shown[-1]["sources"][0]["permalink"] == permalink
        return shown
    return customer.say(next(s["title"] for s in shown[-1]["sources"] if s["permalink"] == permalink))


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_follow_up_is_answered_from_the_article_before_it(open_shop: Product, locale: str) -> None:
    question, follow_up, permalink, told = FOLLOW_UPS[locale]
    customer = Customer(open_shop, locale)
    answered(customer, question, permalink)
    shown = customer.say(follow_up)
    assert shown[-1]["sources"][0]["permalink"] == permalink, shown
    assert told in shown[-1]["text"]
    assert says(shown, locale, "understood")
    assert says(shown, locale, "helped-ask")


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_vague_word_is_asked_back_and_the_choice_that_is_typed_is_told(open_shop: Product, locale: str) -> None:
    customer = Customer(open_shop, locale)
    shown = customer.say(VAGUE[locale])
    assert says(shown, locale, "ask-back-subject", subject=VAGUE[locale]), shown
    assert offers(shown, locale, "ask-back-none")
    titles = [button["title"] for button in shown[-1]["buttons"]]
    assert 3 <= len(titles) <= 5
    told = customer.say("2")
    assert told[-1]["sources"][0]["title"] == titles[1]
    assert offers(told, locale, "answer-helped")


@pytest.mark.parametrize("locale", LANGUAGES)
def test_two_questions_get_two_answers_in_their_order(open_shop: Product, locale: str) -> None:
    message, first, second = DOUBLE[locale]
    shown = Customer(open_shop, locale).say(message)
    told = [one["sources"][0]["permalink"].split("/")[-2] for one in shown if one["sources"]]
    assert told == [first, second], shown


def test_of_two_questions_the_unknown_one_is_said_to_be_unknown(open_shop: Product) -> None:
    customer = Customer(open_shop)
    shown = customer.say(UNKNOWN)
    assert len(shown) == 2, shown
    assert shown[0]["sources"][0]["permalink"].endswith("/invoice/")
    assert says(shown[1:], "en", "several-unknown") or says(shown[1:], "en", "several-suggest")


def test_why_tells_of_a_follow_up_and_a_replay_comes_to_the_same(open_shop: Product, lead: httpx.Client) -> None:
    question, follow_up, permalink, _ = FOLLOW_UPS["en"]
    customer = Customer(open_shop)
    answered(customer, question, permalink)
    shown = customer.say(follow_up)
    why = lead.get(f"/conversations/{customer.id}/messages/{shown[-1]['seq']}/why").raise_for_status().json()
    assert why["understanding"]["follow_up"]["leans"] is True
    assert why["understanding"]["follow_up"]["section"].startswith(permalink)
    done = run(open_shop.settings, "replay", customer.id, "--json", timeout=PATIENCE)
    again = json.loads(done.stdout)
    assert again["differences"] == [], done.stderr
    assert (done.returncode, again["same"]) == (0, True)
