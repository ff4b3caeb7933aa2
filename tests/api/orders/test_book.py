"""The order book: the file and the order system give the same order for the same facts."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.orders.book import STATUSES, Order, OrderBook, OrdersAway
from api.orders.remote import RemoteOrders
from api.orders.sample import SampleOrders
from tests.api.orders.system import OrderSystem

WHOLE = {
    "status": "shipped",
    "email": "Jane@Example.com",
    "phone": "+31 20 555 0143",
    "placed": "2026-11-16",
    "shipped": "2026-11-18",
    "expected": "2026-11-20",
    "delivered": "2026-11-21",
    "carrier": "PostNL",
    "tracking_url": "https://track.example.com/1",
}


@dataclass
class Filled:
    """A book, and the way to put an order into it or to take the system away."""

    book: OrderBook
    path: Path
    system: OrderSystem
    kind: str

    def put(self, number: str, fields: dict[str, Any]) -> None:
        if self.kind == "remote":
            self.system.orders[number] = {"number": number, **fields}
        else:
            # JSON is YAML too.
            self.path.write_text(json.dumps({"orders": {number: fields}}), "utf-8")

    def take_away(self) -> None:
        self.path.unlink()
        self.system.answers = self.system.never


@pytest.fixture(params=["sample", "remote"])
async def filled(
    request: pytest.FixtureRequest, tmp_path: Path, system: OrderSystem, today: date
) -> AsyncIterator[Filled]:
    path = tmp_path / "orders.yml"
    sample = SampleOrders(path, "NL", lambda: today)
    remote = RemoteOrders(system.url, "", 0.5, "NL")
    yield Filled(sample if request.param == "sample" else remote, path, system, request.param)
    await remote.aclose()


async def test_an_order_comes_with_everything_known_of_it(filled: Filled) -> None:
    filled.put("LL-1", WHOLE)
    assert await filled.book.find("LL-1") == Order(
        number="LL-1",
        status="shipped",
        placed=date(2026, 11, 16),
        email="Jane@example.com",
        phone="+31205550143",
        shipped=date(2026, 11, 18),
        expected=date(2026, 11, 20),
        delivered=date(2026, 11, 21),
        carrier="PostNL",
        tracking_url="https://track.example.com/1",
    )


@pytest.mark.parametrize("status", STATUSES)
async def test_status_and_day_are_all_an_order_must_have(filled: Filled, status: str) -> None:
    filled.put("LL-1", {"status": status, "placed": "2026-11-16"})
    order = await filled.book.find("LL-1")
    assert order is not None
    assert (order.status, order.email, order.phone, order.expected) == (status, None, None, None)


async def test_a_number_nobody_has_is_no_order(filled: Filled) -> None:
    filled.put("LL-1", WHOLE)
    assert await filled.book.find("LL-2") is None


async def test_a_telephone_number_without_a_country_is_of_the_shops_own(filled: Filled) -> None:
    filled.put("LL-1", {**WHOLE, "phone": "020 555 0143"})
    order = await filled.book.find("LL-1")
    assert order is not None
    assert order.phone == "+31205550143"


async def test_a_book_with_orders_is_in_use(filled: Filled) -> None:
    filled.put("LL-1", WHOLE)
    assert await filled.book.in_use()


async def test_a_book_that_is_away_says_so_in_a_sentence(filled: Filled) -> None:
    filled.take_away()
    with pytest.raises(OrdersAway, match=r"^[A-Z/].+\.$"):
        await filled.book.find("LL-1")


@pytest.mark.parametrize(
    ("status", "expected", "late"),
    [
        ("shipped", date(2026, 11, 22), True),
        ("shipped", date(2026, 11, 23), False),
        ("shipped", None, False),
        ("packing", date(2026, 11, 22), True),
        ("delivered", date(2026, 11, 22), False),
        ("ready_for_pickup", date(2026, 11, 22), False),
        ("cancelled", date(2026, 11, 22), False),
    ],
)
def test_late_is_what_is_underway_after_its_day(status: Any, expected: date | None, late: bool, today: date) -> None:
    assert Order("LL-1", status, date(2026, 11, 1), expected=expected).late(today) is late
