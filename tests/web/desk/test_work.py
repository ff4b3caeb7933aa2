"""One conversation at the page: taken, answered, noted, looked over, given back; and what a colleague did meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from handoff.facts import Fact

from .conftest import Agent
from .desk_page import DeskPage
from .shop import Shop


def test_one_click_takes_it_and_enter_answers(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    kim.claim(id_)
    kim.field.press_sequentially("Hello Jane,")
    kim.field.press("Shift+Enter")
    kim.field.press_sequentially("I have it.")
    expect(kim.said("agent")).to_have_count(0)
    kim.field.press("Enter")
    expect(kim.said("agent")).to_have_text("Hello Jane,\nI have it.", use_inner_text=True)
    expect(kim.field).to_have_value("")
    assert ("agent", "Hello Jane,\nI have it.") in shop.said(id_)
    assert any(role == "system" and "Kim" in text for role, text in shop.said(id_))


def test_the_packet_says_what_the_transcript_would(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    shop.knows(id_, Fact("order_number", "LL-20418837", "order LL-20418837", 1))
    kim.open(id_)
    expect(kim.packet.locator(".reason")).to_contain_text("asked for a person")
    expect(kim.packet.locator("blockquote")).to_contain_text("My teapot is broken.")
    given = kim.packet.locator(".given dl > div")
    expect(given.filter(has_text="Name")).to_contain_text("confirmed")
    expect(given.filter(has_text="LL-20418837")).to_contain_text("claimed")
    expect(kim.packet).to_contain_text("can be answered at any time")
    # Without scrolling: all of it stands in the window.
    assert kim.page.evaluate("document.querySelector('.packet').getBoundingClientRect().bottom") < 800
    kim.page.get_by_role("button", name="Take it", exact=True).click()
    kim.page.get_by_role("button", name="Use the suggested first sentence").click()
    assert "Jane Miller" in kim.field.input_value()


def test_a_draft_that_asks_for_what_is_known_is_held_back_and_can_be_sent_all_the_same(
    kim: DeskPage, shop: Shop
) -> None:
    id_ = shop.waiting()
    kim.claim(id_).write("What is your name?")
    expect(kim.warnings).to_contain_text("Jane Miller")
    assert not any(role == "agent" for role, _ in shop.said(id_))
    assert kim.findings() == []
    kim.warnings.get_by_role("button", name="Change").click()
    expect(kim.field).to_be_focused()
    expect(kim.warnings).to_be_empty()
    kim.field.press("Enter")
    kim.warnings.get_by_role("button", name="Send all the same").click()
    expect(kim.said("agent")).to_have_text("What is your name?")


def test_a_private_note_is_seen_by_colleagues_and_never_by_the_customer(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    kim.open(id_)
    kim.page.keyboard.press("n")
    kim.write("Has called twice, careful")
    expect(kim.said("note")).to_have_text("Has called twice, careful")
    assert "careful" not in str(shop.said(id_))


def test_a_saved_reply_is_found_by_a_slash_and_filled_in_from_what_is_known(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    kim.claim(id_)
    kim.field.press_sequentially("/taking")
    options = kim.page.get_by_role("listbox", name="Saved replies").get_by_role("option")
    expect(options).to_have_count(1)
    assert kim.findings() == []
    kim.field.press("Enter")
    expect(kim.field).to_have_value(
        "Hello Jane Miller, this is Kim. I've read what you wrote, so you don't need to repeat it. "
        "Give me a moment to look into it."
    )
    kim.field.fill("")
    kim.field.press_sequentially("/looked at")
    expect(options).to_have_count(0)
    kim.field.fill("")
    kim.field.press_sequentially("/order")
    expect(options.first).to_be_visible()
    options.filter(has_text="{order}").click()
    assert kim.page.evaluate("getSelection().toString()") == "{order}"
    kim.field.press("Enter")
    expect(kim.warnings).to_contain_text("{order}")
    kim.field.press_sequentially("LL-20418837")
    kim.field.press("Enter")
    expect(kim.said("agent")).to_have_text("I have your order LL-20418837 open in front of me.")


def test_an_article_is_searched_attached_and_shown_to_the_customer(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    kim.claim(id_)
    kim.page.locator("#articles").fill("parcel")
    row = kim.page.locator(".passages li")
    expect(row).to_contain_text("Late parcels")
    row.get_by_role("button", name="Attach").click()
    expect(kim.page.locator(".attached")).to_contain_text("Late parcels")
    expect(kim.field).to_be_focused()
    row.get_by_role("button", name="Insert").click()
    expect(kim.field).to_have_value("Parcels take three days.")
    kim.field.press("Enter")
    expect(kim.log.locator(".event.agent .sources")).to_have_text("Late parcels")
    expect(kim.page.locator(".attached li")).to_have_count(0)


def test_a_draft_survives_a_reload_with_what_was_attached(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    kim.claim(id_)
    kim.field.fill("half a sen")
    kim.page.locator("#articles").fill("parcel")
    kim.page.get_by_role("button", name="Attach").click()
    kim.page.reload()
    expect(kim.name).to_have_text("Jane Miller")
    expect(kim.field).to_have_value("half a sen")
    expect(kim.page.locator(".attached")).to_contain_text("Late parcels")


def test_two_take_the_same_and_the_second_is_told_who_has_it(agent: Agent, shop: Shop) -> None:
    kim, lee = agent("kim"), agent("lee")
    id_ = shop.waiting()
    lee.open(id_)
    lee.field.fill("I was about to say")
    # Lee's page is a moment behind.
    lee.page.route("**/desk/conversations?**", lambda route: route.abort())
    lee.page.route("**/desk/events", lambda route: route.abort())
    stale: list[Route] = []

    def hold(route: Route) -> None:
        stale.append(route)

    lee.page.route(f"**/conversations/{id_}", hold)
    kim.claim(id_)
    lee.act("claim").click()
    expect(lee.told).to_contain_text("Kim has it already")
    lee.page.unroute(f"**/conversations/{id_}")
    for route in stale:
        route.continue_()
    expect(lee.taken).to_contain_text("Kim has it already")
    expect(lee.page.locator(".about")).to_contain_text("Kim has it")
    expect(lee.act("claim")).to_have_count(0)
    expect(lee.field).to_have_value("I was about to say")
    expect(lee.page.get_by_role("button", name="Send")).to_be_disabled()


def test_an_answer_on_old_knowledge_is_refused_and_kept(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    kim.claim(id_)
    kim.field.fill("It is on its way")
    kim.page.route("**/desk/events", lambda route: route.abort())
    shop.move(id_, "queue", "taken away", "boss")
    shop.move(id_, "agent", "given", "boss", agent="lee")
    kim.field.press("Enter")
    expect(kim.taken).to_contain_text("Your draft is kept.")
    expect(kim.field).to_have_value("It is on its way")
    assert ("agent", "It is on its way") not in shop.said(id_)


def test_an_answer_whose_confirmation_is_lost_is_said_once(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    kim.claim(id_)
    lost: list[object] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    kim.page.route("**/reply", lose)
    kim.write("Only once")
    expect(kim.said("agent")).to_have_text("Only once")
    expect(kim.field).to_have_value("")
    assert shop.said(id_).count(("agent", "Only once")) == 1


def test_an_answer_that_did_not_arrive_is_kept_and_goes_out_with_the_next_enter(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    kim.claim(id_)
    kim.page.route("**/reply", lambda route: route.abort())
    kim.write("Once more")
    expect(kim.warnings).to_contain_text("Your draft is kept")
    expect(kim.field).to_have_value("Once more")
    kim.page.unroute("**/reply")
    kim.field.press("Enter")
    expect(kim.said("agent")).to_have_text("Once more")


def test_the_last_words_stay_in_sight_until_the_agent_scrolls_up(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting(*(f"This is line {n} of what happened to my teapot" for n in range(12)))
    kim.claim(id_)
    expect(kim.said("system").last).to_be_in_viewport()
    kim.write("What is your name?")
    expect(kim.warnings).to_contain_text("Jane Miller")
    expect(kim.said("system").last).to_be_in_viewport()
    shop.writes(id_, "And one thing more")
    expect(kim.said("customer").last).to_have_text("And one thing more")
    expect(kim.said("customer").last).to_be_in_viewport()
    kim.log.hover()
    kim.page.mouse.wheel(0, -5000)
    expect(kim.said("customer").first).to_be_in_viewport()
    shop.writes(id_, "And another")
    expect(kim.said("customer").last).to_have_text("And another")
    expect(kim.said("customer").first).to_be_in_viewport()


def to_bot(desk: DeskPage) -> None:
    desk.act("toBot").click()
    desk.page.get_by_role("dialog").get_by_label("Note for colleagues").fill("please go on")


def to_queue(desk: DeskPage) -> None:
    desk.act("toQueue").click()


def aside(desk: DeskPage) -> None:
    desk.act("snooze").click()


def away(desk: DeskPage) -> None:
    desk.act("close").click()
    desk.page.get_by_label("Outcome").select_option("solved")


@pytest.mark.parametrize(
    ("move", "view"),
    [(to_bot, ""), (to_queue, "queue"), (aside, "waiting"), (away, "closed")],
    ids=lambda x: str(x)[:20],
)
def test_a_conversation_is_given_out_of_ones_hands(
    kim: DeskPage, shop: Shop, move: Callable[[DeskPage], None], view: str
) -> None:
    id_ = shop.waiting()
    kim.claim(id_)
    move(kim)
    assert kim.findings() == []
    kim.page.get_by_role("dialog").locator("button.main").click()
    expect(kim.page.get_by_role("dialog")).to_have_count(0)
    expect(kim.page.locator(".empty")).to_have_text("You have no conversation. Take one from the queue.")
    if view:
        kim.view(view).click()
        expect(kim.item(id_)).to_be_visible()
    else:
        found = shop.do(shop.stand.conversations.find(id_))
        assert found is not None
        assert found.owner == "bot"


def test_it_is_passed_to_a_colleague_who_is_there_and_who_reads_the_note(agent: Agent, shop: Shop) -> None:
    kim, lee = agent("kim"), agent("lee")
    lee.page.get_by_label("Taking conversations").check()
    expect(kim.page.locator("header .team summary")).to_have_text("1 of 2 free")
    id_ = shop.waiting()
    kim.claim(id_)
    kim.page.keyboard.press("Escape")
    kim.page.keyboard.press("p")
    window = kim.page.get_by_role("dialog")
    expect(window.get_by_label("To", exact=True)).to_have_value("agent:lee")
    window.get_by_label("Note").fill("Speaks about the teapot")
    window.locator("button.main").click()
    lee.view("mine").click()
    expect(lee.item(id_)).to_be_visible()
    lee.open(id_)
    expect(lee.said("note")).to_have_text("Speaks about the teapot")
    expect(lee.page.locator(".about")).to_contain_text("You have it")


def test_what_the_customer_never_saw_is_marked(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting("<b onclick=alert(1)>bold</b>", name="<img src=x onerror=alert(1)>")
    kim.open(id_)
    expect(kim.said("customer").first).to_have_text("<b onclick=alert(1)>bold</b>")
    expect(kim.name).to_have_text("<img src=x onerror=alert(1)>")
    expect(kim.page.locator("img, b")).to_have_count(0)


def test_saved_replies_are_added_changed_and_deleted(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    kim.claim(id_)
    kim.page.get_by_role("button", name="Saved replies").click()
    kim.page.get_by_role("button", name="Add a reply").click()
    window = kim.page.get_by_role("dialog").last
    window.get_by_label("Title").fill("Glaze")
    window.get_by_label("Text").fill("Dear {nobody}")
    window.get_by_role("button", name="Save").click()
    expect(window.get_by_role("alert")).to_contain_text("nobody")
    window.get_by_label("Text").fill("The glaze is safe, {name}.")
    window.get_by_role("button", name="Save").click()
    expect(kim.page.get_by_role("dialog")).to_have_count(1)
    kim.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    kim.field.press_sequentially("/glaze")
    expect(kim.page.get_by_role("listbox", name="Saved replies").get_by_role("option")).to_have_count(1)
    kim.field.press("Tab")
    expect(kim.field).to_have_value("The glaze is safe, Jane Miller.")
