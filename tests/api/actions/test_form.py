"""The form: what is filled in is neither sent nor thrown away on a guess."""

from dataclasses import replace

import pytest

from api.actions import ACTIONS
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
