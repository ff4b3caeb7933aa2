"""Tact: nobody is promised help who says goodbye, and nothing is regretted twice in one breath."""

from dataclasses import replace

import pytest

from api import wording
from api.dialogue.memory import Memory
from api.dialogue.tact import asks_how_long, no_time_for_regret, sorry_already
from api.dialogue.turn import Said, Turn
from handoff.conversations import Conversation
from handoff.detection import Reading
from tests.api.stand import Stand

WAITING = Reading(0.05, "acknowledge", "waiting", ())


async def a_turn(stand: Stand, conversation: Conversation, text: str, intent: str) -> Turn:
    seq = (await stand.events.receive(conversation.id, None, text, stand.now)).seq
    message = (await stand.events.after(conversation.id, seq - 1))[0]
    turn = Turn(conversation, message, Memory(), "en", "en", stand.now)
    return replace(turn, intent=intent, reading=WAITING)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("ok bye", "goodbye"), ("算了", "never_mind"), ("how long do returns take", "ask_kb"), ("how do I pay", "ask_kb")],
)
async def test_a_calm_message_is_not_consoled(stand: Stand, conversation: Conversation, text: str, intent: str) -> None:
    assert no_time_for_regret(await a_turn(stand, conversation, text, intent))


async def test_who_has_waited_long_is(stand: Stand, conversation: Conversation) -> None:
    assert not no_time_for_regret(await a_turn(stand, conversation, "it was to come on tuesday", "delivery_late"))


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
@pytest.mark.parametrize("key", ["complaint", "not-helped", "ack-delivery_late"])
def test_an_apology_is_not_put_before_an_apology(language: str, key: str) -> None:
    said = wording.together(language, [wording.say(language, key), wording.say(language, "offer-suggestion")])
    assert sorry_already(language, [Said(said)])
    assert not sorry_already(language, [Said(wording.say(language, "offer-suggestion"))])


@pytest.mark.parametrize("text", ["how long do returns take?", "退货要多久", "반품은 얼마나 걸려요"])
def test_asking_how_long_is_no_impatience(text: str) -> None:
    assert asks_how_long(text)


@pytest.mark.parametrize("text", ["how long do I still have to wait", "还要等多久", "아직도 얼마나 걸려요"])
def test_having_waited_is(text: str) -> None:
    assert not asks_how_long(text)
