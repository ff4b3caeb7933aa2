"""The chat by keyboard and by ear: writing, composing, focus, what is read aloud."""

import pytest
from playwright.sync_api import expect

from .chat_page import ChatPage
from .stub import Stub


def test_enter_sends_and_shift_enter_makes_a_line(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open()
    chat.field.press_sequentially("one")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("two")
    expect(chat.said("customer")).to_have_count(0)
    chat.field.press("Enter")
    expect(chat.said("customer")).to_have_text("one\ntwo", use_inner_text=True)
    expect(chat.field).to_have_value("")
    chat.field.fill("  \n ")
    chat.field.press("Enter")
    chat.field.fill("three")
    chat.send_button.click()
    expect(chat.said("bot").last).to_have_text("You asked: three")
    assert [call.body["text"] for call in stub.seen("POST", "/messages")] == ["one\ntwo", "three"]


@pytest.mark.parametrize("signal", ["isComposing", "keyCode"])
def test_enter_that_chooses_a_character_does_not_send(chat: ChatPage, signal: str) -> None:
    chat.visit().open()
    chat.field.fill("배송")
    values = {"isComposing": True} if signal == "isComposing" else {"keyCode": 229}
    chat.field.dispatch_event("keydown", {"key": "Enter", "bubbles": True, **values})
    expect(chat.field).to_have_value("배송")
    expect(chat.said("customer")).to_have_count(0)
    chat.field.press("Enter")
    expect(chat.said("customer")).to_have_text(["배송"])


def test_real_composition_is_not_cut_short(chat: ChatPage) -> None:
    chat.visit().open()
    browser = chat.page.context.new_cdp_session(chat.page)
    chat.field.focus()
    browser.send("Input.imeSetComposition", {"text": "배소", "selectionStart": 2, "selectionEnd": 2})
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    browser.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    browser.send("Input.insertText", {"text": "배송"})
    expect(chat.field).to_have_value("배송")
    expect(chat.said("customer")).to_have_count(0)


def test_focus_goes_in_and_comes_back(chat: ChatPage) -> None:
    chat.visit()
    chat.launcher.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.panel).to_be_visible()
    expect(chat.launcher).to_have_attribute("aria-expanded", "true")
    assert chat.focused() == "textarea"
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_have_attribute("aria-expanded", "false")
    assert chat.focused() == "launcher"
    chat.open()
    chat.panel.get_by_role("button", name="Close chat").click()
    assert chat.focused() == "launcher"


def test_everything_is_reached_by_tab_and_the_page_stays_reachable(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible()
    stub.say("So?", buttons=[{"title": "Yes", "text": "Yes"}], sources=[{"title": "Help", "url": "/help/"}])
    expect(chat.quick("Yes")).to_be_visible()
    chat.panel.get_by_role("button", name="Close chat").focus()
    names = "() => { const at = document.querySelector('frontdoor-chat').shadowRoot.activeElement;"
    names += " return at ? at.getAttribute('aria-label') || at.textContent : document.activeElement.tagName }"
    walk = []
    for _ in range(7):
        walk.append(chat.page.evaluate(names))
        chat.page.keyboard.press("Tab")
    assert walk == [
        "Close chat", "Conversation", "Help (opens in a new tab)", "Yes", "Type your question…", "Send", "Close chat",
    ]  # fmt: skip
    assert chat.focused() == ""


def test_focus_can_be_seen(chat: ChatPage) -> None:
    chat.visit().open()
    chat.send_button.focus()
    for _ in range(3):
        chat.page.keyboard.press("Shift+Tab")
        outline = chat.page.evaluate(
            "() => { const at = document.querySelector('frontdoor-chat').shadowRoot.activeElement;"
            " return at ? getComputedStyle(at).outlineStyle + getComputedStyle(at).outlineWidth : 'none' }"
        )
        assert outline in ("solid2px", "solid3px")


def test_log_is_read_aloud_politely_but_not_twice(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open()
    expect(chat.log).to_have_attribute("aria-live", "polite")
    expect(chat.log).to_have_role("log")
    expect(chat.log).to_have_accessible_name("Conversation")
    expect(chat.panel).to_have_role("dialog")
    expect(chat.panel).to_have_accessible_name("Linden & Lark")
    chat.send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible()
    chat.page.reload()
    expect(chat.said("bot").nth(1)).to_be_visible()
    expect(chat.log).to_have_attribute("aria-live", "off")
    stub.say("Something new")
    expect(chat.said("bot").last).to_have_text("Something new")
    expect(chat.log).to_have_attribute("aria-live", "polite")


def test_counter_appears_near_the_limit_and_counts_as_the_server_does(chat: ChatPage) -> None:
    chat.visit().open()
    chat.field.fill("x" * 1799)
    expect(chat.counter).to_be_empty()
    chat.field.fill("😀" * 1900)
    expect(chat.counter).to_have_text("1900 / 2000")
    expect(chat.field).to_have_attribute("aria-invalid", "false")
    chat.field.fill("x" * 2001)
    expect(chat.counter).to_have_text("2001 / 2000")
    expect(chat.field).to_have_attribute("aria-invalid", "true")
    expect(chat.field).to_have_accessible_description("2001 / 2000")
