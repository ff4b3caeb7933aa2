"""The way without Rasa: it still ends in an answer or in a ticket, in three languages."""

import pytest

from api import wording
from api.dialogue.bot import Bot
from api.dialogue.engine import EngineDown
from api.dialogue.turn import Said, Turn
from handoff.conversations import Conversation
from tests.api.stand import NOW, Stand, an_article, answered, given_words, suggests

TALK = {
    "en": ["I want to talk to a human", "my kettle leaks", "Jane Miller", "jane@example.com"],
    "zh": ["我要转人工", "我的水壶漏水了", "王小明", "13800138000"],
    "ko": ["상담원 연결해 주세요", "주전자에서 물이 새요", "김민수", "010-1234-5678"],
}


@pytest.fixture
def plain(stand: Stand) -> Bot:
    async def down(turn: Turn) -> list[Said]:
        raise EngineDown("gone")

    stand.engine.does = down
    return stand.bot


async def open_in(stand: Stand, locale: str) -> Conversation:
    return await stand.conversations.open("web", locale, "hash", NOW)


@pytest.mark.parametrize("locale", TALK)
async def test_it_carries_a_whole_ticket_form(stand: Stand, plain: Bot, locale: str) -> None:
    conversation = await open_in(stand, locale)
    asked = ["ask-question", "ask-name", "ask-contact"]
    for text, key in zip(TALK[locale], asked, strict=False):
        assert (await stand.say(conversation.id, text))[-1] == wording.say(locale, key)
    restated = (await stand.say(conversation.id, TALK[locale][-1]))[-1]
    assert TALK[locale][1] in restated
    assert TALK[locale][2] in restated
    assert await stand.tickets.for_conversation(conversation.id) == []
    [done] = await stand.say(conversation.id, wording.say(locale, "confirm-yes"))
    [ticket] = await stand.tickets.for_conversation(conversation.id)
    assert ticket.number in done
    assert (ticket.kind, ticket.language, ticket.question) == ("person", locale, TALK[locale][1])


@pytest.mark.parametrize("locale", TALK)
async def test_what_nobody_knows_is_offered_to_a_colleague_and_a_typed_yes_takes_it(
    stand: Stand, plain: Bot, locale: str
) -> None:
    conversation = await open_in(stand, locale)
    await stand.say(conversation.id, TALK[locale][1])
    said = await stand.say(conversation.id, {"en": "yes", "zh": "好的", "ko": "네"}[locale])
    assert said == [wording.say(locale, "ask-name")]


async def test_a_typed_no_after_an_answer_leads_on(stand: Stand, plain: Bot, conversation: Conversation) -> None:
    stand.base.outcomes["late"] = [answered(), answered("/en/other/", "Ask the carrier.")]
    await stand.say(conversation.id, "late")
    assert "Ask the carrier." in (await stand.say(conversation.id, "no"))[-1]
    assert wording.say("en", "not-helped") in (await stand.say(conversation.id, "no"))[-1]


async def test_a_chosen_article_is_told(stand: Stand, plain: Bot, conversation: Conversation) -> None:
    stand.base.outcomes["late"] = [suggests("/en/late/", "/en/other/")]
    stand.base.pages["/en/late/"] = an_article()
    await stand.say(conversation.id, "late")
    assert await stand.say(conversation.id, "About /en/late/") == [given_words()]


async def test_an_article_that_has_gone_meanwhile_is_said_to_be_gone(
    stand: Stand, plain: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes["late"] = [suggests("/en/late/")]
    await stand.say(conversation.id, "late")
    assert await stand.say(conversation.id, "About /en/late/") == [wording.say("en", "article-gone")]


@pytest.mark.parametrize("text", ["no", "never mind", "I'd rather not"])
async def test_an_offer_may_be_declined(stand: Stand, plain: Bot, conversation: Conversation, text: str) -> None:
    await stand.say(conversation.id, "something nobody knows")
    await stand.say(conversation.id, "no")
    assert await stand.tickets.for_conversation(conversation.id) == []


async def test_the_form_is_taken_over_from_rasa_in_the_middle(stand: Stand, conversation: Conversation) -> None:
    """Rasa dies after the second question; the third is asked all the same, and nothing twice."""
    from api.actions import ACTIONS

    async def alive(turn: Turn) -> list[Said]:
        names = ["action_request_person"] if turn.memory.intake is None else []
        said = []
        for name in [*names, "validate_ticket_form"]:
            said += (await ACTIONS[name](turn, stand.services)).said
        assert turn.memory.intake is not None
        return [
            *said,
            *(await ACTIONS[f"action_ask_ticket_form_{turn.memory.intake.next_field()}"](turn, stand.services)).said,
        ]

    async def down(turn: Turn) -> list[Said]:
        raise EngineDown("killed")

    stand.engine.does = alive
    await stand.say(conversation.id, "I want to talk to a human")
    assert (await stand.say(conversation.id, "my kettle leaks"))[-1] == wording.say("en", "ask-name")
    stand.engine.does = down
    said = await stand.say(conversation.id, "Jane Miller")
    assert said == [wording.say("en", "trouble"), wording.say("en", "ask-contact")]
