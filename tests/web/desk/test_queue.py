"""The views at the page: in order, with the reasons, up to date by themselves, and heard."""

import re

from playwright.sync_api import Route, expect

from handoff.packet.parts import Evidence

from .conftest import Agent
from .desk_page import DeskPage
from .shop import Shop


def test_who_comes_into_the_queue_appears_by_itself_with_a_sound_and_a_number_in_the_title(
    kim: DeskPage, shop: Shop
) -> None:
    expect(kim.page.locator(".empty")).to_have_text("Nobody is waiting.")
    kim.page.evaluate("window.mark = 'the same page'")
    id_ = shop.waiting()
    expect(kim.item(id_)).to_contain_text("Jane Miller")
    expect(kim.item(id_)).to_contain_text("asked for a person")
    expect(kim.view("queue")).to_contain_text("1")
    expect(kim.page).to_have_title("(1) Queue · Support desk")
    expect(kim.page.locator("html")).to_have_attribute("data-rung", "1")
    kim.open(id_)
    expect(kim.page).to_have_title("Queue · Support desk")
    assert kim.page.evaluate("window.mark") == "the same page"


def test_a_desk_that_is_told_to_be_silent_stays_silent_after_a_reload(kim: DeskPage, shop: Shop) -> None:
    kim.page.get_by_label("Sound").uncheck()
    kim.page.reload()
    expect(kim.page.get_by_label("Sound")).not_to_be_checked()
    shop.waiting()
    expect(kim.page).to_have_title("(1) Queue · Support desk")
    assert kim.page.evaluate("document.documentElement.dataset.rung") is None


def test_the_one_in_danger_stands_first_and_the_desk_says_why(kim: DeskPage, shop: Shop) -> None:
    first = shop.waiting(name="Ann Calm")
    second = shop.waiting("My kettle gives me electric shocks", name="Bob Shock")
    shop.signals(second, Evidence(1, "safety", 4.0, "electric shocks"))
    expect(kim.items).to_have_count(2)
    expect(kim.items.first).to_contain_text("Bob Shock")
    expect(kim.item(second).locator(".why")).to_contain_text(re.compile(r"somebody may be in danger \+\d+"))
    expect(kim.item(first).locator(".rank")).to_have_text("2.")


def test_what_a_customer_writes_while_another_is_open_counts_as_unread_and_rings(kim: DeskPage, shop: Shop) -> None:
    one, other = shop.waiting(name="Ann One"), shop.waiting(name="Bob Two")
    kim.claim(one)
    kim.view("queue").click()
    kim.claim(other)
    expect(kim.item(one)).to_be_visible()
    shop.writes(one, "Are you still there?")
    expect(kim.item(one).locator(".unread")).to_contain_text("1")
    expect(kim.item(one)).to_contain_text("Are you still there?")
    expect(kim.page).to_have_title("(1) Mine · Support desk")
    kim.open(one)
    expect(kim.item(one).locator(".unread")).to_have_count(0)
    expect(kim.page).to_have_title("Mine · Support desk")


def test_views_say_when_there_is_nothing(kim: DeskPage) -> None:
    for view in ("queue", "mine", "unhappy", "waiting", "closed"):
        kim.view(view).click()
        expect(kim.view(view)).to_have_attribute("aria-current", "page")
        expect(kim.page.locator(".empty")).not_to_be_empty()


def test_colleagues_see_who_is_free_and_that_changes_by_itself(kim: DeskPage, agent: Agent) -> None:
    lee = agent("lee")
    lee.page.get_by_label("Taking conversations").check()
    expect(kim.page.locator("header .team summary")).to_have_text("1 of 2 free")
    lee.page.get_by_label("Taking conversations").uncheck()
    expect(kim.page.locator("header .team summary")).to_have_text("0 of 2 free")


def test_of_two_wishes_the_last_is_kept_however_slow_the_first(
    kim: DeskPage, agent: Agent, visitor: Agent, shop: Shop
) -> None:
    shop.person("lee")
    lee = visitor()
    held: list[Route] = []
    slow = True

    def hold(route: Route) -> None:
        held.append(route) if slow else route.continue_()

    lee.page.route("**/presence", hold)
    lee.sign_in("lee", shop.password)
    there = lee.page.get_by_label("Taking conversations")
    there.check()
    there.uncheck()
    there.check()
    # All that is sent by now has come to the line.
    lee.page.evaluate("fetch('/desk').then(() => 0)")
    slow = False
    # What was said first arrives last.
    for route in reversed(held):
        with lee.page.expect_response("**/presence"):
            route.continue_()
    expect(kim.page.locator("header .team summary")).to_have_text("1 of 2 free")
    roster = shop.do(shop.stand.desk.agents.roster(shop.stand.clock()))
    assert [one.agent.name for one in roster if one.agent.available] == ["lee"]


def test_a_supervisor_sees_alerts_with_the_evidence_and_opens_what_they_are_about(agent: Agent, shop: Shop) -> None:
    id_ = shop.waiting("My lawyer will hear of this", name="Bob Law")
    boss = agent("boss", "supervisor", "#overview")
    expect(boss.page.locator(".card.waiting .figure")).to_have_text("1")
    shop.signals(id_, Evidence(1, "threat", 3.0, "My lawyer will hear of this"))
    alert = boss.page.locator(".alerts .risk")
    expect(alert).to_contain_text("My lawyer will hear of this", timeout=35_000)
    expect(alert).to_contain_text("threat")
    assert boss.findings() == []
    alert.get_by_role("button").click()
    expect(boss.name).to_have_text("Bob Law")


def test_an_agent_has_no_overview(agent: Agent) -> None:
    desk = agent("kim", "agent", "#overview")
    expect(desk.view("queue")).to_have_attribute("aria-current", "page")
    expect(desk.page.get_by_role("button", name="Overview")).to_have_count(0)
