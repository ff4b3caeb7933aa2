"""What a customer sees of people: the place in the queue, who took over, and that they write."""

from playwright.sync_api import expect

from .chat_page import ChatPage
from .stub import Stub


def waits(chat: ChatPage, stub: Stub, **place: object) -> None:
    chat.visit().open().send("a person please")
    expect(chat.said("bot").nth(1)).to_be_visible()
    stub.stands("queue", **place)
    stub.say(None, "system", "owner")


def test_customer_sees_the_place_and_a_time_only_when_there_is_one(chat: ChatPage, stub: Stub) -> None:
    waits(chat, stub, place=2, minutes=10)
    place = chat.widget.locator(".place")
    expect(place).to_contain_text("You are number 2 in the queue. It should take no longer than 10 minutes.")
    expect(place).to_have_role("status")
    stub.stands("queue", place=1)
    expect(place).to_contain_text("You are next.")
    expect(place).not_to_contain_text("minutes")


def test_customer_may_rather_leave_a_ticket(chat: ChatPage, stub: Stub) -> None:
    waits(chat, stub, place=1)
    chat.panel.get_by_role("button", name="Rather leave a ticket").click()
    expect(chat.widget.locator(".place")).to_contain_text("You are next.")
    stub.stands("bot")
    expect(chat.widget.locator(".place")).to_be_empty()
    assert len(stub.left) == 1


def test_customer_sees_who_took_over_and_that_they_write_also_after_a_reload(chat: ChatPage, stub: Stub) -> None:
    waits(chat, stub, place=1)
    stub.stands("agent", agent={"display": "Mina"})
    expect(chat.panel.locator(".head")).to_contain_text("Mina is with you")
    expect(chat.widget.locator(".place")).to_be_empty()
    stub.stands("agent", agent={"display": "Mina"}, typing=True)
    expect(chat.typing).to_have_text("Mina is typing…")
    stub.stands("agent", agent={"display": "Mina"})
    expect(chat.typing).to_be_empty()
    chat.page.reload()
    expect(chat.panel.locator(".head")).to_contain_text("Mina is with you")
    stub.say("Hello", "agent", agent={"display": "Mina"})
    expect(chat.log.locator(".row.agent .who")).to_contain_text("Mina")


def test_nobody_types_for_a_customer_who_waits(chat: ChatPage, stub: Stub) -> None:
    waits(chat, stub, place=1)
    expect(chat.widget.locator(".place")).to_contain_text("next")
    stub.answer = lambda text: None
    chat.send("hello?")
    expect(chat.typing).to_be_empty()
    stub.stands("bot")
    expect(chat.widget.locator(".place")).to_be_empty()
    chat.send("and now?")
    expect(chat.typing).to_have_text("Assistant is typing…")
