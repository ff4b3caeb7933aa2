"""The page as a whole: nobody is shut out, nothing comes from elsewhere, it fits its window, and it is small."""

import gzip
import re

import pytest
from playwright.sync_api import expect

from handoff.facts import Fact
from handoff.packet.parts import Evidence

from ..stub_api import WEB
from ..test_page import SHOTS
from .conftest import Agent
from .desk_page import DeskPage
from .shop import Shop

DESK = WEB / "desk"
LANGUAGES = ("en", "zh", "ko")


def full(shop: Shop) -> str:
    """A conversation with something in every corner."""
    id_ = shop.waiting("My teapot is broken.", "Third time I ask! I want a person.")
    shop.knows(id_, Fact("order_number", "LL-20418837", "LL-20418837", 1), Fact("email", None, "no", 1))
    shop.signals(id_, Evidence(1, "anger", 1.2, "Third time I ask!"))
    return id_


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 768, 1280])
def test_page_shuts_nobody_out_and_fits_its_window(
    visitor: Agent, shop: Shop, lang: str, scheme: str, width: int
) -> None:
    shop.person("boss", "supervisor")
    id_ = full(shop)
    desk = visitor(locale=lang, color_scheme=scheme, viewport={"width": width, "height": 800})
    assert desk.findings() == []
    desk.sign_in("boss", shop.password)
    expect(desk.item(id_)).to_be_visible()
    assert desk.findings() == []
    desk.claim(id_)
    desk.page.locator("#ledger summary").click()
    desk.field.fill("Hello")
    assert desk.findings() == []
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    assert desk.page.evaluate("document.documentElement.lang") == lang
    desk.picture(SHOTS / f"desk-{lang}-{scheme}-{width}.png")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("?")
    expect(desk.page.get_by_role("dialog")).to_be_visible()
    assert desk.findings() == []
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("0")
    expect(desk.page.locator(".tiles .card")).to_have_count(5)
    assert desk.findings() == []
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_language_is_changed_with_the_switch_and_stays(kim: DeskPage) -> None:
    kim.page.get_by_label("Language").select_option("ko")
    expect(kim.view("queue")).to_contain_text("대기열")
    kim.page.reload()
    expect(kim.view("queue")).to_contain_text("대기열")
    kim.page.get_by_label("언어").select_option("zh")
    expect(kim.view("queue")).to_contain_text("排队")


def test_every_word_is_there_in_every_language() -> None:
    keys = {lang: words((DESK / f"words_{lang}.js").read_text("utf-8")) for lang in LANGUAGES}
    assert keys["en"] == keys["zh"] == keys["ko"]
    assert len(keys["en"]) > 200


def words(text: str) -> set[str]:
    """The names in a table of words, without what is said."""
    bare = re.sub(r"'(?:[^'\\]|\\.)*'(?!\s*:)|`[^`]*`", "_", text.partition("export default")[2])
    return set(re.findall(r"([\w'?/+]+):", bare)) - {"_"}


def test_every_word_the_page_asks_for_is_there() -> None:
    have = words((DESK / "words_en.js").read_text("utf-8"))
    asked = {
        name for file in DESK.glob("*.js") for name in re.findall(r"say\('(\w+)(?:/\w+)?'", file.read_text("utf-8"))
    }
    assert asked - have == set()


def test_everything_is_done_by_keyboard(kim: DeskPage, shop: Shop) -> None:
    one, other = shop.waiting(name="Ann One"), shop.waiting(name="Bob Two")
    expect(kim.items).to_have_count(2)
    press = kim.page.keyboard.press
    press("j")
    press("j")
    expect(kim.item(other)).to_be_focused()
    press("k")
    expect(kim.item(one)).to_be_focused()
    press("Enter")
    expect(kim.name).to_be_focused()
    press("c")
    expect(kim.field).to_be_focused()
    kim.page.keyboard.type("Hello?")
    press("Enter")
    expect(kim.said("agent")).to_have_text("Hello?")
    press("Escape")
    expect(kim.name).to_be_focused()
    press("t")
    expect(kim.log).to_be_focused()
    press("a")
    expect(kim.page.locator("#articles")).to_be_focused()
    press("Escape")
    press("x")
    expect(kim.page.get_by_role("dialog")).to_be_visible()
    press("Escape")
    expect(kim.page.get_by_role("dialog")).to_have_count(0)
    expect(kim.name).to_be_focused()
    press("1")
    expect(kim.view("queue")).to_have_attribute("aria-current", "page")


def test_the_letters_can_be_switched_off(kim: DeskPage) -> None:
    kim.page.keyboard.press("?")
    kim.page.get_by_label("Single letters work").uncheck()
    kim.page.keyboard.press("Escape")
    kim.page.keyboard.press("2")
    kim.page.reload()
    kim.page.keyboard.press("2")
    expect(kim.view("queue")).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("signal", ["isComposing", "keyCode"])
def test_enter_that_chooses_a_character_does_not_send(kim: DeskPage, shop: Shop, signal: str) -> None:
    id_ = shop.waiting()
    kim.claim(id_)
    kim.field.fill("배송")
    values = {"isComposing": True} if signal == "isComposing" else {"keyCode": 229}
    kim.field.dispatch_event("keydown", {"key": "Enter", "bubbles": True, **values})
    expect(kim.field).to_have_value("배송")
    kim.field.press("Enter")
    expect(kim.said("agent")).to_have_text("배송")


def test_page_asks_nobody_else_for_anything_and_runs_nothing_inline(kim: DeskPage, shop: Shop) -> None:
    asked: list[str] = []
    kim.page.on("request", lambda request: asked.append(request.url))
    answer = kim.page.reload()
    assert answer is not None
    expect(kim.view("queue")).to_be_visible()
    assert [url for url in asked if not url.startswith((shop.url, "data:"))] == []
    policy = answer.header_value("content-security-policy") or ""
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    for file in DESK.iterdir():
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\son\w+=\"", file.read_text("utf-8")
        ), file


def test_page_stays_under_forty_kilobytes() -> None:
    """What a browser loads in one language."""
    files = [file for file in DESK.iterdir() if not re.search(r"words_(zh|ko)", file.name)]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 40 * 1024
