"""What stands in the conversation: words, sources, tickets, people, times. Data is never markup."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from .chat_page import ChatPage
from .stub import Stub

EVIL = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"


def test_data_is_never_markup(chat: ChatPage, stub: Stub) -> None:
    stub.answer = lambda _: None
    chat.visit().open().send(EVIL)
    expect(chat.log.locator(".waiting")).to_have_count(0)
    stub.say(
        EVIL,
        buttons=[{"title": EVIL, "text": EVIL}],
        sources=[{"title": EVIL, "url": "/help/"}],
        ticket={"number": EVIL, "reply_by": EVIL},
    )
    stub.say(EVIL, "system", "owner")
    expect(chat.said("bot").last).to_have_text(EVIL)
    expect(chat.said("system").last).to_have_text(EVIL)
    expect(chat.log.locator(".ticket b")).to_have_text(EVIL)
    chat.log.locator(".quick button").click()
    expect(chat.said("customer")).to_have_text([EVIL, EVIL])
    expect(chat.widget.locator("img, script")).to_have_count(0)
    assert chat.page.title() != "broken"


def test_sources_link_only_where_it_is_safe(chat: ChatPage, stub: Stub) -> None:
    stub.answer = lambda _: None
    chat.visit().open().send("hello")
    expect(chat.log.locator(".waiting")).to_have_count(0)
    sources = [
        {"title": "Absolute", "permalink": "/a/", "url": "https://shop.example/a/"},
        {"title": "Relative", "permalink": "/b/", "url": "/en/help/b/"},
        {"title": "By permalink", "permalink": "/en/help/c/"},
        {"title": "Script", "permalink": "/d/", "url": "javascript:alert(1)"},
        {"title": "Hidden script", "permalink": "/e/", "url": " \tjava\nscript:alert(1)"},
        {"title": "Data", "permalink": "/f/", "url": "data:text/html,<p>"},
        {"title": "Nowhere", "permalink": "/g/", "url": None},
        {"title": "Broken", "permalink": "/h/", "url": "https://["},
    ]
    stub.say("See", sources=sources)
    expect(chat.log.get_by_role("listitem")).to_have_count(8)
    links = chat.log.get_by_role("link")
    expect(links).to_have_count(3)
    shown = links.evaluate_all("all => all.map(a => [a.href, a.target, a.rel])")
    assert [link[0] for link in shown] == [
        "https://shop.example/a/",
        f"{stub.url}/en/help/b/",
        f"{stub.url}/en/help/c/",
    ]
    assert all(link[1] == "_blank" and "noopener" in link[2] for link in shown)
    expect(links.first).to_have_accessible_name("Absolute (opens in a new tab)")


def test_quick_reply_is_sent_as_the_customers_word_and_gone_after_use(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible()
    stub.say("Did that help?", buttons=[{"title": "Yes", "text": "Yes, thank you"}, {"title": "No", "text": "No"}])
    chat.quick("Yes").click()
    expect(chat.said("customer").last).to_have_text("Yes, thank you")
    expect(chat.log.locator(".quick:visible")).to_have_count(0)
    assert chat.focused() == "textarea"
    expect(chat.said("bot").last).to_have_text("You asked: Yes, thank you")
    chat.page.reload()
    chat.open()
    expect(chat.said("customer")).to_have_count(2)
    expect(chat.log.locator(".quick:visible")).to_have_count(0)


def test_quick_replies_still_open_survive_a_reload(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible()
    stub.say("Did that help?", buttons=[{"title": "Yes", "text": "Yes"}])
    expect(chat.quick("Yes")).to_be_visible()
    chat.page.reload()
    expect(chat.quick("Yes")).to_be_visible()


def test_ticket_shows_its_number_and_when_somebody_replies(chat: ChatPage, stub: Stub) -> None:
    stub.answer = lambda _: None
    chat.visit().open().send("help")
    expect(chat.log.locator(".waiting")).to_have_count(0)
    stub.say(
        "I have opened a ticket.", "bot", "ticket", ticket={"number": "T-1042", "reply_by": "2030-01-07T09:30:00Z"}
    )
    ticket = chat.log.locator(".ticket")
    expect(ticket).to_contain_text("T-1042")
    expect(ticket).to_contain_text("Monday, 7 January 2030")
    expect(ticket).to_contain_text("10:30")  # Amsterdam, where this customer sits
    stub.say("Another", "bot", "ticket", ticket={"number": "T-1043"})
    expect(chat.log.locator(".ticket").last).to_have_text("TicketT-1043")


def test_person_is_told_apart_from_the_bot(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible()
    stub.say("Good morning, this is Mina.", "agent")
    expect(chat.log.locator(".row.agent .who")).to_contain_text("Support agent")
    look = "node => { const s = getComputedStyle(node); return s.backgroundColor + s.borderLeftWidth }"
    assert chat.said("agent").evaluate(look) != chat.said("bot").last.evaluate(look)


def test_event_of_an_unknown_kind_is_a_note_if_it_has_words(chat: ChatPage, stub: Stub) -> None:
    chat.visit().open().send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible()
    stub.say(None, "system", "owner")
    stub.say("Mina joined the conversation.", "agent", "arrival")
    stub.say("", "bot", "status")
    stub.say("After all that", "bot")
    expect(chat.said("bot").last).to_have_text("After all that")
    expect(chat.said("system")).to_have_text(["Mina joined the conversation."])
    expect(chat.log.locator(".row")).to_have_count(5)


def test_typing_shows_from_sending_until_a_word_arrives(chat: ChatPage, stub: Stub) -> None:
    stub.answer = lambda _: None
    chat.visit().open()
    expect(chat.typing).to_be_empty()
    chat.send("hello")
    expect(chat.typing).to_contain_text("Assistant is typing")
    expect(chat.log.locator(".waiting")).to_have_count(0)
    stub.say("Here I am")
    expect(chat.typing).to_be_empty()
    stub.type("agent")
    expect(chat.typing).to_contain_text("Support agent is typing")
    stub.say("Hello, Mina here", "agent")
    expect(chat.typing).to_be_empty()


def test_typing_gives_up_after_45_seconds(chat: ChatPage, stub: Stub) -> None:
    stub.answer = lambda _: None
    chat.page.clock.install()
    chat.visit().open().send("hello")
    expect(chat.log.locator(".waiting")).to_have_count(0)
    chat.page.clock.run_for(44_000)
    expect(chat.typing).to_contain_text("typing")
    chat.page.clock.run_for(2_000)
    expect(chat.typing).to_be_empty()


def test_days_and_times_stand_where_they_change(chat: ChatPage, stub: Stub) -> None:
    stub.answer = lambda _: None
    chat.visit().open().send("hello")
    expect(chat.log.locator(".waiting")).to_have_count(0)
    later = datetime.now(ZoneInfo("Europe/Amsterdam")) + timedelta(days=1)
    stub.say("tomorrow", at=later.isoformat())
    stub.say("tomorrow too", at=later.isoformat())
    stub.say("no time at all", at=None)
    expect(chat.said("bot").last).to_have_text("no time at all")
    days = chat.log.locator(".day:visible").all_inner_texts()
    assert len(days) == 2
    assert days[1].startswith(later.strftime("%A"))
    assert days[1].endswith(later.strftime("%B %Y"))
