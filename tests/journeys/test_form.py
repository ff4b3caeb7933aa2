"""The form: one thing at a time, nothing twice, and the customer may change their mind."""

import pytest

from handoff.tickets import Tickets

from .customer import Customer, Shown, says, text_of
from .product import Product

#: A matter for which no order number is needed.
WISH = "I want to sell my own pottery in your shop"


def opened(customer: Customer) -> list[Shown]:
    """A customer who asked for a person and said what it is about."""
    customer.say("can I talk to a person please")
    return customer.say(WISH)


def ticket_of(shop: Product, customer: Customer):  # type: ignore[no-untyped-def]
    [ticket] = shop.read(lambda db: Tickets(db).for_conversation(customer.id))
    return ticket


def test_everything_in_the_first_message_leaves_only_the_confirmation(open_shop: Product) -> None:
    customer = Customer(open_shop)
    first = "I want to talk to a person. My kettle leaks. My name is Jane Miller, jane@example.com, order LL-20418837"
    shown = customer.say(first)
    if says(shown, "en", "ask-question"):
        shown = customer.say("my kettle leaks")
    for part in ("kettle leaks", "Jane Miller", "jane@example.com"):
        assert part in text_of(shown)
    assert says(shown, "en", "restate-ask"), shown


@pytest.mark.parametrize(
    ("locale", "first"),
    [
        ("en", "my parcel is late, order LL-20418837, I'm Jane Miller, jane@example.com"),
        ("zh", "我叫王小明，邮箱 jane@example.com，订单 LL-20418837 的包裹晚到了"),
        ("ko", "제 이름은 김민수이고 jane@example.com 주문번호 LL-20418837 택배가 늦어요"),
    ],
)
def test_what_was_said_before_the_form_is_not_asked_in_it(open_shop: Product, locale: str, first: str) -> None:
    customer = Customer(open_shop, locale)
    customer.say(first)
    shown = customer.say({"en": "can I talk to a person", "zh": "转人工", "ko": "상담원 연결해 주세요"}[locale])
    if says(shown, locale, "ask-question"):
        shown = customer.say({"en": "my kettle leaks", "zh": "水壶漏水", "ko": "주전자에서 물이 새요"}[locale])
    assert says(shown, locale, "restate-ask"), shown
    assert "jane@example.com" in text_of(shown)


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(open_shop: Product) -> None:
    customer = Customer(open_shop)
    opened(customer)
    shown = customer.say("how long does a refund take?")
    assert shown[0]["sources"], shown
    assert says(shown, "en", "ask-name")
    assert says(customer.say("Jane Miller"), "en", "ask-contact")


def test_a_correction_at_the_end_replaces_and_is_said_back(open_shop: Product) -> None:
    customer = Customer(open_shop)
    opened(customer)
    customer.say("Jane Miller")
    customer.say("jane@example.com")
    shown = customer.say("no, my mail is miller@example.org")
    assert "miller@example.org" in text_of(shown)
    assert "jane@example.com" not in text_of(shown)
    customer.say("yes")
    assert ticket_of(open_shop, customer).details["email"]["value"] == "miller@example.org"


def test_change_something_asks_what(open_shop: Product) -> None:
    customer = Customer(open_shop)
    opened(customer)
    customer.say("Jane Miller")
    restated = customer.say("jane@example.com")
    assert says(customer.press(restated[-1], 1), "en", "ask-correction")
    assert "Joan Miller" in text_of(customer.say("my name is Joan Miller"))


def test_a_refusal_is_respected_and_the_ticket_says_so(open_shop: Product) -> None:
    customer = Customer(open_shop)
    opened(customer)
    customer.say("I'd rather not say")
    shown = customer.say("I don't want to give that")
    assert says(shown, "en", "restate-nobody"), shown
    shown = customer.say("yes")
    assert says(shown, "en", "ticket-reply-here"), shown
    details = ticket_of(open_shop, customer).details
    assert details["name"]["status"] == details["contact"]["status"] == "refused"


@pytest.mark.parametrize(("reply", "kept"), [("yes", "jane@gmail.com"), ("no", "jane@gmial.com")])
def test_a_likely_typo_is_asked_about_and_the_customer_has_the_last_word(
    open_shop: Product, reply: str, kept: str
) -> None:
    customer = Customer(open_shop)
    opened(customer)
    customer.say("Jane Miller")
    assert says(customer.say("jane@gmial.com"), "en", "ask-email_typo", email="jane@gmail.com")
    assert kept in text_of(customer.say(reply))


@pytest.mark.parametrize(("locale", "words"), [("en", "never mind"), ("zh", "算了"), ("ko", "됐어요")])
def test_never_mind_leaves_the_form_without_a_ticket(open_shop: Product, locale: str, words: str) -> None:
    customer = Customer(open_shop, locale)
    customer.say({"en": "can I talk to a person", "zh": "转人工", "ko": "상담원 연결해 주세요"}[locale])
    assert says(customer.say(words), locale, "abandoned")
    assert open_shop.read(lambda db: Tickets(db).for_conversation(customer.id)) == []


def test_the_form_ends_even_for_a_customer_who_never_answers(open_shop: Product) -> None:
    customer = Customer(open_shop)
    opened(customer)
    for _ in range(25):
        shown = customer.say("blah blah")
        if shown[-1]["type"] == "ticket":
            break
    assert ticket_of(open_shop, customer).question


def test_a_request_for_a_person_inside_the_form_is_heard(open_shop: Product) -> None:
    customer = Customer(open_shop)
    opened(customer)
    shown = customer.say("I want to speak to a human agent")
    assert says(shown, "en", "person-noted"), shown
    assert says(shown, "en", "ask-name"), shown
