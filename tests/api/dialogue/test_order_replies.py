"""Order replies: a number or an address goes on with the look-up, and everything else is read as ever."""

import pytest

from api.dialogue.memory import LookUp, Memory
from api.dialogue.order_replies import order_reply
from handoff.details import find_details
from handoff.orders import OrderFormat

SHOP = OrderFormat(r"(?:LL[- ]?)?(\d{8})", "LL-{0}")
EXPECTING = {"order_number": "order_number", "order_contact": "contact"}


def reply(text: str, awaiting: str | None, look: LookUp | None = None, tickets: int = 0) -> str | None:
    memory = Memory(awaiting=awaiting, look_up=look or LookUp(), ticket_round=tickets)  # type: ignore[arg-type]
    return order_reply(memory, text, "en", find_details(text, ("NL",), SHOP, EXPECTING.get(awaiting or "")))


@pytest.mark.parametrize(
    ("text", "awaiting", "means"),
    [
        ("LL-20418837", "order_number", "order_status"),
        ("20418837", "order_number", "order_status"),
        ("sorry, I think the number is LL-20418837", "order_number", "order_status"),
        ("LL-20418837 and jane@example.com", "order_number", "order_status"),
        ("LL-204", "order_number", None),
        ("LL-2041", "order_number", "order_status"),
        ("I don't have it", "order_number", "refuse_details"),
        ("找不到", "order_number", "refuse_details"),
        ("몰라요", "order_number", "refuse_details"),
        ("never mind", "order_number", None),
        ("how long does delivery take?", "order_number", None),
        ("LL-20418837, can I still change the address?", "order_number", None),
        ("jane@example.com", "order_contact", "order_status"),
        ("06 12345678", "order_contact", "order_status"),
        ("jane@example", "order_contact", "order_status"),
        ("I'd rather not say", "order_contact", "refuse_details"),
        ("LL-20418837", "ticket_offer", "order_status"),
        ("no, LL-20418837", "ticket_offer", "order_status"),
        ("yes, jane@example.com", "ticket_offer", None),
        ("yes please", "ticket_offer", None),
        ("I don't have it", "helped", None),
    ],
)
def test_what_a_message_means_while_an_order_is_asked_after(text: str, awaiting: str, means: str | None) -> None:
    assert reply(text, awaiting) == means


def test_after_an_order_was_told_a_number_asks_after_another_and_an_address_is_just_an_address() -> None:
    told = LookUp(open=False)
    assert reply("LL-20418901", "helped", told) == "order_status"
    assert reply("jane@example.com", "helped", told) is None


def test_a_ticket_ends_the_look_up() -> None:
    assert reply("LL-20418837", None, LookUp(round=0), tickets=1) is None


@pytest.mark.parametrize("text", ["LL-20418837 where?", "LL-20418837 到哪了", "where is LL-20418837, j@example.com"])
def test_a_number_with_a_word_that_asks_needs_no_talk_before(text: str) -> None:
    memory = Memory()
    assert order_reply(memory, text, "en", find_details(text, ("NL",), SHOP)) == "order_status"


def test_the_look_up_is_remembered_between_two_messages() -> None:
    memory = Memory(look_up=LookUp(2, False, 1, "mark"), told_orders=["LL-20418837"])
    assert Memory.from_dict(memory.to_dict()) == memory
