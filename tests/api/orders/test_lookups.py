"""Look-ups: the right customer is told, a guesser learns nothing, and neither locks out the other."""

import asyncio
import time
from collections.abc import Callable
from datetime import date

import pytest

from api.limits import Rates
from api.orders.book import Order, OrdersAway, OrderUnusable
from api.orders.guesses import PEOPLE_AN_ADDRESS, Guesses
from api.orders.lookups import LookUps
from api.orders.proof import Contact
from tests.api.stand import ToldOrders
from tests.api.test_limits import redis_server, redis_url  # noqa: F401 - fixtures

ORDER = Order("LL-1", "shipped", date(2026, 11, 16), "jane@example.com", "+31612345678")
RIGHT, WRONG = Contact("jane@example.com"), Contact("joan@example.com")
_serial = iter(range(1_000_000))


@pytest.fixture
def book() -> ToldOrders:
    book = ToldOrders()
    book.orders["LL-1"] = ORDER
    return book


@pytest.fixture
async def desk(book: ToldOrders, redis_url: str):  # type: ignore[no-untyped-def]  # noqa: F811
    """Look-ups under names of their own, so that no test counts for another."""
    rates = Rates(redis_url, "100/minute", "100/minute")
    yield LookUps(book, Guesses(rates, "3/hour"), even=0)
    await rates.aclose()


@pytest.fixture
def who() -> Callable[[], str]:
    return lambda: f"c{time.monotonic_ns()}-{next(_serial)}"


async def ask(desk: LookUps, who: str, number: str, contact: Contact, told_before: bool = False) -> str:
    return (await desk.ask(who, number, contact, told_before=told_before)).reason


async def fresh(book: ToldOrders) -> str:
    """An order number nobody asked after yet."""
    number = f"LL-{time.monotonic_ns()}-{next(_serial)}"
    book.orders[number] = ORDER
    return number


async def test_the_right_customer_is_told_as_often_as_they_ask(
    desk: LookUps, book: ToldOrders, who: Callable[[], str]
) -> None:
    number, me = await fresh(book), who()
    assert [await ask(desk, me, number, RIGHT) for _ in range(10)] == ["told"] * 10


async def test_what_is_told_has_no_contact_in_it(desk: LookUps, book: ToldOrders, who: Callable[[], str]) -> None:
    found = (await desk.ask(who(), await fresh(book), RIGHT, told_before=False)).order
    assert found is not None and (found.status, found.email, found.phone) == ("shipped", None, None)


async def test_after_too_many_guesses_the_right_contact_is_not_told_either(
    desk: LookUps, book: ToldOrders, who: Callable[[], str]
) -> None:
    number, guesser = await fresh(book), who()
    assert [await ask(desk, guesser, number, WRONG) for _ in range(4)] == ["another contact"] * 3 + ["too many tries"]
    assert await ask(desk, guesser, number, RIGHT) == "too many tries"


async def test_many_conversations_share_the_tries_at_one_number(
    desk: LookUps, book: ToldOrders, who: Callable[[], str]
) -> None:
    number = await fresh(book)
    for _ in range(3):
        await ask(desk, who(), number, WRONG)
    assert await ask(desk, who(), number, RIGHT) == "too many tries"


async def test_one_conversation_has_so_many_tries_at_all_numbers(
    desk: LookUps, book: ToldOrders, who: Callable[[], str]
) -> None:
    guesser = who()
    for _ in range(3):
        await ask(desk, guesser, f"LL-no-{who()}", WRONG)
    assert await ask(desk, guesser, await fresh(book), RIGHT) == "too many tries"


async def test_a_hundred_guesses_at_the_same_moment_are_no_way_around(
    desk: LookUps, book: ToldOrders, who: Callable[[], str]
) -> None:
    number = await fresh(book)
    reasons = await asyncio.gather(*(ask(desk, who(), number, WRONG) for _ in range(100)))
    assert reasons.count("another contact") == 3


async def test_a_stranger_cannot_lock_out_a_customer_who_was_told(
    desk: LookUps, book: ToldOrders, who: Callable[[], str]
) -> None:
    number, customer = await fresh(book), who()
    assert await ask(desk, customer, number, RIGHT) == "told"
    for _ in range(6):
        await ask(desk, who(), number, WRONG)
    assert await ask(desk, customer, number, RIGHT, told_before=True) == "told"
    assert await ask(desk, customer, number, WRONG, told_before=True) == "too many tries"


async def test_an_address_has_more_tries_than_one_person_but_not_for_ever(
    desk: LookUps, book: ToldOrders, who: Callable[[], str]
) -> None:
    address = f"2001:db8:{next(_serial):x}:{time.monotonic_ns() & 0xFFFF:x}::"
    for n in range(3 * PEOPLE_AN_ADDRESS):
        guesser = who()
        # The same network, another address in it each time.
        desk.guesses.came_from(guesser, f"{address}{n + 1:x}")
        assert await ask(desk, guesser, f"LL-no-{who()}", WRONG) == "no such order"
    last = who()
    desk.guesses.came_from(last, f"{address}ffff")
    assert await ask(desk, last, await fresh(book), RIGHT) == "too many tries"
    assert await ask(desk, who(), await fresh(book), RIGHT) == "told"


async def test_an_order_system_that_is_away_costs_nobody_a_try(
    desk: LookUps, book: ToldOrders, who: Callable[[], str]
) -> None:
    number, customer = await fresh(book), who()
    book.away = "It is being moved."
    for _ in range(5):
        with pytest.raises(OrdersAway):
            await ask(desk, customer, number, RIGHT)
    book.away = None
    assert await ask(desk, customer, number, RIGHT) == "told"


async def test_an_order_that_cannot_be_read_is_no_endless_way_to_find_out_which_exist(who: Callable[[], str]) -> None:
    class Unreadable(ToldOrders):
        async def find(self, number: str) -> Order | None:
            raise OrderUnusable("status: not one we know")

    desk = LookUps(Unreadable(), Guesses(Rates("", "9/minute", "9/minute"), "3/hour"), even=0)
    guesser = who()
    for n in range(3):
        with pytest.raises(OrderUnusable):
            await ask(desk, guesser, f"LL-{n}", WRONG)
    assert await ask(desk, guesser, "LL-3", WRONG) == "too many tries"


@pytest.mark.parametrize("order", [None, ORDER, Order("LL-1", "shipped", date(2026, 11, 16))])
async def test_nothing_is_told_before_its_time_whatever_the_reason(book: ToldOrders, order: Order | None) -> None:
    book.orders = {"LL-1": order} if order else {}
    desk = LookUps(book, Guesses(Rates("", "9/minute", "9/minute"), "2/hour"), even=0.15)
    for _ in range(3):
        begun = time.monotonic()
        found = await desk.ask("c1", "LL-1", WRONG, told_before=False)
        assert found.order is None
        assert time.monotonic() - begun >= 0.15
    # Also the try that is one too many asked the order system, so its answer takes as long.
    assert book.asked == ["LL-1"] * 3


async def test_while_redis_is_away_each_process_counts_for_itself(book: ToldOrders) -> None:
    desk = LookUps(book, Guesses(Rates("redis://127.0.0.1:1/0", "9/minute", "9/minute"), "1/hour"), even=0)
    assert await ask(desk, "c1", "LL-1", WRONG) == "another contact"
    assert await ask(desk, "c1", "LL-1", RIGHT) == "too many tries"
