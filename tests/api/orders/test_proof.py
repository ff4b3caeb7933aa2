"""Proof: the right contact in whatever way it is written, and no other."""

from datetime import date

import pytest

from api.orders.book import Order
from api.orders.proof import Contact, proves, without_contact
from handoff.details import find_details, region_hints

DAY = date(2026, 11, 16)
DUTCH = Order("LL-1", "shipped", DAY, "jane@example.com", "+31612345678")
KOREAN = Order("LL-2", "shipped", DAY, None, "+821012345678")
SEOUL = Order("LL-5", "shipped", DAY, None, "+82231234567")
CHINESE = Order("LL-3", "shipped", DAY, None, "+8613800138000")


def given(text: str, language: str = "en") -> Contact:
    found = find_details(text, region_hints(language), None, "contact")
    return Contact(
        found.email.value if found.email else None,
        found.phone.value if found.phone else None,
        found.phone.raw if found.phone else None,
    )


@pytest.mark.parametrize(
    ("text", "language", "order"),
    [
        ("jane@example.com", "en", DUTCH),
        ("it's Jane@Example.COM", "en", DUTCH),
        ("06-12345678", "en", DUTCH),
        ("+31 6 1234 5678", "ko", DUTCH),
        ("0031612345678", "en", DUTCH),
        ("010-1234-5678", "ko", KOREAN),
        # In Haarlem this would be a number of its own; in Seoul it is the one the order has.
        ("02-3123-4567", "en", SEOUL),
        ("138 0013 8000", "zh", CHINESE),
        ("wrong@example.com or 06 12345678", "en", DUTCH),
    ],
)
def test_the_orders_own_contact_is_known_however_it_is_written(text: str, language: str, order: Order) -> None:
    assert proves(given(text, language), order)


@pytest.mark.parametrize(
    "contact",
    [
        Contact(),
        Contact("", "", ""),
        Contact("joan@example.com"),
        Contact("jane@example.org"),
        Contact("+31612345678"),
        Contact(None, "jane@example.com", "jane@example.com"),
        Contact(None, "+31612345679", "06 12345679"),
        Contact(None, "+32612345678", "+32612345678"),
    ],
)
def test_nothing_else_proves_anything(contact: Contact) -> None:
    assert not proves(contact, DUTCH)


@pytest.mark.parametrize(
    "contact", [Contact(), Contact("", ""), Contact("jane@example.com"), Contact("nobody@example.com", "+12025550100")]
)
def test_nothing_proves_an_order_that_is_not_there_or_has_no_contact(contact: Contact) -> None:
    assert not proves(contact, None)
    assert not proves(contact, Order("LL-4", "shipped", DAY))


def test_what_is_told_holds_no_contact() -> None:
    told = without_contact(DUTCH)
    assert (told.number, told.status, told.email, told.phone) == ("LL-1", "shipped", None, None)
