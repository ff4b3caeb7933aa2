"""Several questions in one message: each is answered with its source, in order, or said to be unknown."""

from dataclasses import replace

import pytest

from api import wording
from api.dialogue.bot import Bot
from api.dialogue.plain import PlainEngine
from handoff.conversations import Conversation
from handoff.detection import Reading
from handoff.events import Event
from handoff.reasons import Reasons
from kb_index.leaning import Before
from tests.api.stand import DETECTOR, Stand, answered, given_words, suggests
from tests.api.why.thinking import hits

CALM = Reading(0.0, "go_on", "", ())
FIRST, SECOND = "Where is my invoice?", "can I pay by card?"
BOTH = f"{FIRST} And {SECOND}"


@pytest.fixture
def bot(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> Bot:
    monkeypatch.setattr(DETECTOR, "read", lambda *_, **__: CALM)
    return stand.bot_with(PlainEngine(stand.services))


async def heard(stand: Stand, conversation: Conversation) -> list[Event]:
    return [event for event in await stand.events.after(conversation.id, 0) if event.role == "bot"]


def titles(event: Event) -> list[str]:
    return [button["title"] for button in event.data.get("buttons", [])]


@pytest.mark.parametrize(
    ("language", "first", "second", "message"),
    [
        ("en", FIRST, SECOND, BOTH),
        ("zh", "发票在哪里？", "怎么退货？", "发票在哪里？怎么退货？"),
        ("ko", "인보이스는 어디 있어요?", "교환되나요?", "인보이스는 어디 있어요? 그리고 교환되나요?"),
    ],
)
async def test_both_are_answered_in_their_order_each_with_its_source(
    stand: Stand, bot: Bot, language: str, first: str, second: str, message: str
) -> None:
    conversation = await stand.conversations.open("web", language, "hash", stand.now)
    stand.base.outcomes |= {first: [answered("/a/", "In your account.")], second: [answered("/b/", "Yes.")]}
    await stand.say(conversation.id, message, bot)
    one, other = await heard(stand, conversation)
    assert "In your account." in one.text
    assert "Yes." in other.text
    assert [event.data["sources"][0]["permalink"] for event in (one, other)] == ["/a/", "/b/"]
    assert other.text.endswith(wording.say(language, "several-helped"))
    assert titles(one) == []
    assert [text for text, _ in stand.base.asked] == [first, second]


async def test_the_second_may_point_back_at_the_first(stand: Stand, bot: Bot, conversation: Conversation) -> None:
    pointing = "how long is it kept there?"
    stand.base.outcomes |= {FIRST: [answered("/a/")], pointing: [answered("/b/")], SECOND: [answered("/c/")]}
    await stand.say(conversation.id, f"{FIRST} And {pointing}", bot)
    await stand.say(conversation.id, BOTH, bot)
    assert stand.base.asked[1] == (pointing, Before(FIRST, ("/a/",)))
    assert stand.base.asked[-1] == (SECOND, None)


async def test_what_is_unknown_is_said_of_its_part_with_a_way_on(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes[FIRST] = [answered("/a/", "In your account.")]
    await stand.say(conversation.id, BOTH, bot)
    one, other = await heard(stand, conversation)
    assert one.text == given_words("In your account.").removesuffix("\n\nDid that help?")
    assert other.text.startswith(wording.say("en", "several-unknown", part="can I pay by card"))
    assert wording.say("en", "ask-person-button") in titles(other)


async def test_what_is_half_known_is_named_for_its_part(stand: Stand, bot: Bot, conversation: Conversation) -> None:
    guess = replace(suggests("/b/", "/c/", "/d/"), hits=hits(1))
    stand.base.outcomes |= {FIRST: [answered("/a/")], SECOND: [guess]}
    await stand.say(conversation.id, BOTH, bot)
    _, other = await heard(stand, conversation)
    assert other.text == wording.say("en", "several-suggest", part="can I pay by card")
    assert titles(other) == ["About /b/", "About /c/", wording.say("en", "suggest-none")]


async def test_parts_that_lead_to_the_same_place_are_one_question(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes |= {FIRST: [answered()], SECOND: [answered()], BOTH: [answered()]}
    assert await stand.say(conversation.id, BOTH, bot) == [given_words()]
    told = (await Reasons(stand.database).of_turn(conversation.id, 1)).data["matters"]
    assert told["split"] is False
    assert [part["text"] for part in told["parts"]] == [FIRST, SECOND]


async def test_parts_of_which_none_is_known_are_one_question(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes[BOTH] = [answered()]
    assert await stand.say(conversation.id, BOTH, bot) == [given_words()]


async def test_a_no_to_two_answers_asks_which_of_them(stand: Stand, bot: Bot, conversation: Conversation) -> None:
    stand.base.outcomes |= {
        FIRST: [answered("/a/", "In your account.")],
        SECOND: [answered("/b/", "Yes."), answered("/c/", "By bank as well.")],
    }
    await stand.say(conversation.id, BOTH, bot)
    await stand.say(conversation.id, wording.say("en", "answer-not-it"), bot)
    asked = (await heard(stand, conversation))[-1]
    assert wording.say("en", "several-which") in asked.text
    assert titles(asked)[:2] == [FIRST, SECOND]
    assert "By bank as well." in (await stand.say(conversation.id, SECOND, bot))[0]


async def test_why_tells_of_each_part_what_came_of_it(stand: Stand, bot: Bot, conversation: Conversation) -> None:
    stand.base.outcomes[FIRST] = [answered("/a/")]
    await stand.say(conversation.id, BOTH, bot)
    told = (await Reasons(stand.database).of_turn(conversation.id, 1)).data["matters"]
    assert told == {
        "split": True,
        "parts": [
            {"text": FIRST, "outcome": "answer", "place": "/a/#wait"},
            {"text": SECOND, "outcome": "none", "place": ""},
        ],
    }


async def test_what_is_not_about_the_order_is_answered_beside_it(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.orders.away = "no matter"
    stand.base.outcomes[SECOND] = [answered("/b/", "Yes.")]
    await stand.say(conversation.id, f"Where is my order? And {SECOND}", bot)
    one, other = await heard(stand, conversation)
    assert "Yes." in one.text
    assert wording.say("en", "ask-order_number", example=stand.services.order_example) in other.text
