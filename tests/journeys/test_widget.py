"""The widget in a real browser on the real product: what a customer sees from the first word to the ticket."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ..web.chat_page import ChatPage
from ..web.conftest import browser, chat, context, new_chat, page  # noqa: F401 - fixtures
from ..web.test_conversation import *  # noqa: F403 - the same promises, kept by the real product
from .product import Product

SHOTS = Path(__file__).resolve().parent.parent / "shots"
pytestmark = pytest.mark.browser


@pytest.fixture
def base_url(closed_shop: Product) -> str:
    return closed_shop.url


WAY_TO_A_TICKET = {
    "en": (
        "Can somebody call me?",
        "Jane Miller",
        "jane@example.com, order LL-20418837",
        "The lid of my pot is loose",
        "Yes, send it",
    ),
    "zh": ("转人工", "王小明", "xiaoming@example.com，订单 LL-20418837", "锅盖松了怎么处理", "可以，提交吧"),
    "ko": (
        "상담원 연결해 주세요",
        "김민지",
        "minji@example.com, 주문번호 LL-20418837",
        "냄비 뚜껑이 헐거워요",
        "네, 접수해 주세요",
    ),
}


@pytest.mark.parametrize("language", WAY_TO_A_TICKET)
def test_request_for_a_person_ends_as_a_ticket_card(chat: ChatPage, language: str) -> None:  # noqa: F811
    opening, name, mail, matter, send = WAY_TO_A_TICKET[language]
    chat.visit(f"/demo?lang={language}").open().send(opening)
    answers = chat.said("bot")
    for reply in (matter, name, mail):
        expect(chat.log.locator(".waiting")).to_have_count(0, timeout=20_000)
        seen = answers.count()
        chat.send(reply)
        expect(answers.nth(seen)).to_be_visible(timeout=20_000)
    chat.quick(send).click(timeout=20_000)
    expect(chat.log.get_by_text(re.compile("FD-[0-9A-Z]{6}")).first).to_be_visible(timeout=20_000)
    SHOTS.mkdir(exist_ok=True)
    chat.page.screenshot(path=SHOTS / f"ticket-{language}.png")


def test_answer_shows_its_source_and_the_source_opens(chat: ChatPage, browser: Browser) -> None:  # noqa: F811
    chat.visit().open().send("How do I reset my password?")
    link = chat.log.locator("a").first
    expect(link).to_be_visible(timeout=20_000)
    address = str(link.evaluate("a => a.href"))
    tab = browser.new_page()
    answer = tab.goto(address)
    assert answer is not None and answer.ok
    expect(tab.locator("h1")).to_be_visible()
    tab.close()
