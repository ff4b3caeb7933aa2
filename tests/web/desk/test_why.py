"""Why the bot said it, in the desk: a button at each of its messages opens what a support lead understands."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.api.why.thinking import looked_up, thinks

from ..stub_api import WEB
from ..test_page import SHOTS
from .conftest import Agent
from .desk_page import DeskPage
from .shop import Shop
from .test_shape import words

VIEW = WEB / "why"
LANGUAGES = ("en", "zh", "ko")
QUESTION = "how do I send it back"


@pytest.fixture
def asked(shop: Shop) -> str:
    """A customer the bot answered, who then asked for a person."""
    shop.stand.engine.does = thinks(shop.stand)
    shop.stand.base.outcomes[QUESTION] = [looked_up()]
    return shop.waiting(QUESTION)


def why(desk: DeskPage, id_: str) -> Locator:
    """The window, opened at the bot's first message by keyboard."""
    desk.open(id_)
    opener = desk.log.locator(".event.bot .why-this").first
    opener.focus()
    desk.page.keyboard.press("Enter")
    window = desk.page.get_by_role("dialog")
    expect(window).to_be_visible()
    return window


def test_a_support_lead_reads_what_decided(kim: DeskPage, asked: str) -> None:
    window = why(kim, asked)
    expect(window.get_by_role("heading", level=2)).to_have_text("Why the bot said this")
    expect(window.locator("blockquote")).to_have_text(QUESTION)
    expect(window).to_contain_text("Read as return, 82% likely. Next comes refund with 11%, 71% behind.")
    expect(window).to_contain_text("It is a matter for us: 90% (from 40% on).")
    expect(window).to_contain_text("look up return_item")
    expect(window).to_contain_text("Sure to 91%; it answers from 60% and suggests from 30% on.")
    articles = window.get_by_role("group", name="Articles looked at").get_by_role("row")
    expect(articles).to_have_count(1 + 10 + 1)
    expect(articles.nth(1)).to_contain_text("✓ Returns 0")
    expect(articles.nth(1)).to_contain_text("2.00")
    expect(window).to_contain_text(re.compile(r"from [\d.]+% a person is offered, from [\d.]+% one is called"))
    nearest = window.get_by_role("group", name="Nearest examples the bot was taught").get_by_role("row")
    expect(nearest.nth(1)).to_have_text("I want to return number 0return90%")
    expect(window.locator("pre")).to_have_text(f"frontdoor replay {asked} --turn 1")


def test_closing_it_gives_the_focus_back(kim: DeskPage, asked: str) -> None:
    why(kim, asked)
    kim.page.keyboard.press("Escape")
    expect(kim.page.get_by_role("dialog")).to_have_count(0)
    expect(kim.log.locator(".event.bot .why-this").first).to_be_focused()


def test_only_what_the_bot_said_can_be_asked_about(kim: DeskPage, asked: str, shop: Shop) -> None:
    kim.claim(asked).write("Hello Jane")
    expect(kim.said("agent")).to_have_text("Hello Jane")
    expect(kim.log.locator(".why-this")).to_have_count(kim.said("bot").count())


def test_a_word_outside_any_turn_is_said_to_be_one(kim: DeskPage, asked: str, shop: Shop) -> None:
    kim.page.route("**/why", lambda route: route.fulfill(status=404, json={"code": "x", "message": "Not the bot."}))
    kim.open(asked)
    kim.log.locator(".event.bot .why-this").first.click()
    expect(kim.told).to_have_text("Not the bot.")
    expect(kim.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 400)])
def test_it_shuts_nobody_out_in_any_language(agent: Agent, asked: str, lang: str, scheme: str, width: int) -> None:
    desk = agent("kim", locale=lang, color_scheme=scheme, viewport={"width": width, "height": 800})
    window = why(desk, asked)
    expect(window.locator("section.card")).to_have_count(6)
    assert desk.findings() == []
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    left = window.inner_text()
    assert "undefined" not in left
    assert "[object" not in left
    desk.picture(SHOTS / f"why-{lang}-{scheme}-{width}.png")


def test_every_word_is_there_in_every_language() -> None:
    keys = {lang: words((VIEW / f"words_{lang}.js").read_text("utf-8")) for lang in LANGUAGES}
    assert keys["en"] == keys["zh"] == keys["ko"]
    asked = set(re.findall(r"\bsay\('(\w+)", (VIEW / "view.js").read_text("utf-8")))
    assert asked - keys["en"] == set()


def test_the_view_runs_nothing_inline() -> None:
    for file in VIEW.iterdir():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", file.read_text("utf-8")), file
