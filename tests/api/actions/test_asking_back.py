"""Asking back: a vague question brings one question with choices, twice at most, and never to who needs a person."""

from collections.abc import Sequence
from dataclasses import replace

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
from handoff.reasons import Reasons
from kb_index.answers import Outcome
from kb_index.choices import Choice
from tests.api.stand import DETECTOR, Stand, an_article, answered, given_words, suggests

LANGUAGES = ("en", "zh", "ko")


def vague(names: Sequence[str], why: str = "only a subject") -> Outcome:
    choices = tuple(Choice(name, f"/{name}/") for name in names)
    return replace(suggests(*(f"/{name}/" for name in names[:3])), choices=choices, trace={"vague": why})


@pytest.fixture
def reading() -> dict[str, Reading]:
    return {"now": Reading(0.0, "go_on", "", ())}


@pytest.fixture
def bot(stand: Stand, monkeypatch: pytest.MonkeyPatch, reading: dict[str, Reading]) -> Bot:
    monkeypatch.setattr(DETECTOR, "read", lambda *_, **__: reading["now"])
    stand.base.outcomes["refund"] = [vague("abcdef")]
    stand.base.pages = {f"/{name}/": an_article(f"/{name}/", body=f"About {name}.") for name in "abcdefgh"}
    return stand.bot_with(PlainEngine(stand.services))


async def last(stand: Stand, conversation: Conversation) -> Event:
    return [event for event in await stand.events.after(conversation.id, 0) if event.role == "bot"][-1]


def titles(event: Event) -> list[str]:
    return [button["title"] for button in event.data.get("buttons", [])]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_vague_question_is_asked_back_with_four_choices_and_a_way_out(
    stand: Stand, bot: Bot, language: str
) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    await stand.say(conversation.id, "refund", bot)
    event = await last(stand, conversation)
    assert event.text == wording.say(language, "ask-back-subject", subject="refund")
    assert titles(event) == ["a", "b", "c", "d", wording.say(language, "ask-back-none")]
    told = await Reasons(stand.database).of_turn(conversation.id, 1)
    assert told.data["asked_back"] == {"time": 1, "about": "only a subject", "choices": ["/a/", "/b/", "/c/", "/d/"]}
    assert told.outcome == "suggest"


@pytest.mark.parametrize("typed", ["b", "2", "the second one", "第二个", "두 번째요"])
async def test_a_choice_may_be_pressed_or_typed(stand: Stand, bot: Bot, conversation: Conversation, typed: str) -> None:
    await stand.say(conversation.id, "refund", bot)
    assert await stand.say(conversation.id, typed, bot) == [given_words("About b.")]


async def test_a_section_may_be_chosen(stand: Stand, bot: Bot, conversation: Conversation) -> None:
    sections = tuple(Choice(name, "/a/", f"/a/#{name.lower()}") for name in ("Costs", "Times"))
    stand.base.outcomes["a thing"] = [replace(vague("a"), choices=sections)]
    stand.base.sections = {"/a/#times": "Five days."}
    await stand.say(conversation.id, "a thing", bot)
    event = await last(stand, conversation)
    assert titles(event)[:2] == ["Costs", "Times"]
    assert event.data["sources"][0]["permalink"] == "/a/"
    assert "Five days." in (await stand.say(conversation.id, "Times", bot))[0]


async def test_none_of_the_choices_brings_others_once_and_then_a_colleague(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    none = wording.say("en", "ask-back-none")
    await stand.say(conversation.id, "refund", bot)
    await stand.say(conversation.id, none, bot)
    event = await last(stand, conversation)
    assert titles(event) == ["e", "f", none]
    assert event.text == wording.say("en", "ask-back-again")
    await stand.say(conversation.id, none, bot)
    assert wording.say("en", "open-ticket-button") in titles(await last(stand, conversation))


async def test_where_there_are_no_other_choices_the_customer_is_asked_to_tell_more(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes["refund"] = [vague("ab")]
    await stand.say(conversation.id, "refund", bot)
    said = await stand.say(conversation.id, wording.say("en", "ask-back-none"), bot)
    assert wording.say("en", "ask-back-more") in said[0]
    stand.base.outcomes["the money is missing"] = [answered()]
    assert await stand.say(conversation.id, "the money is missing", bot) == [given_words()]


async def test_one_matter_is_asked_back_twice_at_most(stand: Stand, bot: Bot, conversation: Conversation) -> None:
    for n, text in enumerate(("refund", "my thing", "the other")):
        stand.base.outcomes[text] = [vague([f"{n}{name}" for name in "abcd"])]
        await stand.say(conversation.id, text, bot)
    event = await last(stand, conversation)
    assert event.text == wording.say("en", "suggest")
    assert len(titles(event)) == 4


async def test_an_answer_ends_the_matter_and_the_next_may_be_asked_back_again(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes |= {"q": [answered()], "shipping": [vague("mnop")]}
    for text in ("refund", "q", "shipping"):
        await stand.say(conversation.id, text, bot)
    assert titles(await last(stand, conversation))[:4] == ["m", "n", "o", "p"]
    found = await stand.conversations.find(conversation.id)
    assert found is not None
    assert Memory.from_dict(found.dialogue).asked_back == 1


@pytest.mark.parametrize("decision", ["offer", "hand_over"])
async def test_who_needs_a_person_is_not_sent_through_a_menu(
    stand: Stand, bot: Bot, conversation: Conversation, reading: dict[str, Reading], decision: str
) -> None:
    reading["now"] = Reading(0.9, decision, "anger", ())  # type: ignore[arg-type]
    await stand.say(conversation.id, "refund", bot)
    events = [event for event in await stand.events.after(conversation.id, 0) if event.role == "bot"]
    assert not any(wording.say("en", "ask-back-none") in titles(event) for event in events)


async def test_a_sure_answer_is_told_and_nothing_asked(stand: Stand, bot: Bot, conversation: Conversation) -> None:
    stand.base.outcomes["when do I get my refund"] = [answered()]
    assert await stand.say(conversation.id, "when do I get my refund", bot) == [given_words()]


async def test_the_first_word_of_a_conversation_is_no_verdict(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    async def takes_for_no(turn: Turn) -> list[Said]:
        turn.intent = "did_not_help"
        return (await ACTIONS["action_did_not_help"](turn, stand.services)).said

    stand.base.outcomes["it doesn't work"] = [vague("abcd", "no matter named")]
    stand.engine.does = takes_for_no
    assert await stand.say(conversation.id, "it doesn't work") == [wording.say("en", "ask-back")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_has_nothing_more_to_tell_is_offered_a_colleague(stand: Stand, bot: Bot, language: str) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    stand.base.outcomes["refund"] = [vague("ab")]
    await stand.say(conversation.id, "refund", bot)
    await stand.say(conversation.id, wording.say(language, "ask-back-none"), bot)
    await stand.say(conversation.id, {"en": "no", "zh": "不是", "ko": "아니요"}[language], bot)
    assert wording.say(language, "open-ticket-button") in titles(await last(stand, conversation))
