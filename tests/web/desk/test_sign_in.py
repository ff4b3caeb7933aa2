"""Signing in at the page: the first user, a wrong password, and what was written before the session ended."""

from playwright.sync_api import expect

from .conftest import Agent
from .desk_page import DeskPage
from .shop import Shop


def test_before_there_is_any_user_the_page_says_how_to_make_the_first(visitor: Agent, shop: Shop) -> None:
    desk = visitor()
    expect(desk.page.locator("code")).to_contain_text("frontdoor user add")
    expect(desk.page.locator("#password")).to_have_count(0)
    assert desk.findings() == []
    shop.person("kim")
    desk.page.get_by_role("button", name="Look again").click()
    desk.sign_in("kim", shop.password)


def test_a_wrong_password_is_told_and_the_right_one_lets_in(visitor: Agent, shop: Shop) -> None:
    shop.person("kim")
    desk = visitor()
    expect(desk.page.locator("#name")).to_be_focused()
    desk.page.locator("#name").fill("kim")
    desk.page.locator("#password").fill("guessed")
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("alert")).to_contain_text("password")
    expect(desk.page.locator("#password")).to_be_focused()
    assert desk.findings() == []
    desk.sign_in("kim", shop.password)


def test_who_is_signed_out_signs_in_again_where_they_were_with_what_they_wrote(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    kim.claim(id_)
    kim.field.fill("I have just looked")
    kim.page.context.clear_cookies()
    kim.view("closed").click()
    expect(kim.page.get_by_role("alert")).to_contain_text("signed out")
    kim.page.go_back()
    kim.sign_in("kim", shop.password)
    expect(kim.name).to_have_text("Jane Miller")
    expect(kim.field).to_have_value("I have just looked")
    kim.field.press("Enter")
    expect(kim.said("agent").last).to_have_text("I have just looked")


def test_whoever_signs_out_is_out_and_a_colleague_in_the_same_browser_sees_no_draft(kim: DeskPage, shop: Shop) -> None:
    id_ = shop.waiting()
    kim.open(id_)
    kim.field.fill("mine alone")
    kim.page.get_by_role("button", name="Sign out").click()
    shop.person("lee")
    kim.sign_in("lee", shop.password)
    expect(kim.name).to_have_text("Jane Miller")
    expect(kim.field).to_have_value("")


def test_a_knowledge_manager_sees_saved_replies_and_no_conversation(agent: Agent, shop: Shop) -> None:
    shop.waiting()
    desk = agent("max", "knowledge_manager")
    expect(desk.page.locator("main")).to_contain_text("Your role")
    expect(desk.items).to_have_count(0)
    desk.page.get_by_role("button", name="Saved replies").click()
    expect(desk.page.get_by_role("dialog")).to_contain_text("Taking over")
