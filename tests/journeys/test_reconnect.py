"""Reconnecting: a page that lost its line says so, and later shows exactly what it missed, in order."""

import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import BrowserContext, expect

from api import wording
from handoff.conversations import Conversations
from handoff.database import Database
from handoff.events import Events, Word

from ..api.redis_server import RedisServer
from ..web.chat_page import ChatPage
from ..web.conftest import browser, chat, context, page  # noqa: F401 - fixtures
from .conftest import at_work, hours_file
from .customer import PATIENCE, Customer
from .product import Product, data_folder

pytestmark = pytest.mark.browser
T = TypeVar("T")
#: More than two pages of a stream.
MISSED = [f"missed {number}" for number in range(250)]


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis")).start()
    yield server
    server.end()


@pytest.fixture(scope="module")
def shop(prepared: Path, tmp_path_factory: pytest.TempPathFactory, redis: RedisServer) -> Iterator[Product]:
    """A product with Redis, to be killed: always running when a test begins."""
    folder = tmp_path_factory.mktemp("reconnect")
    data = data_folder(folder / "data", prepared)
    product = Product(data, HOURS_FILE=hours_file(folder, at_work()), REDIS_URL=redis.url)
    product.start()
    yield product
    product.close()


@pytest.fixture
def base_url(shop: Product) -> str:
    return shop.url


def conversation_of(chat: ChatPage) -> str:  # noqa: F811
    kept: dict[str, Any] = chat.page.evaluate("() => JSON.parse(Object.values(localStorage)[0])")
    return str(kept["id"])


def beside(product: Product, what: Callable[[Database], Awaitable[T]]) -> T:
    """Something from the product's database; in a thread, because the browser has the loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(product.read, what).result(60)


def said_meanwhile(product: Product, conversation_id: str) -> None:
    """Somebody says a lot in a conversation, and no process of the product is told of it."""

    async def say(database: Database) -> None:
        conversation = await Conversations(database).find(conversation_id)
        assert conversation is not None
        words = [Word("message", "bot", text, {}) for text in MISSED]
        await Events(database).say(conversation_id, words, conversation.epoch, datetime.now(UTC))

    beside(product, say)


def shown_once_and_in_order(chat: ChatPage, product: Product) -> list[str]:  # noqa: F811
    """What the page shows, which must be what the database holds."""
    conversation_id = conversation_of(chat)
    deadline = time.monotonic() + PATIENCE
    while beside(product, lambda database: Events(database).unhandled(conversation_id)):
        assert time.monotonic() < deadline, "A message is left unanswered."
        time.sleep(0.2)  # the answer is written by the product, beside which we only read
    kept = beside(product, lambda database: _all(database, conversation_id))
    expect(chat.log.locator(".bubble")).to_have_count(len(kept) + 1, timeout=20_000)
    shown = chat.log.locator(".bubble").all_text_contents()[1:]
    assert shown == kept
    return shown


async def _all(database: Database, conversation_id: str) -> list[str]:
    return [event.text for event in await Events(database).after(conversation_id, 0, limit=10_000) if event.text]


def test_page_that_was_offline_gets_exactly_what_it_missed(
    chat: ChatPage,  # noqa: F811
    shop: Product,
    context: BrowserContext,  # noqa: F811
) -> None:
    chat.visit().open().send("How do I reset my password?")
    expect(chat.said("bot")).to_have_count(2, timeout=20_000)
    context.set_offline(True)
    expect(chat.lost).to_contain_text("Reconnecting")
    chat.send("hello?").send("is anybody there?")
    expect(chat.log.locator(".waiting")).to_have_count(2)
    said_meanwhile(shop, conversation_of(chat))
    context.set_offline(False)
    expect(chat.lost).to_be_empty(timeout=20_000)
    expect(chat.log.locator(".waiting")).to_have_count(0, timeout=20_000)
    answers = chat.said("bot")
    expect(answers.nth(len(MISSED) + 2)).to_be_attached(timeout=20_000)
    shown = shown_once_and_in_order(chat, shop)
    assert [text for text in shown if text.startswith("missed")] == MISSED
    assert shown.count("hello?") == shown.count("is anybody there?") == 1


def test_page_outlives_a_killed_product_and_goes_on_where_it_was(chat: ChatPage, shop: Product) -> None:  # noqa: F811
    chat.visit("/demo?lang=ko").open().send("배송은 얼마나 걸리나요?")
    expect(chat.said("bot")).to_have_count(2, timeout=20_000)
    rasa = shop.rasa()
    shop.end(signal.SIGKILL)
    rasa.wait(15)
    expect(chat.lost).to_have_text("연결이 끊겼습니다. 다시 연결하는 중…", timeout=20_000)
    chat.send("안녕하세요")
    said_meanwhile(shop, conversation_of(chat))
    shop.start()
    expect(chat.lost).to_be_empty(timeout=40_000)
    expect(chat.log.locator(".waiting")).to_have_count(0, timeout=40_000)
    expect(chat.said("bot").nth(len(MISSED) + 2)).to_be_attached(timeout=20_000)
    shown = shown_once_and_in_order(chat, shop)
    assert [text for text in shown if text.startswith("missed")] == MISSED
    assert shown.count("안녕하세요") == 1


def test_customers_are_answered_while_redis_is_away_and_health_names_it(
    shop: Product,
    redis: RedisServer,
    chat: ChatPage,  # noqa: F811
) -> None:
    customer, begin = Customer(shop), len(shop.lines)
    chat.visit().open().send("How long does delivery take?")
    expect(chat.said("bot")).to_have_count(2, timeout=20_000)
    assert shop.ready().json()["parts"]["redis"] == "ready"
    redis.freeze()
    seen = chat.said("bot").count()
    chat.send("How do I reset my password?")
    expect(chat.said("bot").nth(seen)).to_be_attached(timeout=20_000)
    redis.end()
    ready = shop.ready()
    assert (ready.status_code, ready.json()["status"], ready.json()["missing"]) == (200, "degraded", ["redis"])
    assert customer.say("I forgot my password")[-1]["sources"]
    redis.start()
    shop.wait_for("redis.back", since=begin)
    assert customer.say("How long does delivery take?")[-1]["sources"]
    expect(chat.lost).to_be_empty()
    # Once for what is told, for what is heard and for the limits, however many messages came meanwhile.
    assert len([line for line in shop.lines[begin:] if "redis.away" in line]) <= 3
    assert not [line for line in shop.lines[begin:] if "Traceback" in line]
    shown_once_and_in_order(chat, shop)
    assert wording.say("en", "error-unavailable") not in chat.texts()
