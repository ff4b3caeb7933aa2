"""Order look-up: the right customer is told, nobody else learns anything, and an order system may fail."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

from api import wording
from handoff.tickets import Tickets

from .conftest import at_work, hours_file
from .customer import Customer, Shown, offers, says, text_of
from .product import Product, data_folder

#: Of the sample: number and contact of an order, as a customer of the language would write them.
ASKING = {
    "en": ("where is my order", "LL-20418837", "jane@example.com"),
    "zh": ("我的订单到哪了", "33910284", "手机 13800138000"),
    "ko": ("배송조회 좀 해주세요", "LL-77120456", "010-1234-5678"),
}
PERSON = {"en": "can I talk to a person", "zh": "转人工", "ko": "상담원 연결해 주세요"}
NAME = {"en": "Jane Miller", "zh": "王小明", "ko": "김민수"}
STATUS = {
    "number": "LL-20418837",
    "status": "shipped",
    "placed": "2020-03-02",
    "email": "jane@example.com",
    "expected": "2020-03-05",
    "tracking_url": "https://track.example.com/LL-20418837",
}


def look_up(customer: Customer, asking: str, number: str, contact: str) -> list[Shown]:
    """Asks and answers what is asked, one thing at a time; gives what came in the end."""
    locale = customer.locale
    assert says(customer.say(asking), locale, "ask-order_number")
    assert says(customer.say(number), locale, "order-ask-contact")
    return customer.say(contact)


@pytest.mark.parametrize("locale", ASKING)
def test_a_customer_is_told_their_order_and_a_ticket_afterwards_asks_nothing_again(shop: Product, locale: str) -> None:
    customer = Customer(shop, locale)
    shown = look_up(customer, *ASKING[locale])
    assert says(shown, locale, "order-shipped"), shown
    [source] = shown[-1]["sources"]
    assert source["url"].startswith("https://track.example.com/LL-")
    assert "@" not in text_of(shown)
    shown = customer.say(PERSON[locale])
    assert says(shown, locale, "ask-name"), shown
    restated = customer.say(NAME[locale])
    assert says(restated, locale, "restate-ask"), restated
    customer.press(restated[-1], 0)
    [ticket] = shop.read(lambda db: Tickets(db).for_conversation(customer.id))
    assert ticket.details["order_number"]["value"].startswith("LL-")
    assert "order:LL-" in ticket.tried[0]["permalink"]


@pytest.mark.parametrize("locale", ASKING)
def test_wrong_number_and_wrong_contact_are_answered_alike_and_may_be_corrected(shop: Product, locale: str) -> None:
    asking, number, contact = ASKING[locale]
    heard = []
    for tried in ((asking, "LL-99999999", contact), (asking, number, "nobody@example.com")):
        customer = Customer(shop, locale)
        shown = look_up(customer, *tried)
        assert says(shown, locale, "order-not-told"), shown
        # The promised time follows the clock, which may go on by a minute between the two.
        heard.append((re.sub(r"\d+:\d+", "…", text_of(shown)), shown[-1]["buttons"]))
    assert heard[0] == heard[1]
    assert says(customer.press(shown[-1], 0), locale, "ask-order_number")
    assert says(customer.say(number), locale, "order-ask-contact")
    assert says(customer.say(contact), locale, "order-shipped")


@pytest.mark.parametrize("locale", ASKING)
def test_who_has_no_number_gets_the_articles_and_a_colleague(shop: Product, locale: str) -> None:
    customer = Customer(shop, locale)
    asked = customer.say(ASKING[locale][0])
    shown = customer.press(asked[-1], 0)
    assert says(shown, locale, "order-no-number"), shown
    assert offers(shown, locale, "open-ticket-button"), shown


@pytest.mark.parametrize(
    ("locale", "question"),
    [("en", "how do I track my order?"), ("zh", "怎么查看物流信息"), ("ko", "배송 조회는 어떻게 하나요")],
)
def test_a_general_question_is_answered_from_the_articles(open_shop: Product, locale: str, question: str) -> None:
    shown = Customer(open_shop, locale).say(question)
    assert not says(shown, locale, "ask-order_number"), shown
    assert shown[-1]["sources"][0]["permalink"].startswith(f"/{locale}/")


def test_a_late_order_comes_with_regret_and_a_colleague(open_shop: Product) -> None:
    shown = Customer(open_shop).say("where is my order LL-20409876, wren@example.com")
    assert says(shown, "en", "ack-delivery_late"), shown
    assert says(shown, "en", "order-overdue"), shown
    assert offers(shown, "en", "open-ticket-button"), shown


def test_after_too_many_guesses_also_the_right_contact_gets_the_same_answer(open_shop: Product) -> None:
    owner = Customer(open_shop)
    assert says(owner.say("where is my order LL-20419022, maple@example.com"), "en", "order-packing")
    heard = set()
    for guess in range(6):
        shown = Customer(open_shop).say(f"where is my order LL-20419022, guess{guess}@example.com")
        heard.add(text_of(shown))
    shown = Customer(open_shop).say("where is my order LL-20419022, maple@example.com")
    heard.add(text_of(shown))
    assert len(heard) == 1
    assert says(shown, "en", "order-not-told"), shown
    # Who was told before the guessing began is told still.
    assert says(owner.say("where is my order"), "en", "order-still-expected")


class Failing(BaseHTTPRequestHandler):
    """The order system; ``mode`` of its server says how it behaves."""

    def do_GET(self) -> None:
        mode, number = self.server.mode, unquote(self.path).rpartition("/")[2]  # type: ignore[attr-defined]
        if mode == "slow":
            self.server.over.wait(20)  # type: ignore[attr-defined]
        known = number == STATUS["number"]
        status = 500 if mode == "500" else 200 if known else 404
        body = b"<html>busy</html>" if mode == "garbage" else json.dumps(STATUS if known else {}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The test's output is no place for it."""


@pytest.fixture(scope="module")
def order_system() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Failing)
    server.mode, server.over = "well", threading.Event()  # type: ignore[attr-defined]
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield server
    server.over.set()  # type: ignore[attr-defined]
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture(scope="module")
def connected(
    prepared: Path, tmp_path_factory: pytest.TempPathFactory, order_system: ThreadingHTTPServer
) -> Iterator[Product]:
    """A product that asks an order system over HTTP."""
    folder = tmp_path_factory.mktemp("connected")
    product = Product(
        data_folder(folder / "data", prepared),
        HOURS_FILE=hours_file(folder, at_work()),
        ORDERS_URL=f"http://127.0.0.1:{order_system.server_port}/orders",
        ORDERS_TIMEOUT="0.5",
        RATE_LOOKUPS="50/hour",
    )
    product.start()
    yield product
    product.close()


def test_an_order_system_over_http_tells_the_right_contact_only(
    connected: Product, order_system: ThreadingHTTPServer
) -> None:
    order_system.mode = "well"  # type: ignore[attr-defined]
    shown = Customer(connected).say("where is my order LL-20418837, jane@example.com")
    assert says(shown, "en", "order-overdue", day="Thursday 5 March 2020"), shown
    wrong = Customer(connected).say("where is my order LL-20418837, joan@example.com")
    missing = Customer(connected).say("where is my order LL-20418838, jane@example.com")
    assert says(wrong, "en", "order-not-told"), wrong
    assert text_of(wrong) == text_of(missing)


@pytest.mark.parametrize(
    ("mode", "reason"), [("500", "answered 500"), ("garbage", "another shape"), ("slow", "within 0.5 s")]
)
def test_an_order_system_that_fails_is_said_to_be_away_and_works_again_when_it_is_back(
    connected: Product, order_system: ThreadingHTTPServer, mode: str, reason: str
) -> None:
    customer, begin = Customer(connected), len(connected.lines)
    order_system.mode = mode  # type: ignore[attr-defined]
    shown = customer.say("where is my order LL-20418837, jane@example.com")
    assert says(shown, "en", "order-away", number="LL-20418837"), shown
    assert not says(shown, "en", "trouble"), shown
    assert offers(shown, "en", "open-ticket-button"), shown
    line = connected.wait_for("orders.away", since=begin)
    assert reason in line
    assert "jane@example.com" not in line
    order_system.mode = "well"  # type: ignore[attr-defined]
    back = customer.say(wording.say("en", "order-try-again"))
    assert says(back, "en", "order-overdue"), back
