"""Follow-ups: a message is looked up with what was before it, and kept with the matter it goes on with."""

from dataclasses import replace

import pytest

from api.actions import ACTIONS
from api.dialogue.bot import Bot
from api.dialogue.memory import Memory, Tried
from api.dialogue.plain import PlainEngine
from api.dialogue.turn import Said, Turn
from handoff.conversations import Conversation
from handoff.detection import Reading
from handoff.reasons import Reasons
from kb_index.answers import Outcome
from kb_index.leaning import Before
from tests.api.stand import DETECTOR, Stand, answered, given_words, suggests

CALM = Reading(0.0, "go_on", "", ())
RETURN = "how do I return a lamp?"
COST = "and how much does that cost?"


def leaning(permalink: str = "/en/late/", text: str = "EUR 3.90.") -> Outcome:
    found = answered(permalink, text)
    assert found.answer is not None
    answer = replace(found.answer, heading="Costs", passage_id=f"{permalink}#costs")
    trace: dict[str, object] = {"follow_up": {"leans": True, "probability": 0.9}}
    return replace(found, answer=answer, leans=True, nearness=2.0, trace=trace)


@pytest.fixture
def bot(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> Bot:
    monkeypatch.setattr(DETECTOR, "read", lambda *_, **__: CALM)
    stand.base.outcomes |= {RETURN: [answered()], COST: [leaning()]}
    return stand.bot_with(PlainEngine(stand.services))


async def memory(stand: Stand, conversation: Conversation) -> Memory:
    found = await stand.conversations.find(conversation.id)
    assert found is not None
    return Memory.from_dict(found.dialogue)


async def test_a_follow_up_is_looked_up_once_with_the_question_and_the_article_before_it(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    await stand.say(conversation.id, RETURN, bot)
    said = await stand.say(conversation.id, COST, bot)
    assert said == [given_words("EUR 3.90.", "Late parcels – Costs")]
    assert stand.base.asked == [(RETURN, None), (COST, Before(RETURN, ("/en/late/",)))]


async def test_what_goes_on_is_kept_with_the_matter_and_what_stands_alone_is_a_new_one(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    await stand.say(conversation.id, RETURN, bot)
    await stand.say(conversation.id, COST, bot)
    kept = await memory(stand, conversation)
    assert (kept.root, kept.question) == (RETURN, f"{RETURN}\n{COST}")
    stand.base.outcomes["where is my invoice?"] = [answered("/en/invoice/", "In your account.")]
    await stand.say(conversation.id, "where is my invoice?", bot)
    kept = await memory(stand, conversation)
    assert kept.root == kept.question == "where is my invoice?"
    assert stand.base.asked[-1][1] == Before(RETURN, ("/en/late/",))


async def test_a_follow_up_that_the_bot_would_read_as_something_else_is_answered_all_the_same(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    async def takes_for_small_talk(turn: Turn) -> list[Said]:
        turn.intent = turn.known_intent or "bot_challenge"
        if turn.known_intent:
            return await PlainEngine(stand.services).think(turn)
        return [Said("I am a bot.")]

    await stand.say(conversation.id, RETURN, bot)
    stand.engine.does = takes_for_small_talk
    assert await stand.say(conversation.id, COST) == [given_words("EUR 3.90.", "Late parcels – Costs")]
    data = (await Reasons(stand.database).of_turn(conversation.id, 2)).data
    assert data["because"]["how"] == "follow_up"
    assert data["knowledge"]["follow_up"]["leans"] is True


@pytest.mark.parametrize(
    "text", ["thanks, that was great", "yes", "no", "are you a bot?", "is there a person?", "好的", "네"]
)
async def test_a_reply_or_a_word_about_the_bot_is_no_follow_up(
    stand: Stand, bot: Bot, conversation: Conversation, text: str
) -> None:
    heard: list[str | None] = []

    async def listens(turn: Turn) -> list[Said]:
        heard.append(turn.known_intent)
        return [Said("Well.")]

    await stand.say(conversation.id, RETURN, bot)
    stand.base.outcomes[text] = [leaning()]
    stand.engine.does = listens
    await stand.say(conversation.id, text)
    assert heard == [None]


async def test_a_follow_up_read_as_a_question_after_an_order_stays_with_the_article(
    stand: Stand, conversation: Conversation, bot: Bot
) -> None:
    async def takes_for_an_order(turn: Turn) -> list[Said]:
        turn.intent = "order_status"
        return (await ACTIONS["action_find_order"](turn, stand.services)).said

    stand.orders.away = "no matter"
    text = "the days it takes please"
    stand.base.outcomes[text] = [replace(leaning(), nearness=1.0)]
    await stand.say(conversation.id, RETURN, bot)
    stand.engine.does = takes_for_an_order
    assert await stand.say(conversation.id, text) == [given_words("EUR 3.90.", "Late parcels – Costs")]
    data = (await Reasons(stand.database).of_turn(conversation.id, 2)).data
    assert data["order"]["outcome"] == "goes on with an article"


async def test_after_an_order_was_told_there_is_no_article_to_go_on_with(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    await stand.say(conversation.id, RETURN, bot)
    found = await stand.conversations.find(conversation.id)
    assert found is not None

    async def tells(turn: Turn) -> list[Said]:
        turn.memory.tried.append(Tried("order:LL-1", "On its way.", ""))
        return [Said("On its way.")]

    stand.engine.does = tells
    await stand.say(conversation.id, "hm")
    await stand.say(conversation.id, COST, bot)
    assert stand.base.asked[-1] == (COST, None)


async def test_the_same_follow_up_again_is_a_question_asked_again(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    stand.base.outcomes[COST] = [leaning(), suggests("/a/", "/b/")]
    await stand.say(conversation.id, RETURN, bot)
    first = await stand.say(conversation.id, COST, bot)
    second = await stand.say(conversation.id, COST, bot)
    assert first != second
    assert (await memory(stand, conversation)).misses == 1


async def test_a_matter_told_in_place_of_a_verdict_is_answered(
    stand: Stand, bot: Bot, conversation: Conversation
) -> None:
    async def takes_for_no(turn: Turn) -> list[Said]:
        turn.intent = "did_not_help"
        turn.acted.append("action_did_not_help")
        return (await ACTIONS["action_did_not_help"](turn, stand.services)).said

    await stand.say(conversation.id, RETURN, bot)
    stand.base.outcomes["the label printer jams"] = [answered("/en/jam/", "Open the lid.")]
    stand.engine.does = takes_for_no
    assert await stand.say(conversation.id, "the label printer jams") == [given_words("Open the lid.")]
    data = await Reasons(stand.database).of_turn(conversation.id, 2)
    assert (data.data["taken_as"], data.outcome) == ("a matter", "answer")
