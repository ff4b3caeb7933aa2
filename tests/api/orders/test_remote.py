"""The order system over HTTP: whatever it does, there is an order, no order, or a reason."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse

from api.orders.book import OrdersAway, OrderUnusable
from api.orders.remote import LONGEST, RemoteOrders
from api.orders.source import open_orders
from api.settings import BadSetting, Settings
from tests.api.orders.system import OrderSystem

ORDER = {"number": "LL-1", "status": "shipped", "placed": "2026-11-16", "email": "jane@example.com"}


@pytest.fixture
async def book(system: OrderSystem) -> AsyncIterator[RemoteOrders]:
    book = RemoteOrders(system.url, "s3cret", 0.5, "NL")
    yield book
    await book.aclose()


async def reason(book: RemoteOrders, number: str = "LL-1") -> str:
    with pytest.raises(OrdersAway) as caught:
        await book.find(number)
    return str(caught.value)


def changed(**fields: object) -> Response:
    return JSONResponse({**ORDER, **fields})


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (PlainTextResponse("oops", 500), "answered 500"),
        (PlainTextResponse("busy", 503), "answered 503"),
        (PlainTextResponse("", 204), "answered 204"),
        (PlainTextResponse("who are you", 401), "FRONTDOOR_ORDERS_TOKEN"),
        (PlainTextResponse("no", 403), "FRONTDOOR_ORDERS_TOKEN"),
        (PlainTextResponse("<html>"), "another shape (body: "),
        (JSONResponse([ORDER]), "another shape"),
        (JSONResponse({}), "number: Field required; status: Field required"),
        (changed(status="lost"), "status: Input should be 'placed'"),
        (changed(placed="yesterday"), "placed: "),
        (changed(placed=1763251200), "placed: "),
        (changed(expected=""), "expected: "),
        (changed(tracking_url="javascript:alert(1)"), "tracking_url: "),
        (changed(email=["jane@example.com"]), "email: "),
        (changed(number="LL-2"), "another order"),
        (PlainTextResponse("x" * (LONGEST + 1)), "more than 65536 bytes"),
    ],
)
async def test_an_answer_that_cannot_be_used_is_named(
    system: OrderSystem, book: RemoteOrders, answer: Response, says: str
) -> None:
    async def told(number: str) -> Response:
        return answer

    system.answers = told
    assert says in await reason(book)


@pytest.mark.parametrize(
    ("answer", "of_this_order"),
    [
        (changed(status="lost"), True),
        (changed(number="LL-2"), True),
        (PlainTextResponse("<html>"), False),
        (PlainTextResponse("busy", 503), False),
    ],
)
async def test_what_says_that_an_order_exists_is_told_apart_from_a_system_that_is_away(
    system: OrderSystem, book: RemoteOrders, answer: Response, of_this_order: bool
) -> None:
    async def told(number: str) -> Response:
        return answer

    system.answers = told
    with pytest.raises(OrdersAway) as caught:
        await book.find("LL-1")
    assert isinstance(caught.value, OrderUnusable) == of_this_order


async def test_what_is_wrong_is_told_without_the_customers_data(system: OrderSystem, book: RemoteOrders) -> None:
    system.orders["LL-1"] = {**ORDER, "phone": {"secret": "+31205550143"}, "status": "jane@example.com"}
    said = await reason(book)
    assert "phone" in said
    assert "jane" not in said and "555" not in said


async def test_a_redirect_is_not_followed_and_the_token_goes_nowhere_else(
    system: OrderSystem, book: RemoteOrders
) -> None:
    async def elsewhere(number: str) -> Response:
        return RedirectResponse(f"{system.url}/LL-2", 302)

    system.answers = elsewhere
    assert "redirect (302)" in await reason(book)
    assert len(system.asked) == 1


async def test_a_huge_answer_is_not_read_to_its_end(system: OrderSystem, book: RemoteOrders) -> None:
    async def huge(number: str) -> Response:
        async def more() -> AsyncIterator[bytes]:
            for _ in range(1000):
                yield b" " * 4096

        return StreamingResponse(more())

    system.answers = huge
    assert "bytes" in await reason(book)


async def test_a_system_that_does_not_answer_is_waited_for_only_so_long(
    system: OrderSystem, book: RemoteOrders
) -> None:
    system.answers = system.never
    assert await reason(book) == "The order system did not answer within 0.5 s."


async def test_a_system_that_trickles_is_waited_for_only_so_long(system: OrderSystem, book: RemoteOrders) -> None:
    async def trickling(number: str) -> Response:
        async def drops() -> AsyncIterator[bytes]:
            yield b"{"
            await system.over.wait()

        return StreamingResponse(drops())

    system.answers = trickling
    assert "within 0.5 s" in await reason(book)


async def test_a_system_that_is_not_there_is_said_to_be_out_of_reach() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        book = RemoteOrders(f"http://127.0.0.1:{nobody.getsockname()[1]}", "", 0.5, "NL")
        assert "cannot be reached (ConnectError)" in await reason(book)
    await book.aclose()


@pytest.mark.parametrize(
    ("number", "path"),
    [("LL-1", "/orders/LL-1"), ("../admin?x=1#y", "/orders/..%2Fadmin%3Fx%3D1%23y"), ("주문 1", "/orders/%EC%A3%BC")],
)
async def test_a_number_is_only_ever_one_piece_of_the_path(
    system: OrderSystem, book: RemoteOrders, number: str, path: str
) -> None:
    assert await book.find(number) is None
    asked, headers = system.asked[0]
    assert asked.startswith(path)
    assert headers["authorization"] == "Bearer s3cret"


async def test_a_contact_nobody_could_give_is_no_contact(
    system: OrderSystem, book: RemoteOrders, capsys: pytest.CaptureFixture[str]
) -> None:
    system.orders["LL-1"] = {**ORDER, "email": "not given", "phone": "-"}
    order = await book.find("LL-1")
    assert order is not None and (order.email, order.phone) == (None, None)
    told = capsys.readouterr().out
    assert "orders.contact_unreadable" in told
    # Nor its number: in a log that would be a customer's.
    assert "not given" not in told and "LL-1" not in told


@pytest.mark.parametrize("url", ["shop.example.com/orders", "ftp://shop.example.com", "http://"])
async def test_an_address_that_is_none_ends_the_start_with_its_name(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadSetting, match="FRONTDOOR_ORDERS_URL"):
        async with open_orders(Settings(data_dir=tmp_path, orders_url=url), lambda: None):  # type: ignore[arg-type, return-value]
            pass


async def test_the_setting_chooses_the_book_and_no_file_is_made_for_a_remote_one(
    tmp_path: Path, system: OrderSystem
) -> None:
    system.orders["LL-1"] = ORDER
    async with open_orders(Settings(data_dir=tmp_path, orders_url=system.url + "/"), lambda: None) as book:  # type: ignore[arg-type, return-value]
        assert await book.find("LL-1") is not None
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 - a folder of the test
