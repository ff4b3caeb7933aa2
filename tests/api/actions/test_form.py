"""The form: what is filled in is neither sent nor thrown away on a guess."""

from dataclasses import replace

import pytest

from api import wording
from api.actions import ACTIONS
from api.actions.restate import restate
from api.dialogue.memory import Memory
from api.dialogue.turn import Turn
from handoff.conversations import Conversation
from handoff.intake import Intake
from tests.api.stand import Stand

FILLED = Intake.start("en", question="my kettle leaks", known={"name": "Jane Miller", "email": "jane@example.com"})


async def at_the_summary(stand: Stand, conversation: Conversation, text: str, intent: str, confidence: float) -> Turn:
    seq = (await stand.events.receive(conversation.id, "m1", text, stand.now)).seq
    message = (await stand.events.after(conversation.id, seq - 1))[0]
    turn = Turn(conversation, message, Memory(intake=FILLED), "en", "en", stand.now)
    return replace(turn, intent=intent, confidence=confidence)


@pytest.mark.parametrize("text", ["?", "1", "...", "？？"])
async def test_a_mark_without_a_word_never_sends_the_ticket(
    stand: Stand, conversation: Conversation, text: str
) -> None:
    turn = await at_the_summary(stand, conversation, text, "affirm", 0.99)
    await ACTIONS["validate_ticket_form"](turn, stand.services)
    assert turn.memory.intake is not None and not turn.memory.intake.done


async def test_an_unsure_never_mind_does_not_throw_the_form_away(stand: Stand, conversation: Conversation) -> None:
    turn = await at_the_summary(stand, conversation, "restart the thing", "never_mind", 0.5)
    await ACTIONS["validate_ticket_form"](turn, stand.services)
    assert turn.memory.intake is not None and not turn.memory.intake.abandoned


async def test_a_word_the_bot_knows_for_a_yes_sends_it(stand: Stand, conversation: Conversation) -> None:
    turn = await at_the_summary(stand, conversation, "perfetto", "affirm", 0.99)
    await ACTIONS["validate_ticket_form"](turn, stand.services)
    assert turn.memory.intake is not None and turn.memory.intake.done


async def in_the_form(stand: Stand, conversation: Conversation, intake: Intake, text: str, intent: str) -> Turn:
    """The turn after a reply was read; what was asked is the first thing the intake lacks."""
    seq = (await stand.events.receive(conversation.id, None, text, stand.now)).seq
    message = (await stand.events.after(conversation.id, seq - 1))[0]
    turn = replace(Turn(conversation, message, Memory(intake=intake), "en", "en", stand.now), intent=intent)
    turn.said = (await ACTIONS["validate_ticket_form"](turn, stand.services)).said
    return turn


ASKED_FOR_ORDER = Intake.start(
    "en", "damaged_item", question="my kettle leaks", known={"name": "Jane Miller", "email": "jane@example.com"}
)


async def test_the_matter_told_with_the_request_is_not_asked_for(stand: Stand, conversation: Conversation) -> None:
    text = "a person please, the kettle arrived cracked. jane@example.com"
    seq = (await stand.events.receive(conversation.id, None, text, stand.now)).seq
    message = (await stand.events.after(conversation.id, seq - 1))[0]
    turn = replace(Turn(conversation, message, Memory(), "en", "en", stand.now), intent="request_human")
    await ACTIONS["validate_ticket_form"](turn, stand.services)
    assert turn.memory.intake is not None
    assert turn.memory.intake.value("question") == "the kettle arrived cracked"
    assert turn.memory.intake.next_field() == "name"


async def test_a_question_that_is_like_a_refusal_is_still_the_matter(stand: Stand, conversation: Conversation) -> None:
    text = "what data do you store about me"
    turn = await in_the_form(stand, conversation, Intake.start("en"), text, "refuse_details")
    assert turn.memory.intake is not None
    assert turn.memory.intake.value("question") == text


@pytest.mark.parametrize("yes", ["yes send it", "可以", "네"])
async def test_yes_is_never_written_down_as_an_order_number(stand: Stand, conversation: Conversation, yes: str) -> None:
    once = await in_the_form(stand, conversation, ASKED_FOR_ORDER, yes, "affirm")
    assert once.memory.intake is not None
    asked = await ACTIONS["action_ask_ticket_form_order_number"](once, stand.services)
    assert asked.said[0].text == wording.say("en", "ask-order_number-or-none", example="LL-20418837")
    twice = await in_the_form(stand, conversation, once.memory.intake, yes, "affirm")
    assert twice.memory.intake is not None
    assert twice.memory.intake.value("order_number") is None
    assert twice.memory.intake.next_field() == "confirmation"


async def test_thanks_are_never_written_down_as_a_name(stand: Stand, conversation: Conversation) -> None:
    intake: Intake | None = Intake.start("en", question="my kettle leaks")
    for _ in range(2):
        assert intake is not None
        intake = (await in_the_form(stand, conversation, intake, "thanks!", "thanks")).memory.intake
    assert intake is not None and intake.value("name") is None


async def test_more_of_the_matter_told_at_the_summary_is_added(stand: Stand, conversation: Conversation) -> None:
    turn = await in_the_form(stand, conversation, FILLED, "the lid is missing as well", "wrong_item")
    assert turn.memory.intake is not None
    assert turn.memory.intake.value("question") == "my kettle leaks\nthe lid is missing as well"
    assert [said.text for said in turn.said] == [wording.say("en", "added")]


async def test_what_cannot_be_understood_at_the_summary_is_said_to_be(stand: Stand, conversation: Conversation) -> None:
    turn = await in_the_form(stand, conversation, FILLED, "mia wong", "out_of_scope")
    assert [said.text for said in turn.said] == [wording.say("en", "confirm-unclear")]


async def test_a_detail_that_was_not_asked_for_is_said_back(stand: Stand, conversation: Conversation) -> None:
    intake = Intake.start("en", question="my kettle leaks")
    turn = await in_the_form(stand, conversation, intake, "LL-20417450", "give_details")
    assert [said.text for said in turn.said] == [wording.say("en", "noted-for-it", details="LL-20417450")]


async def test_who_wants_no_form_is_told_why_once_and_then_let_go(stand: Stand, conversation: Conversation) -> None:
    intake = Intake.start("en", question="my kettle leaks")
    once = await in_the_form(stand, conversation, intake, "no i wont fill in a form", "never_mind")
    assert once.memory.intake is not None and not once.memory.intake.abandoned
    assert [said.text for said in once.said] == [wording.say("en", "no-form")]
    twice = await in_the_form(stand, conversation, once.memory.intake, "i hate forms", "complaint")
    assert twice.memory.intake is not None and twice.memory.intake.abandoned


async def test_a_wish_to_change_something_is_no_part_of_the_matter(stand: Stand, conversation: Conversation) -> None:
    turn = await in_the_form(stand, conversation, ASKED_FOR_ORDER, "change something", "wrong_item")
    assert turn.memory.intake is not None
    assert turn.memory.intake.value("question") == "my kettle leaks"
    assert [said.text for said in turn.said] == [wording.say("en", "change-any-time")]


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
async def test_a_summary_of_nothing_quotes_nothing(stand: Stand, conversation: Conversation, language: str) -> None:
    turn = await at_the_summary(stand, conversation, "hm", "affirm", 0.5)
    text = restate(replace(turn, language=language), Intake.start(language)).text
    assert "“”" not in text
    assert wording.say(language, "restate-nobody") in text
