"""What the browser keeps: between tabs, after a loss, and where it may keep nothing."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from .chat_page import ChatPage
from .stub import Stub


def test_conversation_the_server_has_lost_is_begun_anew(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    stub.forget()
    chat.send("still there?")
    expect(chat.said("bot").last).to_have_text("You asked: still there?")
    assert chat.texts() == [
        "hello",
        "You asked: hello",
        "Your earlier conversation is no longer available. A new one starts here.",
        "still there?",
        "You asked: still there?",
    ]
    chat.page.reload()
    expect(chat.said("bot").last).to_have_text("You asked: still there?")
    assert chat.texts() == ["still there?", "You asked: still there?"]


def test_lost_conversation_is_told_on_return_and_none_is_made_yet(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    stub.forget()
    chat.page.reload()
    expect(chat.said("system")).to_contain_text("no longer available")
    assert stub.conversations == {}


def test_two_tabs_that_begin_at_once_make_one_conversation(chat: ChatPage, stub: Stub, context: BrowserContext) -> None:
    chat.visit().open()
    other = chat.another_tab(context).visit().open()
    stub.held = True
    with chat.page.expect_request("**/conversations"):
        chat.send("left")
    other.send("right")
    stub.release()
    expect(chat.said("customer")).to_have_text(["left", "right"])
    expect(other.said("customer")).to_have_text(["left", "right"])
    assert len(stub.conversations) == 1


def test_two_tabs_make_one_conversation_and_keep_every_message(
    chat: ChatPage, stub: Stub, context: BrowserContext
) -> None:
    chat.visit().open()
    other = chat.another_tab(context).visit().open()
    stub.down = True
    for number in range(3):
        chat.send(f"left {number}")
        other.send(f"right {number}")
    stub.down = False
    expect(chat.log.locator(".waiting")).to_have_count(0, timeout=20_000)
    expect(chat.said("customer")).to_have_count(6)
    expect(other.said("customer")).to_have_count(6)
    assert len(stub.conversations) == 1
    assert len(next(iter(stub.conversations.values())).events) == 12
    expect(chat.said("bot")).to_have_count(7)
    expect(other.said("bot")).to_have_count(7)
    assert chat.texts() == other.texts()


def test_reading_in_one_tab_clears_the_badge_in_the_other(chat: ChatPage, stub: Stub, context: BrowserContext) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    chat.page.keyboard.press("Escape")
    other = chat.another_tab(context).visit()
    stub.say("News")
    expect(chat.badge).to_have_text("1")
    expect(other.badge).to_have_text("1")
    other.open()
    expect(chat.badge).to_be_hidden()


def test_without_storage_the_chat_lives_as_long_as_the_page(new_chat: Callable[..., ChatPage], stub: Stub) -> None:
    chat = new_chat()
    chat.page.add_init_script(
        "for (const kind of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, kind, { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    chat.visit().open().send("hello").send("again")
    expect(chat.said("bot").last).to_have_text("You asked: again")
    assert len(stub.conversations) == 1
    chat.page.reload()
    chat.open()
    expect(chat.log.locator(".bubble")).to_have_count(1)
    assert chat.errors == []


def test_spoilt_storage_is_no_obstacle(chat: ChatPage, stub: Stub) -> None:
    chat.page.add_init_script(f"localStorage.setItem('frontdoor:{stub.url}', '{{broken')")
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")


def test_sandboxed_frame_without_storage_and_locks_still_talks(chat: ChatPage, stub: Stub) -> None:
    chat.visit("/framed")
    frame = chat.page.frame_locator("iframe").locator("frontdoor-chat")
    frame.locator(".launcher").click()
    frame.locator("textarea").fill("hello")
    frame.locator("textarea").press("Enter")
    expect(frame.locator(".row.bot .bubble").last).to_have_text("You asked: hello")


def test_works_without_the_comforts_of_https(new_chat: Callable[..., ChatPage], stub: Stub) -> None:
    chat = new_chat()
    chat.page.add_init_script(
        "delete Crypto.prototype.randomUUID; Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })"
    )
    chat.visit().open().send("hello").send("again")
    expect(chat.said("bot").last).to_have_text("You asked: again")
    assert len(stub.conversations) == 1
    assert all(len(call.body["id"]) == 36 for call in stub.seen("POST", "/messages"))
