"""Details: who told their matter is not asked for it, and a question is never taken for a detail."""

import pytest

from api import wording
from api.actions import ACTIONS
from api.dialogue.turn import Said, Turn
from handoff.conversations import Conversation
from handoff.events import Event
from tests.api.stand import Stand, answered, suggests

LANGUAGES = ("en", "zh", "ko")


def does(stand: Stand, *names: str) -> None:
    """The engine takes these actions, one a turn."""
    actions = iter(names)

    async def act(turn: Turn) -> list[Said]:
        return (await ACTIONS[next(actions)](turn, stand.services)).said

    stand.engine.does = act


async def last(stand: Stand, conversation: Conversation) -> Event:
    return [event for event in await stand.events.after(conversation.id, 0) if event.role == "bot"][-1]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_order_number_for_a_matter_leads_to_a_colleague(stand: Stand, language: str) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    matter = {"en": "only one mug came", "zh": "杯子只来了一个", "ko": "컵이 하나만 왔어요"}[language]
    stand.base.outcomes[matter] = [suggests("/a/", "/b/")]
    does(stand, "action_answer", "action_note_details")
    await stand.say(conversation.id, matter)
    await stand.say(conversation.id, "LL-20418901")
    event = await last(stand, conversation)
    assert event.text.startswith(wording.say(language, "noted-for-it", details="LL-20418901"))
    assert wording.say(language, "open-ticket-button") in [one["title"] for one in event.data["buttons"]]


async def test_without_a_matter_it_is_asked_what_it_is_about(stand: Stand, conversation: Conversation) -> None:
    does(stand, "action_note_details")
    await stand.say(conversation.id, "LL-20418901")
    assert (await last(stand, conversation)).text == wording.say("en", "noted", details="LL-20418901")


@pytest.mark.parametrize("action", ["action_note_details", "action_no_details", "action_that_helped"])
@pytest.mark.parametrize("text", ["what does E3 mean?", "E3是什么意思", "전화번호가 뭐예요?"])
async def test_a_question_is_looked_up_whatever_it_was_taken_for(
    stand: Stand, conversation: Conversation, action: str, text: str
) -> None:
    stand.base.outcomes[text] = [answered()]
    does(stand, action)
    await stand.say(conversation.id, text)
    assert "Wait one day." in (await last(stand, conversation)).text


@pytest.mark.parametrize("text", ["the first one isn't answered", "第一个没有解决", "첫 번째가 해결 안 됐어요"])
async def test_what_is_not_solved_is_never_celebrated(stand: Stand, conversation: Conversation, text: str) -> None:
    stand.base.outcomes["q"] = [answered()]
    does(stand, "action_answer", "action_that_helped")
    await stand.say(conversation.id, "q")
    await stand.say(conversation.id, text)
    event = await last(stand, conversation)
    glad = {wording.say(language, "glad-it-helped") for language in LANGUAGES}
    assert event.text not in glad
    assert event.data["buttons"]
