"""Apologies: where the bot is sure of what went wrong, and for nothing else."""

from dataclasses import replace

import pytest

from api import wording
from api.actions.apology import apology
from api.dialogue.memory import Memory
from api.dialogue.turn import Turn
from handoff.conversations import Conversation
from tests.api.stand import Stand


async def read(stand: Stand, conversation: Conversation, text: str, intent: str, confidence: float) -> Turn:
    seq = (await stand.events.receive(conversation.id, None, text, stand.now)).seq
    message = (await stand.events.after(conversation.id, seq - 1))[0]
    turn = Turn(conversation, message, Memory(), "en", "en", stand.now)
    return replace(turn, intent=intent, confidence=confidence)


async def test_what_surely_went_wrong_is_regretted(stand: Stand, conversation: Conversation) -> None:
    turn = await read(stand, conversation, "my lamp came in pieces", "damaged_item", 0.95)
    assert apology(turn) == [wording.say("en", "ack-damaged_item")]


@pytest.mark.parametrize(
    ("text", "intent", "confidence"),
    [
        ("the lamp i bought is 20 cheaper", "wrong_item", 0.36),
        ("how long does delivery take", "delivery_late", 0.84),
        ("配送要多久", "delivery_late", 0.9),
        ("how do i pay", "ask_kb", 1.0),
    ],
)
async def test_a_guess_and_a_general_question_are_not(
    stand: Stand, conversation: Conversation, text: str, intent: str, confidence: float
) -> None:
    assert apology(await read(stand, conversation, text, intent, confidence)) == []
