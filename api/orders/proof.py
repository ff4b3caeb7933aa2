"""Proof: an order is told only to whoever gives the e-mail address or the telephone number it was placed with."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import date

import phonenumbers

from api.orders.book import Order
from handoff.emails import Found, find_email
from handoff.phones import find_phone
from handoff.phrases import plain

#: Compared with when there is no such order, so that its absence takes as long as a wrong contact.
_NOBODY = Order("", "placed", date.min, "nobody@example.com", "+12025550100")


@dataclass(frozen=True, slots=True)
class Contact:
    """What the customer gave: tidy values, and the telephone number as they wrote it."""

    email: str | None = None
    phone: str | None = None
    phone_raw: str | None = None

    def __bool__(self) -> bool:
        return bool(self.email or self.phone)


def tidy_email(raw: str) -> str | None:
    """An e-mail address in the form it is kept in; None when it is none."""
    found = find_email(plain(raw))
    return found.value if isinstance(found, Found) else None


def tidy_phone(raw: str, region: str) -> str | None:
    """A telephone number as +31612345678; ``region`` is the country it is from when it does not say."""
    found = find_phone(plain(raw), [region])
    return found.value if isinstance(found, Found) else None


def proves(contact: Contact, order: Order | None) -> bool:
    """Whether the contact is the order's own. Every comparison is made, whatever the one before it found."""
    # An order without contact is compared like any other: nothing matches what is not there.
    held = order or _NOBODY
    by_email = _same(contact.email, held.email)
    by_phone = _same(contact.phone, held.phone) | _same(_at_home(contact.phone_raw, held.phone), held.phone)
    return (by_email | by_phone) & (order is not None)


def without_contact(order: Order) -> Order:
    """The order as it may be told: whoever words it cannot repeat an address by mistake."""
    return replace(order, email=None, phone=None)


def _same(one: str | None, other: str | None) -> bool:
    digests = [hashlib.sha256((value or "").casefold().encode()).digest() for value in (one, other)]
    return hmac.compare_digest(*digests) & bool(one) & bool(other)


def _at_home(raw: str | None, phone: str | None) -> str | None:
    """The number as somebody in the order's own country means it: 010-1234-5678 in Korea is not Rotterdam."""
    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(phone or _NOBODY.phone or ""))
    except phonenumbers.NumberParseException:
        return None
    return tidy_phone(raw or "", region or "US")
