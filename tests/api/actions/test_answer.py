"""Going in circles: nothing is said twice, the second miss offers a person, and who asks on gets one."""

import pytest

from api import wording
from api.actions import ACTIONS
from api.dialogue.bot import Bot
from api.dialogue.memory import Memory
from api.dialogue.plain import PlainEngine
from api.dialogue.turn import Said, Turn
from handoff.conversations import Conversation
from handoff.detection import Reading
from handoff.events import Event
from kb_index.answers import Outcome, Suggestion
from tests.api.stand import DETECTOR, Stand, answered, suggests

LANGUAGES = ("en", "zh", "ko")
CALM = Reading(0.0, "go_on", "", ())


@pytest.fixture
def bot(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> Bot:
    """The bot without Rasa; detection sees nothing, so that what is seen here is the bot's own doing."""
    monkeypatch.setattr(DETECTOR, "read", lambda *_: CALM)
    return stand.bot_with(PlainEngine(stand.services))


async def said(stand: Stand, conversation: Conversation) -> list[Event]:
    return [event for event in await stand.events.after(conversation.id, 0) if event.role == "bot"]


def titles(event: Event) -> list[str]:
    return [button["title"] for button in event.data.get("buttons", [])]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_same_question_again_brings_no_same_words_then_an_offer_then_a_person(
    stand: Stand, bot: Bot, language: str
) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    stand.staff.is_there = "free"
    stand.base.outcomes |= {"q": [answered(), suggests("/a/", "/b/")], "q ": [suggests("/b/")]}
    for text in ("q", "q", "q ", "q"):
        await stand.say(conversation.id, text, bot)
    heard = await said(stand, conversation)
    assert len({event.text for event in heard}) == 4
    assert [wording.say(language, "ask-person-button") in titles(event) for event in heard] == [
        False,
        False,
        True,
        False,
    ]
    assert wording.say(language, "nothing-new") in heard[2].text
    assert heard[3].text.startswith(wording.say(language, "fetch-circles"))
    [change] = await stand.conversations.changes(conversation.id)
    assert (change.to, change.reason) == ("queue", "repeated_question")


async def test_with_nobody_there_a_ticket_is_offered_in_other_words_each_time(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes["q"] = [suggests("/a/", "/b/")]
    for _ in range(3):
        await stand.say(conversation.id, "q", bot)
    _, second, third = await said(stand, conversation)
    assert wording.say("en", "nothing-new") in second.text
    assert wording.say("en", "still-nothing-new") in third.text
    assert wording.say("en", "open-ticket-button") in titles(third)
    assert wording.say("en", "ask-person-button") not in titles(third)


async def test_the_same_question_again_names_only_articles_that_were_not_named(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes["q"] = [suggests("/a/", "/b/")]
    await stand.say(conversation.id, "q", bot)
    stand.base.outcomes["q"] = [suggests("/a/", "/c/")]
    await stand.say(conversation.id, "q", bot)
    assert titles((await said(stand, conversation))[-1])[:-1] == ["About /c/"]


async def test_another_question_may_name_an_article_again_beside_a_new_one(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes |= {
        "q": [suggests("/a/", "/b/")],
        "other": [suggests("/a/", "/c/")],
        "third": [suggests("/b/")],
    }
    for text in ("q", "other", "third"):
        await stand.say(conversation.id, text, bot)
    _, other, third = await said(stand, conversation)
    assert titles(other)[:-1] == ["About /a/", "About /c/"]
    assert wording.say("en", "nothing-new") in third.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_second_answer_that_is_not_it_comes_with_the_offer_of_a_person(
    stand: Stand, bot: Bot, language: str
) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    stand.base.outcomes["q"] = [answered(f"/{n}/", f"Answer {n}.") for n in range(4)]
    await stand.say(conversation.id, "q", bot)
    for _ in range(2):
        await stand.say(conversation.id, wording.say(language, "answer-not-it"), bot)
    offered = [wording.say(language, "ask-person-button") in titles(event) for event in await said(stand, conversation)]
    assert offered == [False, False, True]


async def test_an_answer_to_another_question_ends_the_misses(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes |= {"q": [answered("/1/"), answered("/2/")], "other": [answered("/3/")]}
    for text in ("q", wording.say("en", "answer-not-it"), "other"):
        await stand.say(conversation.id, text, bot)
    found = await stand.conversations.find(conversation.id)
    assert found is not None
    assert Memory.from_dict(found.dialogue).misses == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whoever_was_told_all_there_is_hears_that_and_not_that_nothing_is_known(
    stand: Stand, bot: Bot, language: str
) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    told = Outcome("none", language, 0.1, trace={"told_already": "/en/late/#1"})
    stand.base.outcomes |= {"q": [answered()], "q again": [told], "other": [Outcome("none", language, 0.1)]}
    for text in ("q", "q again", "other"):
        await stand.say(conversation.id, text, bot)
    _, second, third = await said(stand, conversation)
    assert wording.say(language, "no-other-answer") in second.text
    assert wording.say(language, "no-other-answer") not in third.text


async def test_an_article_in_another_language_is_offered_once(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes["q"] = [Outcome("none", "en", 0.0, other_language=Suggestion("제목", "/ko/a/", "ko", 0.5))]
    for _ in range(2):
        await stand.say(conversation.id, "q", bot)
    first, second = await said(stand, conversation)
    assert "제목" in first.text
    assert "제목" not in second.text
    assert wording.say("en", "open-ticket-button") in titles(second)


async def test_a_question_asked_twice_inside_the_form_is_answered_once(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    question = "how long does a refund take?"
    stand.base.outcomes[question] = [answered()]
    await stand.say(conversation.id, "talk to a person", bot)
    await stand.say(conversation.id, "my lamp is dim", bot)
    first = await stand.say(conversation.id, question, bot)
    second = await stand.say(conversation.id, question, bot)
    assert "Wait one day." in first
    assert "Wait one day." not in second
    assert wording.say("en", "unknown-in-passing") in second


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whoever_asks_after_the_weather_is_sent_to_no_article(stand: Stand, language: str) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    stand.base.outcomes |= {"weather": [suggests("/a/", "/b/")], "a poem": [suggests("/c/")]}

    async def not_for_us(turn: Turn) -> list[Said]:
        turn.intent, turn.confidence = "out_of_scope", 0.97
        return (await ACTIONS["action_answer"](turn, stand.services)).said

    stand.engine.does = not_for_us
    for text in ("weather", "a poem"):
        await stand.say(conversation.id, text)
    keys = ("unknown-off-topic", "unknown-off-topic-again")
    assert [event.text for event in await said(stand, conversation)] == [
        wording.say(language, key, shop="Linden & Lark") for key in keys
    ]


async def test_whoever_writes_in_a_language_of_theirs_is_told_ours(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    for text in ("quiero devolver una lampara", "I want a unicorn"):
        await stand.say(conversation.id, text, bot)
    spanish, english = await said(stand, conversation)
    assert spanish.text.startswith(wording.say("en", "languages-spoken"))
    assert wording.say("en", "languages-spoken") not in english.text
