"""The order book: the doorway to the shop's order system, and what comes through it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, get_args

Status = Literal[
    "placed", "packing", "shipped", "out_for_delivery", "ready_for_pickup", "delivered", "returned", "cancelled"
]
STATUSES: tuple[str, ...] = get_args(Status)
#: An order in one of these still has its arrival before it, so it can be late.
UNDERWAY = ("placed", "packing", "shipped", "out_for_delivery")


class OrdersAway(Exception):
    """The order system gave no usable answer. The message is a sentence for the operator, without personal data."""


class OrderUnusable(OrdersAway):
    """The order system has something under this number, and we cannot read it. Whoever sees that knows it exists."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order. ``email`` and ``phone`` are in the form handoff keeps them in, and only for checking who asks.

    Dates are days on the shop's own calendar. ``tracking_url`` is an http or https address.
    """

    number: str
    status: Status
    placed: date
    email: str | None = None
    phone: str | None = None
    shipped: date | None = None
    expected: date | None = None
    delivered: date | None = None
    carrier: str | None = None
    tracking_url: str | None = None

    def late(self, today: date) -> bool:
        """Whether it should have arrived before ``today`` and has not."""
        return self.status in UNDERWAY and self.expected is not None and self.expected < today


class OrderBook(Protocol):
    """Where orders are looked up: the file in the data folder, or the shop's system over HTTP."""

    async def in_use(self) -> bool:
        """False when there is nothing to look up in, so that nobody is asked for a number in vain."""
        ...

    async def find(self, number: str) -> Order | None:
        """The order of a number in the shop's own form, or None when there is none.

        Raises:
            OrdersAway: the order system cannot be asked, or its answer cannot be used.
        """
        ...
