"""The README's pictures: what they show is asserted at every run; with FRONTDOOR_PICTURES=1 they are taken anew."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from ..web.chat_page import ChatPage
from ..web.conftest import browser, context, new_chat, page  # noqa: F401 - fixtures
from .conftest import hours_file
from .customer import Customer
from .product import ROOT, Product, data_folder

pytestmark = pytest.mark.browser

PICTURES = ROOT / "docs" / "pictures"
#: A README that loads slowly is not read.
LARGEST = 150_000
SMALL = {"width": 900, "height": 640}
TALL = {"width": 900, "height": 780}
WIDE = {"width": 1200, "height": 900}
New = Callable[..., ChatPage]


def next_opening() -> str:
    """A team that is away until Monday at nine, so that a reply time has the same words on every day."""
    today = datetime.now(UTC).date()
    monday = today + timedelta(days=(7 - today.weekday()) or 7)
    return (
        "teams:\n  support:\n    timezone: Europe/Amsterdam\n    hours:\n      mon-sun: closed\n"
        f"    open:\n      {monday}: 09:00-18:00\n    reply_within: 4h\n"
    )


@pytest.fixture(scope="module")
def pictured(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own: the operator's page shows what these tests did, and nothing else."""
    folder = tmp_path_factory.mktemp("pictures")
    product = Product(data_folder(folder / "data", prepared), HOURS_FILE=hours_file(folder, next_opening()))
    product.start()
    yield product
    product.close()


@pytest.fixture
def base_url(pictured: Product) -> str:
    return pictured.url


def take(page: Page, name: str) -> None:  # noqa: F811
    """Keeps a picture of a page at rest, when pictures are asked for."""
    if os.environ.get("FRONTDOOR_PICTURES") != "1":
        return
    PICTURES.mkdir(exist_ok=True)
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, animations="disabled", caret="hide", scale="css")
    assert file.stat().st_size < LARGEST, f"{file} is {file.stat().st_size} bytes"


def answered(chat: ChatPage, text: str) -> None:
    """Sends a message and sees an answer to it."""
    expect(chat.log.locator(".waiting")).to_have_count(0, timeout=20_000)
    seen = chat.said("bot").count()
    chat.send(text)
    expect(chat.said("bot").nth(seen)).to_be_visible(timeout=20_000)
    expect(chat.typing).to_be_empty(timeout=20_000)


def test_an_answer_comes_with_its_source(new_chat: New) -> None:  # noqa: F811
    chat = new_chat(viewport=SMALL, device_scale_factor=1).visit().open()
    answered(chat, "Can I put the cast-iron pan in the dishwasher?")
    expect(
        chat.said("bot").last.locator("xpath=ancestor::*[contains(@class, 'row')]").locator("a").first
    ).to_be_visible()
    take(chat.page, "widget-answer")
    assert chat.errors == []


def test_what_it_does_not_know_it_says_and_takes_down_as_a_ticket(new_chat: New) -> None:  # noqa: F811
    chat = new_chat(viewport=TALL, device_scale_factor=1).visit().open()
    answered(chat, "Do you rent out your shop for weddings?")
    chat.quick("Leave it with a colleague").click(timeout=20_000)
    for field, reply in (("name", "Jane Miller"), ("e-mail", "jane@example.com")):
        expect(chat.said("bot").last).to_contain_text(field, timeout=20_000)
        answered(chat, reply)
    chat.quick("Yes, send it").click(timeout=20_000)
    expect(chat.log.get_by_text(re.compile("FD-[0-9A-Z]{6}")).first).to_be_visible(timeout=20_000)
    take(chat.page, "widget-ticket")
    assert chat.errors == []


def test_a_customer_is_answered_in_korean(new_chat: New) -> None:  # noqa: F811
    chat = new_chat(viewport=TALL, device_scale_factor=1, locale="ko-KR").visit("/demo?lang=ko").open()
    answered(chat, "주물 팬을 식기세척기에 넣어도 되나요?")
    expect(chat.log.locator("a").first).to_be_visible()
    take(chat.page, "widget-korean")
    assert chat.errors == []


def test_the_operator_sees_the_day(pictured: Product, browser: Browser) -> None:  # noqa: F811
    if httpx.get(f"{pictured.url}/operator", trust_env=False).status_code == 404:
        pytest.fail("There is no operator's page.")
    for locale, question in (
        ("en", "How do I reset my password?"),
        ("en", "How long does delivery take?"),
        ("en", "Who won the football yesterday?"),
        ("en", "Do you rent out your shop for weddings?"),
        ("zh", "铸铁锅可以放洗碗机吗？"),
        ("zh", "配送要多久？"),
        ("ko", "반품은 어떻게 하나요?"),
        ("ko", "상담원 연결해 주세요"),
    ):
        Customer(pictured, locale).say(question)
    key = (pictured.data / "operator.key").read_text("utf-8").strip()
    tab = browser.new_context(viewport=WIDE, device_scale_factor=1, locale="en-GB").new_page()
    answer = tab.goto(f"{pictured.url}/operator?key={key}")
    assert answer is not None and answer.ok
    assert key not in tab.url
    expect(tab.locator("h1")).to_be_visible()
    expect(tab.locator("svg, img").first).to_be_visible()
    take(tab, "operator")
    tab.context.close()


def test_the_readme_shows_pictures_that_are_there_and_says_what_they_show() -> None:
    shown = re.findall(r"!\[([^\]]*)\]\((docs/pictures/[^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert {Path(file).name for _, file in shown} == {each.name for each in PICTURES.glob("*.png")}
    for words, file in shown:
        assert len(words) > 20, f"{file} has no words for those who cannot see it"
        assert (ROOT / file).stat().st_size < LARGEST
