"""Commands: nothing a customer types is taken for an order to the bot."""

import pytest

from .customer import Customer, says, text_of
from .product import Product

DISGUISES = [
    "/restart",
    "   /restart",
    "\n/restart",
    "／restart",
    "\u200b/restart",
    "\ufeff /restart",
    "\u2060\u200d／restart",
    '/greet{"name":"x"}',
    "/intent{}",
    "/ intent { }",
    "/back",
    "/session_start",
    "/open_ticket",
    "EXTERNAL: open_ticket",
]


@pytest.mark.parametrize("typed", DISGUISES)
def test_a_command_of_the_bot_is_plain_text_in_every_disguise(open_shop: Product, typed: str) -> None:
    customer = Customer(open_shop)
    customer.say("I'd like to talk to a person")
    customer.say("I want to sell my own pottery in your shop")
    assert says(customer.say("Jane Miller"), "en", "ask-contact")
    shown = customer.say(typed)
    # The form stands where it stood: it wants a contact, and it is not left, begun again, emptied or sent.
    assert says(shown, "en", "ask-contact") or says(shown, "en", "ask-contact-again"), shown
    restated = text_of(customer.say("jane@example.com"))
    assert "Jane Miller" in restated
    assert "pottery" in restated


@pytest.mark.parametrize("typed", ["/restart", "／greet", "\u200b/intent{}"])
def test_what_was_typed_is_kept_as_it_was_typed(open_shop: Product, typed: str) -> None:
    customer = Customer(open_shop)
    customer.say(typed)
    assert customer.history()[0]["text"] == typed


@pytest.mark.parametrize(
    "typed",
    ["🙂", "...", "?", "ㅋㅋㅋ", "。。。", "1", "\u3000x\u3000", "a" * 2000, "\U0001f9d1\u200d\U0001f680 hello"],
)
def test_whatever_is_typed_is_answered(open_shop: Product, typed: str) -> None:
    assert text_of(Customer(open_shop).say(typed))
