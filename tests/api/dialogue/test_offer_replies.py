"""Offer replies: an accepted offer, a matter passed on and a bare name are known; other words are left to the bot."""

import pytest

from api.dialogue.memory import Memory, Tried
from api.dialogue.offer_replies import offer_reply
from handoff.details import find_details
from handoff.orders import OrderFormat

SHOP = OrderFormat(r"(?:LL[- ]?)?(\d{8})", "LL-{0}")


def reply(text: str, awaiting: str | None, question: str | None = "my parcel is late") -> str | None:
    told = [Tried("/late/", "Late", "/late/#x")]
    memory = Memory(awaiting=awaiting, question=question, tried=told)  # type: ignore[arg-type]
    return offer_reply(memory, text, find_details(text, ("NL",), SHOP))


@pytest.mark.parametrize(
    "text", ["ok pass it on", "please forward it to a colleague", "转给你们同事吧", "그럼 전달해주세요"]
)
@pytest.mark.parametrize("awaiting", ["ticket_offer", "helped", None])
def test_passing_it_on_is_a_ticket_wherever_there_is_a_matter(text: str, awaiting: str | None) -> None:
    assert reply(text, awaiting) == "open_ticket"
    assert reply(text, None, question=None) is None


@pytest.mark.parametrize("text", ["Jane Miller, jane@example.com, LL-20418837", "jane@example.com", "我叫张伟"])
def test_who_answers_the_offer_with_their_details_has_accepted_it(text: str) -> None:
    assert reply(text, "ticket_offer") == "open_ticket"


@pytest.mark.parametrize("text", ["ok", "yes please", "好的", "네"])
def test_a_plain_yes_to_the_offer_is_one(text: str) -> None:
    assert reply(text, "ticket_offer") == "affirm"


@pytest.mark.parametrize("text", ["ok cancel my lamp order", "no, jane@example.com", "how long does it take?", "no"])
def test_anything_else_after_the_offer_is_left_to_the_bots_reading(text: str) -> None:
    assert reply(text, "ticket_offer") is None


@pytest.mark.parametrize(
    "text", ["yes do it", "cancel it please", "can you do that for me?", "好 帮我删", "네 취소해주세요"]
)
def test_being_asked_to_do_what_was_told_is_known(text: str) -> None:
    assert reply(text, "helped") == "wants_it_done"
    assert reply(text, None) is None


@pytest.mark.parametrize("text", ["no wait my name is Bobby", "我叫陈晨", "제 이름은 최지우예요"])
def test_a_name_and_nothing_else_is_a_detail(text: str) -> None:
    assert reply(text, None) == "give_details"


def test_a_name_beside_a_question_is_not_taken_for_the_whole() -> None:
    assert reply("my name is Bobby and where is my parcel", None) is None
