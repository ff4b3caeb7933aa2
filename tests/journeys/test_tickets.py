"""Tickets: what the bot cannot answer is with a colleague at the end, with all that was said."""

import pytest

from api import wording
from handoff.tickets import Tickets

from .customer import Customer, fill, offers, says, text_of, until_ticket_offer
from .product import Product, run

MATTER = {
    "en": "the teapot arrived broken, the lid is cracked",
    "zh": "收到的茶壶是坏的，壶盖裂了",
    "ko": "받은 찻주전자가 파손됐어요, 뚜껑에 금이 갔어요",
}
NAME = {"en": "Jane Miller", "zh": "王小明", "ko": "김민수"}
CONTACT = {"en": "jane@example.com", "zh": "13800138000", "ko": "010-1234-5678"}
KEPT = {"en": "jane@example.com", "zh": "+8613800138000", "ko": "+821012345678"}
ORDER = "LL-20418837"


@pytest.mark.parametrize("locale", ["en", "zh", "ko"])
def test_a_ticket_holds_everything_the_customer_said_and_was_given(shop: Product, locale: str) -> None:
    customer = Customer(shop, locale)
    offered = until_ticket_offer(customer, MATTER[locale])
    asked = customer.press(offered[-1], 0)
    assert says(asked, locale, "ask-name"), asked
    assert says(customer.say(NAME[locale]), locale, "ask-contact")
    assert says(customer.say(CONTACT[locale]), locale, "ask-order_number")
    restated = customer.say(ORDER)
    for part in (MATTER[locale], NAME[locale], KEPT[locale], ORDER):
        assert part in text_of(restated)
    assert shop.read(lambda db: Tickets(db).for_conversation(customer.id)) == []
    shown = customer.press(restated[-1], 0)
    [ticket] = shop.read(lambda db: Tickets(db).for_conversation(customer.id))
    assert says(shown, locale, "ticket-opened", number=ticket.number)
    assert shown[-1]["type"] == "ticket"
    assert shown[-1]["ticket"]["number"] == ticket.number
    assert ticket.kind == "question"
    assert ticket.language == locale
    assert ticket.question == MATTER[locale]
    given = {name: detail["value"] for name, detail in ticket.details.items() if isinstance(detail, dict)}
    contact = given.get("email") or given.get("phone")
    assert (given["name"], contact, given["order_number"]) == (NAME[locale], KEPT[locale], ORDER)
    assert ticket.details["confirmed"] is True
    assert ticket.intent == "damaged_item"
    assert ticket.tried, "what was tried is not in the ticket"
    assert {one["outcome"] for one in ticket.tried} <= {"rejected", "suggested"}
    lines = [(line["role"], line["text"]) for line in ticket.transcript]
    seen = [(e["role"], e["text"]) for e in customer.history() if e["text"]]
    assert lines == seen[: len(lines)]
    assert ("customer", wording.say(locale, "confirm-yes")) in lines


PERSON = "I'd like to talk to a person"
WISH = "I want to sell my own pottery in your shop"


def with_ticket(customer: Customer) -> str:
    """A customer who has got a ticket about their wish; its number."""
    shown = fill(customer, customer.say(PERSON), question=WISH, name="Jane Miller", contact="jane@example.com")
    return str(customer.press(shown[-1], 0)[-1]["ticket"]["number"])


def test_a_ticket_is_shown_to_the_operator(closed_shop: Product) -> None:
    number = with_ticket(Customer(closed_shop))
    told = run(closed_shop.settings, "tickets", "show", number.lower())
    assert told.returncode == 0
    assert WISH in told.stdout + told.stderr
    listed = run(closed_shop.settings, "tickets", "list")
    assert number in listed.stdout + listed.stderr


def test_a_second_request_for_help_makes_a_second_ticket_and_asks_nothing_again(open_shop: Product) -> None:
    customer = Customer(open_shop)
    with_ticket(customer)
    restated = fill(customer, customer.say(PERSON), question="do you ship to Iceland by boat")
    assert "jane@example.com" in text_of(restated)
    assert "Jane Miller" in text_of(restated)
    customer.press(restated[-1], 0)
    tickets = open_shop.read(lambda db: Tickets(db).for_conversation(customer.id))
    assert [t.question for t in tickets] == [WISH, "do you ship to Iceland by boat"]


def test_declining_the_offer_makes_no_ticket(open_shop: Product) -> None:
    customer = Customer(open_shop)
    offered = until_ticket_offer(customer, MATTER["en"])
    assert offers(offered, "en", "no")
    assert says(customer.press(offered[-1], 1), "en", "all-right")
    assert open_shop.read(lambda db: Tickets(db).for_conversation(customer.id)) == []
