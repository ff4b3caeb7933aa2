"""A customer talks, in any browser, with any server that keeps the customer API. Nothing here knows the stub."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from .chat_page import ChatPage

QUESTION = "How long does delivery take?"


def test_question_is_answered(chat: ChatPage) -> None:
    chat.visit().open().send(QUESTION)
    expect(chat.said("bot").nth(1)).to_be_visible(timeout=20_000)
    expect(chat.log.locator(".waiting")).to_have_count(0)


def test_looking_at_the_chat_sends_nothing(chat: ChatPage) -> None:
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    chat.visit().open()
    expect(chat.said("bot")).to_have_count(1)
    chat.field.fill("I am only thinking")
    assert asked == []


def test_reload_brings_the_same_conversation_once(chat: ChatPage) -> None:
    chat.visit().open().send(QUESTION)
    expect(chat.said("bot").nth(1)).to_be_visible(timeout=20_000)
    before = chat.texts()
    chat.page.reload()
    chat.open()
    expect(chat.said("bot").nth(1)).to_be_visible()
    expect(chat.log.locator(".bubble")).to_have_count(len(before) + 1)
    assert chat.texts() == before


def test_two_tabs_show_one_conversation(chat: ChatPage, context: BrowserContext) -> None:
    chat.visit().open()
    other = chat.another_tab(context).visit().open()
    chat.send(QUESTION)
    expect(other.said("customer")).to_have_text([QUESTION])
    expect(other.said("bot").nth(1)).to_be_visible(timeout=20_000)
    other.send("And to Korea?")
    expect(chat.said("customer")).to_have_text([QUESTION, "And to Korea?"])


def test_message_over_the_limit_is_refused_with_a_sentence_and_can_be_edited(chat: ChatPage) -> None:
    long = "word " * 500 + "end"
    chat.visit().open().send(long)
    state = chat.log.locator(".failed .state")
    expect(state).to_contain_text(re.compile(r"2.?000"))
    expect(chat.retry()).to_be_visible()
    state.get_by_role("button", name="Edit").click()
    expect(chat.field).to_have_value(long)
    expect(chat.said("customer")).to_have_count(0)
    chat.send("Shorter now")
    expect(chat.said("bot").nth(1)).to_be_visible(timeout=20_000)


def test_chat_speaks_the_language_of_the_page(new_chat: Callable[..., ChatPage]) -> None:
    for lang, welcome, launcher in [
        ("en", "automatic assistant of Linden & Lark", "Open chat"),
        ("zh", "我是 Linden & Lark 的智能客服", "打开聊天"),
        ("ko", "Linden & Lark 챗봇입니다", "채팅 열기"),
    ]:
        chat = new_chat().visit(f"/demo?lang={lang}")
        expect(chat.launcher).to_have_accessible_name(launcher)
        chat.open()
        expect(chat.said("bot").first).to_contain_text(welcome)
        with chat.page.expect_request("**/api/v1/conversations") as begun:
            chat.send("1")
        expect(chat.log.locator(".waiting")).to_have_count(0)
        assert begun.value.post_data_json == {"locale": lang}
