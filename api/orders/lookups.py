"""Look-ups: a number and a contact go in; the order comes out, or the same silence for every reason not to tell it."""

import asyncio
import time
from dataclasses import dataclass
from typing import Literal

from api.orders.book import Order, OrderBook, OrdersAway, OrderUnusable
from api.orders.guesses import Guesses
from api.orders.proof import Contact, proves, without_contact

Reason = Literal["told", "no such order", "the order has no contact", "another contact", "too many tries"]
#: Seconds that pass before an order is not told: an order system that is quicker for a number it does not know, or
#: slower, within this time, gives nothing away.
EVEN = 0.5


@dataclass(frozen=True, slots=True)
class LookedUp:
    """``order`` without its contact, when it may be told; ``reason`` is for the operator, never for the customer."""

    order: Order | None
    reason: Reason


class LookUps:
    """Looks orders up for customers.

    Args:
        book: the shop's orders.
        guesses: counts the look-ups that fail.
        even: seconds that pass before an order is not told.
    """

    def __init__(self, book: OrderBook, guesses: Guesses, even: float = EVEN) -> None:
        self.book = book
        self.guesses = guesses
        self._even = even

    async def ask(self, conversation_id: str, number: str, contact: Contact, *, told_before: bool) -> LookedUp:
        """The order when the contact is its own and there were not too many tries.

        Args:
            told_before: this conversation was told this order already, so a stranger who guesses at the number cannot
                lock it out.

        Raises:
            OrdersAway: the order system gave no usable answer.
        """
        begun = time.monotonic()
        allowed = await self.guesses.begin(conversation_id, number)
        try:
            # Asked also when it will not be told: a limit that is reached must not show by its speed.
            order = await self.book.find(number)
        except OrderUnusable:
            # It tells this number from one that does not exist, so it is a try like any other.
            if allowed:
                raise
            order = None
        except OrdersAway:
            await self.guesses.take_back(conversation_id, number)
            raise
        right = proves(contact, order)
        if order is not None and right and (allowed or told_before):
            await self.guesses.take_back(conversation_id, number)
            return LookedUp(without_contact(order), "told")
        await asyncio.sleep(max(0.0, begun + self._even - time.monotonic()))
        return LookedUp(None, _why_not(order, allowed))


def _why_not(order: Order | None, allowed: bool) -> Reason:
    if not allowed:
        return "too many tries"
    if order is None:
        return "no such order"
    return "another contact" if order.email or order.phone else "the order has no contact"
