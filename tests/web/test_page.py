"""The pages as a whole: nothing from elsewhere, nothing that shuts anybody out, and small."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from api.widget import widget

from .chat_page import ChatPage
from .stub import Stub

SHOTS = Path(__file__).parents[1] / "shots"


def _full(chat: ChatPage, stub: Stub) -> None:
    """Brings everything the chat can show onto the screen."""
    chat.open().send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible()
    stub.say("Mina", "agent")
    stub.say("Mina has joined.", "system", "owner")
    stub.say("Done", type_="ticket", ticket={"number": "T-1", "reply_by": "2030-01-07T09:30:00Z"})
    stub.say(
        "So?", sources=[{"title": "Help", "url": "/help/"}, {"title": "Text"}], buttons=[{"title": "Yes", "text": "Y"}]
    )
    expect(chat.quick("Yes")).to_be_visible()
    stub.refusals = [(422, {}, {"code": "invalid", "message": "Please write something else."})]
    stub.type("bot")
    expect(chat.typing).to_contain_text("…")


def _findings(chat: ChatPage) -> list[str]:
    # Colours are judged when nothing is on its way in any more.
    chat.page.evaluate(
        "Promise.all(document.querySelector('frontdoor-chat').shadowRoot.getAnimations()"
        ".filter(each => each.animationName === 'rise').map(each => each.finished))"
    )
    found = Axe().run(chat.page).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh", "ko"])
def test_axe_finds_nothing(new_chat: Callable[..., ChatPage], stub: Stub, lang: str, scheme: str) -> None:
    chat = new_chat(color_scheme=scheme).visit(f"/demo?lang={lang}")
    assert _findings(chat) == []
    _full(chat, stub)
    assert _findings(chat) == []
    chat.field.fill("x" * 2001)
    chat.field.press("Enter")
    expect(chat.log.locator(".failed .state")).to_be_visible()
    chat.field.fill("x" * 2001)
    chat.page.evaluate("dispatchEvent(new Event('offline'))")
    expect(chat.lost).to_be_visible()
    assert _findings(chat) == []


def test_axe_finds_nothing_on_a_small_screen(new_chat: Callable[..., ChatPage], stub: Stub) -> None:
    chat = new_chat(viewport={"width": 320, "height": 640}).visit()
    assert _findings(chat) == []
    _full(chat, stub)
    assert _findings(chat) == []


@pytest.mark.parametrize("lang", ["en", "zh", "ko"])
def test_demo_asks_nobody_else_for_anything(chat: ChatPage, stub: Stub, lang: str) -> None:
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url))
    chat.visit(f"/demo?lang={lang}").open().send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible()
    outside = [url for url in asked if not url.startswith((stub.url, "data:"))]
    assert outside == []
    assert "favicon" not in "".join(asked)


def test_demo_is_whole_in_every_language(chat: ChatPage) -> None:
    keys = "() => [...document.querySelectorAll('[data-t]')].map(node => node.textContent)"
    shown = {}
    for lang in ("en", "zh", "ko"):
        chat.visit(f"/demo?lang={lang}")
        shown[lang] = chat.page.evaluate(keys)
        assert chat.page.evaluate("document.documentElement.lang") == lang
        assert all(text and text != "undefined" for text in shown[lang])
        expect(chat.page.locator("[hreflang][aria-current]")).to_have_attribute("hreflang", lang)
    for other in ("zh", "ko"):
        assert not [en for en, text in zip(shown["en"], shown[other], strict=True) if en == text]
    chat.visit("/demo?lang=xx")
    assert chat.page.evaluate("document.documentElement.lang") == "en"


def test_widget_stays_small() -> None:
    """Twelve kilobytes, and one and a half for the place in the queue and the person who takes over."""
    assert len(gzip.compress(widget().encode())) < 13.5 * 1024


@pytest.mark.parametrize("lang", ["en", "zh", "ko"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_page_fits_its_window(
    new_chat: Callable[..., ChatPage], stub: Stub, lang: str, scheme: str, width: int
) -> None:
    chat = new_chat(viewport={"width": width, "height": 760}, color_scheme=scheme).visit(f"/demo?lang={lang}")
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= width
    SHOTS.mkdir(exist_ok=True)
    chat.page.screenshot(path=SHOTS / f"page-{lang}-{scheme}-{width}.png")
    _full(chat, stub)
    chat.page.screenshot(path=SHOTS / f"chat-{lang}-{scheme}-{width}.png")
