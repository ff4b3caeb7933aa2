"""Two browsers at once, on the running product: the customer's chat and the agent's desk."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from handoff.agents import Role

from ..web.chat_page import ChatPage
from ..web.conftest import browser  # noqa: F401 - a fixture
from ..web.desk.desk_page import DeskPage
from .conftest import at_work, hours_file
from .customer import Customer, fill, says
from .product import FRONTDOOR, ROOT, Product, data_folder, environment

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
PICTURES = ROOT / "docs" / "pictures" / "desk"
#: An answer on a busy machine.
SOON = 30_000
#: The page is heard from every 20 seconds; who is not for this long has vanished.
AWAY = "30"


def employ(product: Product, name: str, role: Role = "agent") -> None:
    """Somebody who can sign in; whoever is there already stays."""

    words = ["user", "add", name, "--role", role, "--display", name.title(), "--password-stdin"]
    done = subprocess.run(
        [str(FRONTDOOR), *words],
        env=environment(product.settings),
        input=PASSWORD,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0 or "already" in done.stderr, done.stderr


class Street:
    """Opens browsers: of customers, who have only a chat, and of agents."""

    def __init__(self, browser: Browser, product: Product) -> None:  # noqa: F811
        self.browser, self.product = browser, product
        self.contexts: list[BrowserContext] = []
        self.desks: list[DeskPage] = []

    def context(self, **options: object) -> BrowserContext:
        wanted = {"locale": "en-GB", "viewport": {"width": 1280, "height": 800}, **options}
        context = self.browser.new_context(**wanted)  # type: ignore[arg-type]  # playwright's own options
        context.set_default_timeout(SOON)
        self.contexts.append(context)
        return context

    def customer(self, lang: str = "en") -> ChatPage:
        page = self.context(viewport={"width": 500, "height": 760}).new_page()
        return ChatPage(page, self.product.url).visit(f"/demo?lang={lang}").open()

    def agent(self, name: str = "kim", role: Role = "agent", available: bool = True) -> DeskPage:
        employ(self.product, name, role)
        desk = DeskPage(self.context().new_page(), self.product.url).visit().sign_in(name, PASSWORD)
        there = desk.page.get_by_label("Taking conversations")
        with desk.page.expect_response("**/presence"):
            there.set_checked(available)
            there.dispatch_event("change")
        self.desks.append(desk)
        return desk

    def close(self) -> None:
        for desk in self.desks:
            if not desk.page.is_closed():
                desk.page.get_by_label("Taking conversations").uncheck()
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="module")
def staffed(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product in business hours, with agents who may vanish."""
    folder = tmp_path_factory.mktemp("staffed")
    hours = hours_file(folder, at_work())
    product = Product(data_folder(folder / "data", prepared), HOURS_FILE=hours, AGENT_AWAY_SECONDS=AWAY)
    product.start()
    yield product
    product.close()


@pytest.fixture
def street(staffed: Product, browser: Browser) -> Iterator[Street]:  # noqa: F811
    street = Street(browser, staffed)
    yield street
    street.close()
    assert [error for desk in street.desks for error in desk.unexpected()] == []


def id_of(chat: ChatPage) -> str:
    """The conversation's id, as the customer's browser keeps it."""
    kept = chat.page.evaluate("Object.entries(localStorage).find(([key]) => key.startsWith('frontdoor:'))[1]")
    id_: str = json.loads(kept)["id"]
    return id_


def asks_for_a_person(chat: ChatPage, *before: str) -> str:
    """The customer is told that somebody comes, and is in the queue; gives the conversation's id."""
    for text in before:
        seen = chat.said("bot").count()
        chat.send(text)
        expect(chat.said("bot").nth(seen)).to_be_visible(timeout=SOON)
    chat.send("I want to talk to a human")
    expect(chat.widget.locator(".place")).to_contain_text("You are", timeout=SOON)
    return id_of(chat)


def take(desk: DeskPage, name: str) -> None:
    """Keeps a picture for the docs, when pictures are asked for."""
    if os.environ.get("FRONTDOOR_PICTURES") == "1":
        expect(desk.told).to_be_empty(timeout=SOON)
        desk.picture(PICTURES / f"{name}.png")


def test_who_asks_for_a_person_gets_one_and_both_may_reload_at_every_step(street: Street) -> None:
    kim, chat = street.agent(), street.customer()

    def reload() -> None:
        kim.page.reload()
        chat.page.reload()
        chat.open()

    id_ = asks_for_a_person(chat, "My mug arrived cracked, the order is LL-20418837")
    expect(chat.widget.locator(".place")).to_contain_text("You are next.")
    expect(kim.item(id_)).to_contain_text("asked for a person", timeout=SOON)
    reload()
    expect(chat.widget.locator(".place")).to_contain_text("You are next.", timeout=SOON)
    kim.open(id_)
    expect(kim.packet).to_contain_text("LL-20418837")
    expect(kim.packet).to_contain_text("My mug arrived cracked")
    kim.act("claim").click()
    expect(chat.panel.locator(".head")).to_contain_text("Kim is with you", timeout=SOON)
    expect(chat.widget.locator(".place")).to_be_empty()
    reload()
    expect(chat.panel.locator(".head")).to_contain_text("Kim is with you", timeout=SOON)
    expect(kim.act("toBot")).to_be_visible(timeout=SOON)
    kim.field.press_sequentially("What is your order number?")
    expect(chat.typing).to_contain_text("Kim", timeout=SOON)
    kim.field.press("Enter")
    expect(kim.warnings).to_contain_text("LL-20418837", timeout=SOON)
    take(kim, "draft")
    kim.field.fill("")
    kim.page.get_by_role("button", name="Use the suggested first sentence").click()
    kim.field.press("Enter")
    expect(chat.said("agent").first).to_contain_text("LL-20418837", timeout=SOON)
    chat.send("Yes, the handle is off")
    expect(kim.said("customer").last).to_have_text("Yes, the handle is off", timeout=SOON)
    take(kim, "conversation")
    reload()
    expect(chat.said("agent").first).to_be_visible(timeout=SOON)
    expect(kim.said("customer").last).to_have_text("Yes, the handle is off", timeout=SOON)
    kim.act("close").click()
    kim.page.get_by_role("dialog").locator("button.main").click()
    expect(chat.said("system").last).to_contain_text("Kim has ended this chat", timeout=SOON)
    expect(chat.panel.locator(".head")).not_to_contain_text("Kim is with you", timeout=SOON)
    reload()
    kim.view("closed").click()
    expect(kim.item(id_)).to_contain_text("Solved", timeout=SOON)


def test_of_two_who_take_the_same_the_second_is_told_who_has_it(street: Street) -> None:
    kim, lee, chat = street.agent("kim"), street.agent("lee"), street.customer()
    id_ = asks_for_a_person(chat)
    kim.open(id_)
    lee.open(id_)
    # Both press before either page can know of the other.
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    lee.page.route("**/desk/conversations/*/claim", hold)
    lee.page.route(f"**/desk/conversations/{id_}", hold)
    lee.field.fill("I was about to say")
    lee.act("claim").click()
    kim.act("claim").click()
    expect(kim.act("toBot")).to_be_visible()
    lee.page.unroute(f"**/desk/conversations/{id_}")
    for route in held:
        route.continue_()
    expect(lee.taken).to_contain_text("Kim has it already", timeout=SOON)
    expect(lee.field).to_have_value("I was about to say")
    expect(lee.page.locator(".about")).to_contain_text("Kim has it")
    expect(chat.said("system")).to_have_count(1, timeout=SOON)


def test_who_takes_over_while_the_bot_is_composing_is_the_only_one_who_speaks(street: Street, staffed: Product) -> None:
    kim, chat = street.agent(), street.customer()
    chat.send("hello")
    expect(chat.said("bot").nth(1)).to_be_visible(timeout=SOON)
    kim.visit(f"#queue/{id_of(chat)}")
    expect(kim.said("customer").last).to_have_text("hello", timeout=SOON)
    seen = chat.said("bot").count()
    bot: psutil.Process = staffed.rasa()
    bot.suspend()
    try:
        chat.send("How long does delivery take?")
        expect(kim.said("customer").last).to_have_text("How long does delivery take?", timeout=SOON)
        kim.act("claim").click()
        expect(chat.panel.locator(".head")).to_contain_text("Kim is with you", timeout=SOON)
    finally:
        bot.resume()
    # What the bot had to say is on record, and nowhere else.
    expect(kim.log.locator(".event.dropped").first).to_be_visible(timeout=60_000)
    kim.write("Two days, I have just looked")
    expect(chat.said("agent")).to_have_text("Two days, I have just looked", timeout=SOON)
    assert chat.said("bot").count() == seen


def test_handed_back_the_bot_answers_again(street: Street) -> None:
    kim, chat = street.agent(), street.customer()
    id_ = asks_for_a_person(chat)
    expect(kim.item(id_)).to_be_visible(timeout=SOON)
    kim.claim(id_)
    kim.act("toBot").click()
    kim.page.get_by_role("dialog").locator("button.main").click()
    expect(chat.said("system").last).to_contain_text("handed you back", timeout=SOON)
    seen = chat.said("bot").count()
    chat.send("How do I reset my password?")
    expect(chat.said("bot").nth(seen)).to_be_visible(timeout=SOON)
    expect(chat.panel.locator(".head")).not_to_contain_text("Kim is with you")


def test_an_agent_who_vanishes_leaves_the_customer_to_a_colleague(street: Street) -> None:
    kim, lee, chat = street.agent("kim"), street.agent("lee"), street.customer()
    id_ = asks_for_a_person(chat)
    expect(kim.item(id_)).to_be_visible(timeout=SOON)
    kim.claim(id_)
    kim.page.context.close()
    expect(lee.item(id_)).to_be_visible(timeout=90_000)
    expect(chat.said("system").last).to_contain_text("The connection to Kim was lost", timeout=SOON)
    lee.claim(id_)
    expect(lee.said("note")).to_contain_text("no longer connected")
    expect(chat.panel.locator(".head")).to_contain_text("Lee is with you", timeout=SOON)


def test_a_supervisor_sees_who_waits_and_why_it_is_urgent(street: Street) -> None:
    kim, boss, chat = street.agent(), street.agent("boss", "supervisor", available=False), street.customer()
    id_ = asks_for_a_person(chat, "The kettle gave me an electric shock, it is dangerous")
    expect(kim.item(id_)).to_be_visible(timeout=SOON)
    take(kim, "queue")
    boss.page.keyboard.press("0")
    expect(boss.page.locator(".alerts .risk").filter(has_text="electric shock")).to_be_visible(timeout=60_000)
    take(boss, "overview")


def test_the_tickets_of_the_night_wait_in_the_queue(
    closed_shop: Product,
    browser: Browser,  # noqa: F811
) -> None:
    customer = Customer(closed_shop)
    shown = customer.say("I want to talk to a human")
    assert says(shown, "en", "ask-name") or says(shown, "en", "ask-question")
    restated = fill(
        customer, shown, question="The lid of my pot is loose", name="Nora Night", contact="nora@example.com"
    )
    assert customer.say(restated[-1]["buttons"][0]["text"])[-1]["type"] == "ticket"
    street = Street(browser, closed_shop)
    try:
        kim = street.agent()
        expect(kim.item(customer.id)).to_contain_text("Nora Night", timeout=SOON)
        expect(kim.item(customer.id).locator(".why")).to_contain_text("ticket")
        kim.claim(customer.id)
        expect(kim.packet).to_contain_text("nora@example.com")
        expect(kim.packet).to_contain_text("The lid of my pot is loose")
    finally:
        street.close()
