"""Two browsers at once, on the running product: the customer's chat and the agent's desk."""

import psutil
import pytest
from playwright.sync_api import Browser, Route, expect

from .customer import Customer, fill, says
from .product import Product
from .street import SOON, Street, asks_for_a_person, id_of, take

pytestmark = pytest.mark.browser


def test_who_asks_for_a_person_gets_one_and_both_may_reload_at_every_step(street: Street) -> None:
    kim, chat = street.agent(), street.customer()

    def reload() -> None:
        """Both pages, after which both say what they said before: nothing is lost, and nothing is there twice."""
        read, seen = chat.texts(), kim.log.locator(".bubble").all_inner_texts()
        kim.page.reload()
        chat.page.reload()
        chat.open()
        expect(chat.log.locator(".bubble")).to_have_count(len(read) + 1, timeout=SOON)
        assert chat.texts() == read
        if seen:
            expect(kim.log.locator(".bubble").nth(len(seen) - 1)).to_be_visible(timeout=SOON)
        # The desk may have more by now than it had before.
        again = kim.log.locator(".bubble").all_inner_texts()
        assert again[: len(seen)] == seen
        assert len(set(again)) == len(again)

    id_ = asks_for_a_person(chat, "My mug arrived cracked, the order is LL-20418837")
    expect(chat.widget.locator(".place")).to_contain_text("You are next.")
    expect(kim.item(id_)).to_contain_text("asked for a person", timeout=SOON)
    reload()
    expect(chat.widget.locator(".place")).to_contain_text("You are next.", timeout=SOON)
    kim.open(id_)
    expect(kim.packet).to_contain_text("LL-20418837")
    expect(kim.packet).to_contain_text("My mug arrived cracked")
    reload()
    expect(kim.packet).to_contain_text("LL-20418837", timeout=SOON)
    kim.act("claim").click()
    expect(chat.panel.locator(".head")).to_contain_text("Kim is with you", timeout=SOON)
    expect(chat.widget.locator(".place")).to_be_empty()
    # Who took over and the line that says so come on two ways.
    expect(chat.said("system")).to_have_count(1, timeout=SOON)
    reload()
    expect(chat.panel.locator(".head")).to_contain_text("Kim is with you", timeout=SOON)
    expect(kim.act("toBot")).to_be_visible(timeout=SOON)
    kim.field.press_sequentially("What is your order number?")
    expect(chat.typing).to_contain_text("Kim", timeout=SOON)
    kim.field.press("Enter")
    expect(kim.warnings).to_contain_text("LL-20418837", timeout=SOON)
    take(kim, "draft")
    reload()
    expect(kim.field).to_have_value("What is your order number?", timeout=SOON)
    expect(chat.said("agent")).to_have_count(0)
    kim.field.fill("")
    kim.page.get_by_role("button", name="Use the suggested first sentence").click()
    kim.field.press("Enter")
    expect(chat.said("agent").first).to_contain_text("LL-20418837", timeout=SOON)
    reload()
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
        # What is said to the bot is no news to the desk, which reads it again after half a minute, or now.
        kim.page.reload()
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


FORM = {
    "en": ("I want to complain about your shop", "I want to talk to a human"),
    "zh": ("我要投诉你们店", "转人工"),
    "ko": ("불만을 제기하고 싶어요", "상담원 연결해 주세요"),
}


def test_in_the_middle_of_a_form_a_person_is_fetched_at_once(street: Street, staffed: Product) -> None:
    customers = []
    for lang, (complaint, _) in FORM.items():
        customer = Customer(staffed, lang)
        shown = customer.press(customer.say(complaint)[-1], 0)
        assert says(shown, lang, "ask-name"), shown
        customers.append(customer)
    kim = street.agent()
    for customer in customers:
        shown = customer.say(FORM[customer.locale][1])
        assert says(shown, customer.locale, "person-coming"), shown
        assert len(shown) == 1
        expect(kim.item(customer.id)).to_contain_text("asked for a person", timeout=SOON)


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
    # Only once it has left the other's queue can it come back there.
    expect(lee.item(id_)).to_be_hidden(timeout=SOON)
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


def at_night(shop: Product, matter: str, name: str, contact: str) -> Customer:
    """A customer who asked for a person while nobody is there, and left it with the bot."""
    customer = Customer(shop)
    shown = customer.say("I want to talk to a human")
    assert says(shown, "en", "person-closed"), shown
    restated = fill(customer, shown, question=matter, name=name, contact=contact)
    assert customer.press(restated[-1], 0)[-1]["type"] == "ticket"
    return customer


def test_the_tickets_of_the_night_wait_in_the_queue_in_their_order(closed_shop: Product, browser: Browser) -> None:
    first = at_night(closed_shop, "The lid of my pot is loose", "Nora Night", "nora@example.com")
    second = at_night(closed_shop, "I want to sell my own pottery in your shop", "Olga Owl", "olga@example.com")
    third = at_night(closed_shop, "The kettle gave me an electric shock, it is dangerous", "Max Moon", "m@example.com")
    street = Street(browser, closed_shop)
    try:
        kim = street.agent()
        expect(kim.item(third.id)).to_contain_text("Max Moon", timeout=SOON)
        waiting = [item.get_attribute("id") for item in kim.items.locator("[id^=item-]").all()]
        # Who is in danger first, then who came first.
        ranks = [waiting.index(f"item-{one.id}") for one in (third, first, second)]
        assert ranks == sorted(ranks), waiting
        expect(kim.item(first.id).locator(".why")).to_contain_text("ticket")
        kim.claim(first.id)
        for part in ("Nora Night", "nora@example.com", "The lid of my pot is loose"):
            expect(kim.packet).to_contain_text(part)
    finally:
        street.close()
