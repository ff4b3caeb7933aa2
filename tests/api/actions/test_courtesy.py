"""Courtesy: thanks close nothing that is open, a no after them is no verdict, and what we cannot do is said."""

import pytest

from api import wording
from api.actions import ACTIONS
from api.dialogue.turn import Said, Turn
from handoff.conversations import Conversation
from handoff.events import Event
from tests.api.stand import Stand, answered, suggests

LANGUAGES = ("en", "zh", "ko")
THANKS = {"en": "thanks", "zh": "谢谢", "ko": "감사합니다"}


def does(stand: Stand, *names: str) -> None:
    """The engine takes these actions, one a turn."""
    actions = iter(names)

    async def act(turn: Turn) -> list[Said]:
        turn.intent = "ask_kb"
        return (await ACTIONS[next(actions)](turn, stand.services)).said

    stand.engine.does = act


async def last(stand: Stand, conversation: Conversation) -> Event:
    return [event for event in await stand.events.after(conversation.id, 0) if event.role == "bot"][-1]


async def awaiting(stand: Stand, conversation: Conversation) -> object:
    found = await stand.conversations.find(conversation.id)
    assert found is not None and isinstance(found.dialogue, dict)
    return found.dialogue["awaiting"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_no_after_thanks_is_no_verdict_on_the_answer(stand: Stand, language: str) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    stand.base.outcomes["q"] = [answered()]
    does(stand, "action_answer", "action_thanks")
    await stand.say(conversation.id, "q")
    await stand.say(conversation.id, THANKS[language])
    said = [wording.say(language, key) for key in ("welcome", "anything-else")]
    assert (await last(stand, conversation)).text == wording.together(language, said)
    assert await awaiting(stand, conversation) == "more"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_thanks_before_a_choice_was_made_bring_the_choices_again(stand: Stand, language: str) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    stand.base.outcomes["q"] = [suggests("/a/", "/b/")]
    does(stand, "action_answer", "action_thanks")
    await stand.say(conversation.id, "q")
    await stand.say(conversation.id, THANKS[language])
    event = await last(stand, conversation)
    assert wording.say(language, "anything-else") not in event.text
    assert [one["title"] for one in event.data["buttons"]][:2] == ["About /a/", "About /b/"]


async def test_thanks_with_a_question_are_answered(stand: Stand, conversation: Conversation) -> None:
    stand.base.outcomes["thanks, but is there another way?"] = [answered()]
    does(stand, "action_thanks")
    await stand.say(conversation.id, "thanks, but is there another way?")
    assert "Wait one day." in (await last(stand, conversation)).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_the_chat_cannot_do_is_said_with_who_can(stand: Stand, language: str) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    does(stand, "action_cannot_do")
    await stand.say(conversation.id, {"en": "cancel it please", "zh": "帮我取消吧", "ko": "취소해 주세요"}[language])
    event = await last(stand, conversation)
    assert event.text.startswith(wording.say(language, "cannot-do"))
    assert wording.say(language, "open-ticket-button") in [one["title"] for one in event.data["buttons"]]
