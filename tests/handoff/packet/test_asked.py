"""An agent is told before asking for what the customer gave or did, and left alone otherwise."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from handoff.packet.asked import Known, asks_again, warning
from handoff.packet.parts import Attempted, Given
from tests.handoff.packet.making import LANGUAGES, a_packet, full

DRAFTS = {
    language: yaml.safe_load(Path(__file__).with_name(f"drafts_{language}.yml").read_text("utf-8"))
    for language in LANGUAGES
}
ASKS = [
    (language, {"email_or_phone": "email"}.get(field, field), draft)
    for language, drafts in DRAFTS.items()
    for field, listed in drafts["asks"].items()
    for draft in listed
]
LATER = [(language, fields, draft) for language in LANGUAGES for draft, fields in DRAFTS[language]["later"].items()]
FINE = [(language, draft) for language, drafts in DRAFTS.items() for draft in drafts["fine"]]


@pytest.mark.parametrize(("language", "field", "draft"), ASKS)
def test_asking_for_what_is_known_is_noticed(language: str, field: str, draft: str) -> None:
    assert [known.field for known in asks_again(draft, full(language), language)] == [field]


@pytest.mark.parametrize(("language", "fields", "draft"), LATER)
def test_asking_in_other_words_or_for_two_things_is_noticed(language: str, fields: list[str], draft: str) -> None:
    assert sorted(known.field for known in asks_again(draft, full(language), language)) == fields


@pytest.mark.parametrize(("language", "draft"), FINE)
def test_anything_else_is_left_alone(language: str, draft: str) -> None:
    assert asks_again(draft, full(language), language) == []


@pytest.mark.parametrize(("language", "fields", "draft"), [*LATER, *((one, [two], three) for one, two, three in ASKS)])
def test_an_empty_packet_lets_everything_be_asked(language: str, fields: list[str], draft: str) -> None:
    assert asks_again(draft, a_packet(), language) == []


def test_each_language_has_forty_drafts_half_of_them_fine() -> None:
    for language in LANGUAGES:
        asks = sum(1 for one in (*ASKS, *LATER) if one[0] == language)
        fine = sum(1 for one in FINE if one[0] == language)
        assert min(asks, fine) >= 40


def test_the_sentence_that_asks_is_named_and_each_thing_once() -> None:
    draft = "Sorry about the leak! What is your order number? I mean the order number of the kettle, please. Bye."
    (known,) = asks_again(draft, full("en"), "en")
    assert known == Known("order_number", "LL-20418837", "What is your order number?", 3)


def test_the_value_in_another_sentence_of_the_draft_makes_it_a_check() -> None:
    assert asks_again("I have LL-20418837 here. Could you confirm the order number?", full("en"), "en") == []
    assert asks_again("这边看到的是LL-20418837。请您确认一下订单号。", full("zh"), "zh") == []
    assert asks_again("LL-20418837 건으로 보고 있습니다. 주문번호 확인 부탁드립니다.", full("ko"), "ko") == []


def test_what_the_customer_would_not_say_is_not_asked_again_either() -> None:
    packet = a_packet(given=(Given("email", None, "refused", "I'd rather not", 4),))
    (known,) = asks_again("What's your e-mail address?", packet, "en")
    assert (known.field, known.value) == ("email", None)
    assert warning(known, "en") == "The customer said they would rather not give an e-mail address."


def test_who_refused_the_mail_and_gave_a_number_has_said_how_to_reach_them() -> None:
    given = (Given("email", None, "refused", "no mail", 4), Given("phone", "+31612345678", "claimed", "06", 5))
    (known,) = asks_again("How can we reach you?", a_packet(given=given), "en")
    assert (known.field, known.value) == ("phone", "+31612345678")


def test_an_article_that_was_only_named_may_be_pointed_to() -> None:
    named = Attempted("article", "/en/help/late/", "My parcel is late", "suggested", 2)
    draft = "Please have a look at “My parcel is late”."
    assert asks_again(draft, a_packet(tried=(named,)), "en") == []
    assert asks_again(draft, a_packet(tried=(replace(named, outcome="rejected"),)), "en") != []
    by_link = "Please read https://shop.example/en/help/late/ first"
    assert [one.value for one in asks_again(by_link, a_packet(tried=(replace(named, outcome="shown"),)), "en")] == [
        "My parcel is late"
    ]


def test_a_draft_in_another_language_than_the_customers_is_read_too() -> None:
    assert [one.field for one in asks_again("주문번호가 어떻게 되세요?", full("en"), "en")] == ["order_number"]
    assert [one.field for one in asks_again("What is your order number?", full("ko"), "ko")] == ["order_number"]


@pytest.mark.parametrize("language", [*LANGUAGES, "fr"])
@pytest.mark.parametrize(
    "field", ["name", "email", "phone", "contact", "order_number", "problem", "article", "step", "something_new"]
)
def test_every_warning_is_a_sentence_with_the_value(language: str, field: str) -> None:
    assert "the value" in warning(Known(field, "the value", "…"), language)
    assert len(warning(Known(field, None, "…"), language)) > 8


@pytest.mark.parametrize(
    "draft", ["", "   ", "?" * 5000, "a" * 20_000, "주" * 9_000, "订单号" * 3_000, "\x00\ud800 email?"]
)
def test_no_draft_is_too_strange(draft: str) -> None:
    asks_again(draft, full("en"), "en")
