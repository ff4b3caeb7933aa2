"""A person: asked for, promised as the hours allow, and reached by a ticket in the queue."""

from datetime import UTC, datetime

import pytest

from handoff.hours import load_hours
from handoff.promises import Promises
from handoff.tickets import Tickets
from handoff.when import say_when

from .customer import Customer, fill, says, text_of
from .product import Product

ASKED = {"en": "can I talk to a human please", "zh": "我要转人工", "ko": "상담원 연결해 주세요"}
MATTER = {"en": "my kettle leaks", "zh": "我的水壶漏水了", "ko": "주전자에서 물이 새요"}


def team(shop: Product):  # type: ignore[no-untyped-def]
    return load_hours(shop.settings["HOURS_FILE"]).default


@pytest.mark.parametrize("locale", ["en", "zh", "ko"])
def test_in_hours_the_customer_hears_until_when_the_team_is_there(open_shop: Product, locale: str) -> None:
    now, hours = datetime.now(UTC), team(open_shop)
    shown = Customer(open_shop, locale).say(ASKED[locale])
    closes = hours.next_closing(now)
    assert closes is not None
    assert says(shown, locale, "person-open", closes=say_when(closes, now, hours.timezone, locale)), shown
    assert says(shown, locale, "ask-question"), shown


@pytest.mark.parametrize("locale", ["en", "zh", "ko"])
def test_out_of_hours_the_customer_hears_when_the_team_is_back(closed_shop: Product, locale: str) -> None:
    now, hours = datetime.now(UTC), team(closed_shop)
    shown = Customer(closed_shop, locale).say(ASKED[locale])
    opens = hours.next_opening(now)
    assert opens is not None
    assert says(shown, locale, "person-closed", opens=say_when(opens, now, hours.timezone, locale)), shown


@pytest.mark.parametrize("locale", ["en", "zh", "ko"])
def test_the_ticket_of_a_request_for_a_person_promises_what_was_said(shop: Product, locale: str) -> None:
    customer, hours = Customer(shop, locale), team(shop)
    name = {"en": "Jane Miller", "zh": "王小明", "ko": "김민수"}[locale]
    answers = {"question": MATTER[locale], "name": name, "contact": "jane@example.com"}
    restated = fill(customer, customer.say(ASKED[locale]), **answers)
    assert says(restated, locale, "restate", question=MATTER[locale]), restated
    shown = customer.press(restated[-1], 0)
    assert says(shown, locale, "ticket-person"), shown
    [ticket] = shop.read(lambda db: Tickets(db).for_conversation(customer.id))
    [promise] = shop.read(lambda db: Promises(db).for_conversation(customer.id))
    assert shown[-1]["ticket"]["number"] == ticket.number
    assert ticket.kind == "person"
    assert ticket.reply_by == promise.due_at
    assert promise.ticket_id == ticket.id
    said = say_when(promise.due_at, ticket.opened_at, hours.timezone, locale)
    assert said in text_of(shown)
    assert said in promise.text
