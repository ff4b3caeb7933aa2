"""Nobody is free: the wait is offered honestly, a ticket is the other way, and nobody waits for ever."""

import re

import pytest
from playwright.sync_api import expect

from api import wording

from ..web.chat_page import ChatPage
from ..web.desk.desk_page import DeskPage
from .customer import Customer, sentence
from .product import Product, run
from .receiver import Receiver
from .street import ASKS, SOON, Street, answered, asks_for_a_person, id_of, place_of, take, waited

pytestmark = pytest.mark.browser

NUMBER = re.compile("FD-[0-9A-Z]{6}")
LEAVE = wording.say("en", "queue-leave")


def busy(street: Street) -> tuple[DeskPage, str]:
    """The only one who is there takes one conversation at a time, and has one; gives them and that conversation."""
    sam, first = street.agent("sam", capacity=1), street.customer()
    id_ = asks_for_a_person(first)
    expect(sam.item(id_)).to_be_visible(timeout=SOON)
    sam.claim(id_)
    sam.view("queue").click()
    return sam, id_


def free_again(desk: DeskPage, id_: str) -> None:
    """They end a conversation of theirs."""
    desk.visit(f"#mine/{id_}")
    desk.act("close").click()
    desk.page.get_by_role("dialog").locator("button.main").click()
    expect(desk.page.get_by_role("dialog")).to_have_count(0, timeout=SOON)


def tickets(chat: ChatPage) -> list[str]:
    """The ticket numbers the customer can see."""
    return sorted(set(NUMBER.findall(chat.log.inner_text())))


def test_the_wait_is_offered_honestly_and_a_ticket_instead_asks_only_what_is_missing(street: Street) -> None:
    sam, first = busy(street)
    chat = street.customer()
    answered(chat, "My mug arrived cracked, the order is LL-20418837")
    told = answered(chat, ASKS["en"])
    for key in ("person-queue", "queue-or-ticket"):
        assert wording.say("en", key) in told
    assert sentence("en", "queue-next").search(told) or sentence("en", "queue-place").search(told), told
    # Nobody has ended a conversation yet five times: no time may be said.
    assert "minutes" not in told
    expect(place_of(chat)).to_contain_text("You are", timeout=SOON)
    expect(sam.item(id_of(chat))).to_be_visible(timeout=SOON)
    chat.page.reload()
    chat.open()
    place_of(chat).get_by_role("button", name=LEAVE).click()
    # The matter and the order were told before; only a name and a way to reach them are asked for.
    for field, reply in (("name", "Jane Miller"), ("e-mail", "jane@example.com")):
        expect(chat.said("bot").last).to_contain_text(field, timeout=SOON)
        chat.page.reload()
        chat.open()
        chat.send(reply)
    expect(chat.quick(wording.say("en", "confirm-yes"))).to_be_visible(timeout=SOON)
    restated = chat.said("bot").last.inner_text()
    for part in ("cracked", "LL-20418837", "Jane Miller", "jane@example.com"):
        assert part in restated
    chat.quick(wording.say("en", "confirm-yes")).click()
    expect(chat.log).to_contain_text(NUMBER, timeout=SOON)
    assert len(tickets(chat)) == 1
    expect(place_of(chat)).to_be_empty(timeout=SOON)
    expect(sam.item(id_of(chat)).locator(".why")).to_contain_text("ticket", timeout=SOON)
    sam.open(id_of(chat))
    expect(sam.packet).to_contain_text("jane@example.com", timeout=SOON)
    take(sam, "ticket")
    free_again(sam, first)


def test_after_the_limit_it_becomes_one_ticket_by_itself_with_everything_in_it(
    street: Street, staffed: Product
) -> None:
    sam, first = busy(street)
    chat = street.customer()
    id_ = asks_for_a_person(chat, "My mug arrived cracked, the order is LL-20418837")
    # Told while nobody was there to read it.
    chat.send("I am Jane Miller, jane@example.com")
    waited(staffed, id_, minutes=10)
    expect(chat.log).to_contain_text(wording.say("en", "desk-waited"), timeout=SOON)
    expect(chat.log).to_contain_text(NUMBER, timeout=SOON)
    assert len(tickets(chat)) == 1
    expect(chat.said("bot").last).to_contain_text("jane@example.com")
    expect(place_of(chat)).to_be_empty(timeout=SOON)
    chat.page.reload()
    chat.open()
    expect(chat.log).to_contain_text(NUMBER, timeout=SOON)
    assert len(tickets(chat)) == 1
    free_again(sam, first)
    sam.view("queue").click()
    expect(sam.item(id_).locator(".why")).to_contain_text("ticket", timeout=SOON)
    sam.claim(id_)
    for part in ("LL-20418837", "jane@example.com", "My mug arrived cracked"):
        expect(sam.packet).to_contain_text(part)
    expect(chat.panel.locator(".head")).to_contain_text("Sam is with you", timeout=SOON)
    free_again(sam, id_)


def test_in_a_messaging_app_a_word_is_enough(street: Street, staffed: Product) -> None:
    street.agent("sam", capacity=1)
    said = []
    for text in ("주전자가 새요, jane@example.com", ASKS["ko"], wording.say("ko", "queue-leave")):
        done = run(staffed.settings, "channel", "simulate", "telegram", text, "--lang", "ko", "--name", "Min")
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
    assert sentence("ko", "person-coming").search(said[1]), said[1]
    assert wording.say("ko", "queue-leave") in said[1]
    assert sentence("ko", "desk-left").search(said[2]), said[2]
    assert NUMBER.search(said[2]), said[2]


def test_the_operators_own_system_hears_of_it_and_once_more_when_it_was_down(
    street: Street, staffed: Product, receiver: Receiver
) -> None:
    street.agent("sam", capacity=1)
    customer = Customer(staffed)
    customer.say("My kettle leaks, jane@example.com")
    customer.say(ASKS["en"])
    [asked] = receiver.of(customer.id, "handoff.requested")
    assert asked.signed
    assert (asked.data["from"], asked.data["to"], asked.data["reason"]) == ("bot", "queue", "explicit_request")
    receiver.down_for.add("ticket.created")
    # Written by hand on the website, too.
    shown = customer.say("ticket please")
    assert shown[-1]["type"] == "ticket"
    first, second = receiver.of(customer.id, "ticket.created", 2)
    assert (first.answered, second.answered) == (500, 204)
    assert first.signed
    assert second.signed
    assert (first.id, first.body) == (second.id, second.body)
    assert second.data["ticket"] == shown[-1]["ticket"]["number"]
