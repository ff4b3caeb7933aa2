"""Sending on a bad network: nothing is lost, nothing is said twice, and the customer is told."""

from playwright.sync_api import BrowserContext, expect

from .chat_page import ChatPage
from .stub import Stub


def test_message_written_offline_is_sent_when_the_line_is_back(
    chat: ChatPage, stub: Stub, context: BrowserContext
) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    context.set_offline(True)
    expect(chat.lost).to_contain_text("Reconnecting")
    chat.send("are you there?").send("hello?")
    expect(chat.log.locator(".waiting")).to_have_count(2)
    context.set_offline(False)
    expect(chat.said("bot").last).to_have_text("You asked: hello?")
    expect(chat.lost).to_be_empty()
    expect(chat.log.locator(".waiting")).to_have_count(0)
    assert sorted(chat.texts()) == sorted(
        ["hello", "You asked: hello", "are you there?", "You asked: are you there?", "hello?", "You asked: hello?"]
    )
    assert [text for text in chat.texts() if not text.startswith("You")] == ["hello", "are you there?", "hello?"]


def test_being_back_online_does_not_wait_for_the_backoff(chat: ChatPage, stub: Stub, context: BrowserContext) -> None:
    chat.page.clock.install()
    chat.visit().open()
    context.set_offline(True)
    chat.send("hello")
    for _ in range(8):
        chat.page.clock.run_for(30_000)
    context.set_offline(False)  # the page's clock stands still from here on
    expect(chat.said("bot").last).to_have_text("You asked: hello")


def test_unsent_message_survives_a_reload_under_its_own_id(chat: ChatPage, stub: Stub) -> None:
    stub.down = True
    chat.visit().open().send("hello")
    expect(chat.lost).to_contain_text("Reconnecting")
    expect(chat.log.locator(".waiting")).to_have_count(1)
    chat.page.reload()
    expect(chat.said("customer")).to_have_text(["hello"])
    expect(chat.log.locator(".waiting")).to_have_count(1)
    stub.down = False
    expect(chat.said("bot").last).to_have_text("You asked: hello", timeout=20_000)
    expect(chat.lost).to_be_empty()
    assert chat.texts() == ["hello", "You asked: hello"]


def test_lost_acknowledgement_makes_no_double(chat: ChatPage, stub: Stub) -> None:
    stub.lose_answers = 2
    stub.streaming = "refused"
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    expect(chat.log.locator(".waiting")).to_have_count(0)
    sent = stub.seen("POST", "/messages")
    assert len({call.body["id"] for call in sent}) == 1
    assert chat.texts() == ["hello", "You asked: hello"]
    assert len(next(iter(stub.conversations.values())).events) == 2


def test_message_seen_on_the_stream_needs_no_acknowledgement(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    stub.lose_answers = 1000
    chat.send("again")
    expect(chat.said("bot").last).to_have_text("You asked: again")
    expect(chat.log.locator(".waiting")).to_have_count(0)
    with chat.page.expect_response("**/events*"):
        chat.page.reload()
    expect(chat.said("bot").last).to_have_text("You asked: again")
    assert len(stub.seen("POST", "/messages")) == 2


def test_messages_keep_their_order_through_failures(chat: ChatPage, stub: Stub) -> None:
    stub.answer = lambda _: None
    chat.visit().open().send("one")
    expect(chat.log.locator(".waiting")).to_have_count(0)
    stub.refusals = [(503, {}, {}), (500, {}, {})]
    chat.send("two").send("three").send("four")
    expect(chat.log.locator(".waiting")).to_have_count(0, timeout=20_000)
    kept = next(iter(stub.conversations.values()))
    assert [event["text"] for event in kept.events] == ["one", "two", "three", "four"]
    assert chat.texts() == ["one", "two", "three", "four"]


def test_too_fast_is_told_and_sent_when_the_server_says(chat: ChatPage, stub: Stub) -> None:
    chat.page.clock.install()
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    slow = {"code": "too_many", "message": "You write faster than we can read. Please wait 30 seconds."}
    stub.refusals = [(429, {"Retry-After": "30"}, slow)]
    chat.send("again").send("and again")
    state = chat.log.locator(".failed .state")
    expect(state).to_contain_text("You write faster than we can read.")
    chat.page.clock.run_for(29_000)
    assert len(stub.seen("POST", "/messages")) == 2
    chat.page.clock.run_for(2_000)
    expect(chat.said("bot").last).to_have_text("You asked: and again")
    expect(state).to_have_count(0)


def test_refused_message_is_sent_again_by_its_button(chat: ChatPage, stub: Stub) -> None:
    slow = {"code": "too_many", "message": "Please wait a little."}
    stub.refusals = [(429, {"Retry-After": "600"}, slow)]
    chat.visit().open().send("hello")
    expect(chat.log.locator(".failed .state")).to_contain_text("Please wait a little.")
    chat.retry().click()
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    assert chat.focused() == "textarea"
    assert len({call.body["id"] for call in stub.seen("POST", "/messages")}) == 1


def test_refused_message_does_not_hold_up_the_next(chat: ChatPage, stub: Stub) -> None:
    stub.refusals = [(422, {}, {"code": "invalid", "message": "Please write something else."})]
    chat.visit().open().send("hello")
    expect(chat.log.locator(".failed .state")).to_contain_text("Please write something else.")
    chat.send("second")
    expect(chat.said("bot").last).to_have_text("You asked: second")
    chat.page.reload()
    expect(chat.log.locator(".failed .state")).to_contain_text("Please write something else.")


def test_refused_message_does_not_take_the_quick_replies_away(chat: ChatPage, stub: Stub) -> None:
    stub.refusals = [(422, {}, {"code": "invalid", "message": "Please write something else."})]
    chat.visit().open().send("hello")
    expect(chat.log.locator(".failed .state")).to_be_visible()
    chat.send("second")
    expect(chat.said("bot").last).to_have_text("You asked: second")
    stub.say("Did that help?", buttons=[{"title": "Yes", "text": "Yes"}])
    chat.quick("Yes").click()
    expect(chat.said("bot").last).to_have_text("You asked: Yes")
    expect(chat.quick("Yes")).to_be_hidden()


def test_refusal_without_a_sentence_gets_one(chat: ChatPage, stub: Stub) -> None:
    stub.refusals = [(400, {}, {})]
    chat.visit().open().send("hello")
    expect(chat.log.locator(".failed .state")).to_contain_text("This message could not be sent.")


def test_only_a_slow_line_says_sending(chat: ChatPage, stub: Stub) -> None:
    chat.page.clock.install()
    chat.visit().open()
    stub.down = True
    chat.send("hello")
    state = chat.log.locator(".customer .state")
    expect(state).to_be_empty()
    chat.page.clock.run_for(700)
    expect(state).to_have_text("Sending…")
