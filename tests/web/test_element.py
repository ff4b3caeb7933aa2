"""The element on a page: its attributes, its room on the screen, its manners towards the page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .chat_page import ChatPage
from .stub import Stub


def test_closed_chat_counts_what_was_not_read(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible()
    expect(chat.badge).to_be_hidden()
    chat.page.keyboard.press("Escape")
    stub.say("One")
    stub.say("Two")
    expect(chat.badge).to_have_text("2")
    expect(chat.launcher).to_have_accessible_name("Open chat (new messages: 2)")
    chat.page.reload()
    expect(chat.badge).to_have_text("2")
    chat.open()
    expect(chat.badge).to_be_hidden()
    chat.page.keyboard.press("Escape")
    chat.page.reload()
    expect(chat.said("bot")).to_have_count(4)
    expect(chat.badge).to_be_hidden()


def test_long_answer_is_shown_from_its_beginning(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible()
    stub.say("Beginning\n" + "line\n" * 80)
    expect(chat.said("bot").last).to_contain_text("Beginning")
    top = "node => node.getBoundingClientRect().top"
    assert 0 <= chat.said("bot").last.evaluate(top) - chat.log.evaluate(top) < 60


def test_end_of_the_conversation_stays_in_view_while_the_field_grows(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello\n" * 30)
    expect(chat.said("bot").nth(1)).to_be_visible()
    stub.say("The end")
    chat.log.evaluate("log => log.scrollTop = log.scrollHeight")
    chat.field.fill("line\n" * 8)
    expect(chat.said("bot").last).to_be_in_viewport(ratio=1)
    bottom = "node => node.getBoundingClientRect().bottom"
    assert chat.said("bot").last.evaluate(bottom) <= chat.log.evaluate(bottom)


@pytest.mark.parametrize("height", [640, 360])
def test_works_at_320_pixels(new_chat: Callable[..., ChatPage], stub: Stub, height: int) -> None:
    chat = new_chat(viewport={"width": 320, "height": height}).visit().open().send("W" * 90)
    expect(chat.said("bot").nth(1)).to_be_visible()
    stub.say("a" * 200, sources=[{"title": "b" * 80, "url": "/b/"}], buttons=[{"title": "c" * 60, "text": "c"}])
    expect(chat.said("bot").last).to_contain_text("aaa")
    wide = chat.page.evaluate(
        "() => { const all = document.querySelector('frontdoor-chat').shadowRoot.querySelectorAll('*');"
        " return [...all].filter(n => !n.closest('.sr') && n.getBoundingClientRect().right > innerWidth + 1)"
        ".map(n => n.className) }"
    )
    assert wide == []
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= 320
    for part in (chat.field, chat.send_button, chat.panel.get_by_role("button", name="Close chat")):
        expect(part).to_be_in_viewport(ratio=1)
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_be_visible()
    assert chat.focused() == "launcher"


def test_nothing_moves_for_who_asked_for_less_motion(new_chat: Callable[..., ChatPage]) -> None:
    moving = "node => getComputedStyle(node).animationName"
    chat = new_chat(reduced_motion="reduce").visit().open()
    assert chat.panel.evaluate(moving) == "none"
    chat = new_chat(reduced_motion="no-preference").visit().open()
    assert chat.panel.evaluate(moving) == "rise"


def test_runs_under_a_strict_content_security_policy(chat: ChatPage, stub: Stub) -> None:
    broken: list[str] = []
    chat.page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)
    chat.visit("/bare").open().send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible()
    stub.say("Ok", buttons=[{"title": "Yes", "text": "Yes"}], sources=[{"title": "Help", "url": "/help/"}])
    expect(chat.quick("Yes")).to_be_visible()
    assert chat.panel.evaluate("node => getComputedStyle(node).position") == "fixed"
    assert [line for line in broken if "favicon" not in line and "404" not in line] == []


def test_unknown_language_of_the_page_is_answered_in_english(chat: ChatPage, stub: Stub) -> None:
    chat.visit("/bare?lang=fr-FR").open().send("bonjour")
    expect(chat.said("bot").nth(1)).to_be_visible()
    expect(chat.launcher).to_have_accessible_name("Close chat")
    assert next(iter(stub.conversations.values())).locale == "en"


def test_attributes_decide_over_the_page(chat: ChatPage, stub: Stub) -> None:
    chat.visit("/bare?lang=en")
    chat.page.evaluate(
        """([base]) => { const chat = document.createElement('frontdoor-chat');
        for (const [key, value] of Object.entries({ base: base + '/', locale: 'ko-KR', name: '가게', open: '' }))
          chat.setAttribute(key, value);
        document.querySelector('frontdoor-chat').replaceWith(chat); }""",
        [stub.url],
    )
    expect(chat.panel).to_be_visible()
    expect(chat.panel).to_have_accessible_name("가게")
    chat.send("안녕하세요")
    expect(chat.said("bot").last).to_have_text("You asked: 안녕하세요")
    chat.page.evaluate("document.querySelector('frontdoor-chat').open = false")
    expect(chat.panel).to_be_hidden()


def test_page_can_open_the_chat_with_a_question(chat: ChatPage) -> None:
    chat.visit()
    chat.page.get_by_role("button", name="How long does delivery take?").click()
    expect(chat.field).to_have_value("How long does delivery take?")
    assert chat.focused() == "textarea"
    expect(chat.said("customer")).to_have_count(0)


def test_chat_stays_open_from_page_to_page_without_taking_the_focus(chat: ChatPage) -> None:
    chat.visit().open()
    chat.page.goto(chat.base_url + "/demo?lang=ko")
    expect(chat.panel).to_be_visible()
    assert chat.focused() == ""


def test_element_taken_off_the_page_is_silent(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    chat.page.evaluate("window.kept = document.querySelector('frontdoor-chat'); kept.remove()")
    before = len(stub.calls)
    chat.page.evaluate("document.body.append(kept)")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    assert chat.texts() == ["hello", "You asked: hello"]
    assert len(stub.calls) == before + 1
