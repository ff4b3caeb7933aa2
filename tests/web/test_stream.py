"""Listening on a bad network: a stream that breaks, is cut into pieces, refused or swallowed."""

import pytest
from playwright.sync_api import BrowserContext, expect

from .chat_page import ChatPage
from .stub import Stub


def test_broken_stream_goes_on_where_it_broke(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    stub.cut_streams()
    stub.say("While you were away")
    expect(chat.said("bot").last).to_have_text("While you were away")
    assert chat.texts() == ["hello", "You asked: hello", "While you were away"]
    last = stub.seen("GET", "/events")[-1]
    assert last.query == "after=2"
    assert last.headers["last-event-id"] == "2"
    assert last.headers["accept"] == "text/event-stream"
    assert last.headers["authorization"].startswith("Bearer ")


# The network decides where pieces end. This makes it decide so.
PIECES = """([size]) => { const real = window.fetch;
  const cut = () => new TransformStream({ transform(part, to) {
    for (let at = 0; at < part.length; at += size) to.enqueue(part.slice(at, at + size)) } });
  window.fetch = async (...asked) => { const answer = await real(...asked);
    return new Response(answer.body.pipeThrough(cut()), answer) } }"""


def test_what_the_server_repeats_is_shown_once(chat: ChatPage, stub: Stub) -> None:
    stub.repeats = True
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    stub.cut_streams()
    stub.say("While you were away")
    expect(chat.said("bot").last).to_have_text("While you were away")
    assert chat.texts() == ["hello", "You asked: hello", "While you were away"]


@pytest.mark.parametrize(("newline", "size"), [("\n", 9999), ("\r\n", 9999), ("\r\n", 1), ("\n", 3), ("\r\n", 7)])
def test_stream_is_read_however_it_is_cut(chat: ChatPage, stub: Stub, newline: str, size: int) -> None:
    stub.newline = newline
    chat.page.add_init_script(f"({PIECES})([{size}])")
    chat.visit().open().send("첫째 줄\n第二行")
    expect(chat.said("bot").last).to_have_text("You asked: 첫째 줄\n第二行", use_inner_text=True)
    stub.say("데이터: 값\n\n: not a comment\ndata: nor this")
    expect(chat.said("bot").last).to_have_text("데이터: 값\n\n: not a comment\ndata: nor this", use_inner_text=True)


@pytest.mark.parametrize("streaming", ["refused", "html"])
def test_where_streams_fail_the_chat_asks(chat: ChatPage, stub: Stub, streaming: str) -> None:
    stub.streaming = streaming
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    expect(chat.lost).to_be_empty()
    stub.say("More")
    expect(chat.said("bot").last).to_have_text("More")
    assert any("wait=20" in call.query for call in stub.seen("GET", "/events"))


@pytest.mark.parametrize("streaming", ["silent", "stuck"])
def test_stream_that_a_proxy_swallows_is_replaced_by_asking(chat: ChatPage, stub: Stub, streaming: str) -> None:
    stub.streaming = streaming
    chat.page.clock.install()
    chat.visit().open().send("hello")
    expect(chat.log.locator(".waiting")).to_have_count(0)
    chat.page.clock.run_for(21_000)
    chat.page.clock.resume()
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    expect(chat.lost).to_be_empty()
    assert chat.texts() == ["hello", "You asked: hello"]


def test_server_away_is_told_and_asked_less_and_less_often(chat: ChatPage, stub: Stub) -> None:
    chat.page.clock.install()
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    stub.down = True
    stub.cut_streams()
    before = len(stub.calls)
    for _ in range(120):
        chat.page.clock.run_for(1_000)
        chat.page.evaluate("fetch('/bare').then(answer => answer.text())")  # what was asked before is answered by now
    expect(chat.lost).to_contain_text("Reconnecting")
    assert 5 <= len(stub.calls) - before <= 16  # two minutes of backing off, not hammering
    stub.down = False
    stub.say("Back again")
    for _ in range(16):
        chat.page.clock.run_for(2_000)
    expect(chat.said("bot").last).to_have_text("Back again")
    expect(chat.lost).to_be_empty()


def test_hidden_tab_lets_go_of_its_stream_and_catches_up(chat: ChatPage, stub: Stub) -> None:
    chat.page.clock.install()
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    show = "on => { Object.defineProperty(document, 'hidden', { configurable: true, value: !on });"
    show += " document.dispatchEvent(new Event('visibilitychange')) }"
    chat.page.evaluate(show, False)
    chat.page.clock.run_for(61_000)
    stub.say("While you looked elsewhere")
    chat.page.clock.run_for(5_000)
    assert chat.texts() == ["hello", "You asked: hello"]
    chat.page.evaluate(show, True)
    expect(chat.said("bot").last).to_have_text("While you looked elsewhere")


def test_line_that_dies_without_a_word_is_noticed_within_half_a_minute(chat: ChatPage, stub: Stub) -> None:
    chat.page.clock.install()
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    chat.page.route("**/events*", lambda _: None)  # from here on nothing comes back, and nothing breaks either
    chat.page.clock.run_for(20_000)
    with chat.page.expect_request("**/events*"):
        chat.page.clock.run_for(1_000)
    chat.page.clock.run_for(10_000)
    expect(chat.lost).to_contain_text("Reconnecting")
    stub.say("Still here")
    chat.page.unroute("**/events*")
    for _ in range(8):
        chat.page.clock.run_for(5_000)
        chat.page.evaluate("fetch('/bare').then(answer => answer.text())")
    expect(chat.said("bot").last).to_have_text("Still here")
    expect(chat.lost).to_be_empty()


RECONNECTING = {
    "en": "Connection lost. Reconnecting…",
    "zh": "连接已断开，正在重新连接…",
    "ko": "연결이 끊겼습니다. 다시 연결하는 중…",
}


@pytest.mark.parametrize("language", RECONNECTING)
def test_cut_line_is_told_in_the_customers_language(chat: ChatPage, stub: Stub, language: str) -> None:
    chat.visit(f"/bare?lang={language}").open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    stub.down = True
    stub.cut_streams()
    expect(chat.lost).to_have_text(RECONNECTING[language])
    stub.down = False
    expect(chat.lost).to_be_empty(timeout=20_000)


@pytest.mark.parametrize("streaming", ["sse", "refused"])
def test_hour_offline_is_made_up_for_in_order_and_once(
    chat: ChatPage, stub: Stub, context: BrowserContext, streaming: str
) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    context.set_offline(True)
    expect(chat.lost).to_contain_text("Reconnecting")
    chat.send("while I was away")
    stub.streaming = streaming
    missed = [str(stub.say(f"missed {number}")["text"]) for number in range(350)]
    context.set_offline(False)
    expect(chat.said("bot").last).to_have_text("You asked: while I was away", timeout=20_000)
    expect(chat.lost).to_be_empty()
    expect(chat.log.locator(".waiting")).to_have_count(0)
    before = ["hello", "You asked: hello"]
    assert chat.texts() == [*before, *missed, "while I was away", "You asked: while I was away"]
    assert len(stub.seen("POST", "/messages")) == 2


def test_long_conversation_is_shown_in_seconds(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    for number in range(2000):
        stub.say(f"answer {number}", role="bot" if number % 2 else "customer")
    chat.page.reload()
    # The time grows with the conversation, not with its square: a third of this is usual on two cores.
    expect(chat.said("bot").last).to_have_text("answer 1999", timeout=8_000)
    assert len(chat.texts()) == 2002


def test_beginning_of_a_long_answer_stays_in_sight_when_more_follows(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").last).to_have_text("You asked: hello")
    stub.say("\n".join(f"line {number}" for number in range(80)))
    stub.say("Did that help?")
    expect(chat.said("bot").last).to_have_text("Did that help?")
    long = chat.said("bot").nth(2).bounding_box()
    log = chat.log.bounding_box()
    assert long is not None and log is not None
    assert log["y"] - 1 <= long["y"] <= log["y"] + 60
