"""The bot: whatever happens to the engine, the customer gets an answer, and it is kept."""

import asyncio

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from api import wording
from api.actions import ACTIONS
from api.bot.fleet import Fleet
from api.dialogue.engine import EngineDown
from api.dialogue.memory import Memory
from api.dialogue.rasa import RasaEngine
from api.dialogue.turn import Button, Said, Turn
from handoff.conversations import Conversation
from tests.api.members import member
from tests.api.stand import SECRET, Stand, answered, given_words, suggests

QUESTION = "where is my parcel"
TROUBLE = wording.say("en", "trouble")


async def silent(turn: Turn) -> list[Said]:
    raise EngineDown("Rasa answered without a word")


async def broken(turn: Turn) -> list[Said]:
    raise KeyError("a bug of ours in the engine")


@pytest.mark.parametrize("does", [silent, broken])
async def test_with_the_engine_down_the_question_is_answered_from_the_articles(
    stand: Stand, conversation: Conversation, does: object
) -> None:
    stand.engine.does = does  # type: ignore[assignment]
    stand.base.outcomes[QUESTION] = [answered()]
    assert await stand.say(conversation.id, QUESTION) == [TROUBLE, given_words()]


async def test_the_trouble_is_told_once_and_again_after_it_was_over(stand: Stand, conversation: Conversation) -> None:
    stand.base.outcomes[QUESTION] = [suggests("/en/late/")]
    told = []
    for does in (silent, silent, stand.engine.repeat, silent):
        stand.engine.does = does
        told.append(TROUBLE in await stand.say(conversation.id, QUESTION))
    assert told == [True, False, False, True]


async def test_what_a_failed_engine_did_to_the_memory_is_undone(stand: Stand, conversation: Conversation) -> None:
    async def half(turn: Turn) -> list[Said]:
        turn.memory.misses, turn.memory.question, turn.trouble = 99, "something else", "action_answer failed"
        turn.said.append(Said("half a sentence"))
        raise EngineDown("action_answer failed")

    stand.engine.does = half
    said = await stand.say(conversation.id, QUESTION)
    assert "half a sentence" not in said
    kept = await stand.conversations.find(conversation.id)
    assert kept is not None
    assert Memory.from_dict(kept.dialogue).misses == 1


async def test_what_an_action_said_is_kept_when_only_the_engines_answer_was_lost(
    stand: Stand, conversation: Conversation
) -> None:
    async def lost(turn: Turn) -> list[Said]:
        turn.said += (await ACTIONS["action_answer"](turn, stand.services)).said
        turn.acted.append("action_answer")
        raise EngineDown("Rasa cannot be reached")

    stand.engine.does = lost
    stand.base.outcomes[QUESTION] = [answered()]
    assert await stand.say(conversation.id, QUESTION) == [given_words()]
    assert await stand.say(conversation.id, QUESTION) != [given_words()]


async def test_an_engine_that_dies_before_the_form_asks_does_not_leave_the_customer_waiting(
    stand: Stand, conversation: Conversation
) -> None:
    async def lost(turn: Turn) -> list[Said]:
        turn.said += (await ACTIONS["action_request_person"](turn, stand.services)).said
        turn.acted.append("action_request_person")
        raise EngineDown("Rasa cannot be reached")

    stand.engine.does = lost
    said = await stand.say(conversation.id, "I want to talk to a human")
    assert said[-1] == wording.say("en", "ask-question")


async def test_a_pressed_button_means_what_it_was_shown_for(stand: Stand, conversation: Conversation) -> None:
    seen: list[str | None] = []

    async def offer(turn: Turn) -> list[Said]:
        seen.append(turn.pressed.value if turn.pressed else None)
        return [Said("Which?", [Button("The late one", "choose_article", "/en/late/")])]

    stand.engine.does = offer
    for text in ("hello", " the  LATE one ", "something else"):
        await stand.say(conversation.id, text)
    assert seen == [None, "/en/late/", None]


async def test_what_the_customer_gives_away_in_passing_is_kept(stand: Stand, conversation: Conversation) -> None:
    await stand.say(conversation.id, "I'm Jane Miller, jane@example.com, my order LL-20418837 is late")
    known = {name: fact.value for name, fact in (await stand.services.facts.current(conversation.id)).items()}
    assert known == {"name": "Jane Miller", "email": "jane@example.com", "order_number": "LL-20418837"}


async def test_every_turn_keeps_its_reasons(stand: Stand, conversation: Conversation) -> None:
    from sqlalchemy import select

    from handoff.tables import traces

    stand.engine.does = silent
    await stand.say(conversation.id, QUESTION)
    async with stand.database.session() as connection:
        [data] = (await connection.execute(select(traces.c.data))).scalars()
    assert data["engine_down"] == "Rasa answered without a word"
    assert data["knowledge"]["question"] == QUESTION


def rasa(stand: Stand, handler: object, timeout: float = 5) -> RasaEngine:
    return RasaEngine(Fleet(SECRET, [member(handler)]), stand.turns, timeout)


async def slow(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("too slow", request=request)


async def gone(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nobody there", request=request)


async def forever(request: httpx.Request) -> httpx.Response:
    await asyncio.Event().wait()
    raise AssertionError


READING = {"intent": {"name": "ask_kb"}, "ranking": []}
ANSWERS = {
    "slow": slow,
    "gone": gone,
    "never ending": forever,
    "500": lambda _: httpx.Response(500, json={"error": "x"}),
    "not json": lambda _: httpx.Response(200, text="<html>"),
    "json of another shape": lambda _: httpx.Response(200, json=[]),
    "without a reading": lambda _: httpx.Response(200, json={"words": [{"text": "hi"}], "actions": []}),
    "silent": lambda _: httpx.Response(200, json={"words": [], "actions": [], "reading": READING}),
    "words without text": lambda _: httpx.Response(200, json={"words": [{}], "actions": [], "reading": READING}),
    "a word of another shape": lambda _: httpx.Response(
        200, json={"words": [{"text": "hi", "buttons": [{}]}], "actions": [], "reading": READING}
    ),
}


@pytest.mark.parametrize("how", ANSWERS)
async def test_however_rasa_fails_the_customer_is_answered(stand: Stand, conversation: Conversation, how: str) -> None:
    stand.base.outcomes[QUESTION] = [answered()]
    bot = stand.bot_with(rasa(stand, ANSWERS[how], timeout=0.3))
    async with asyncio.timeout(5):
        assert await stand.say(conversation.id, QUESTION, bot) == [TROUBLE, given_words()]


async def test_rasas_words_come_through_with_buttons_and_sources(stand: Stand, conversation: Conversation) -> None:
    word = {
        "text": "hi",
        "buttons": [{"title": "Yes", "payload": "affirm", "value": None}],
        "custom": {"type": "message", "sources": [{"permalink": "/x/"}], "ticket": None},
    }
    answer = httpx.Response(200, json={"words": [word], "actions": [], "reading": READING})
    bot = stand.bot_with(rasa(stand, lambda _: answer))
    assert await stand.say(conversation.id, QUESTION, bot) == ["hi"]
    event = (await stand.events.after(conversation.id, 1))[0]
    assert event.data == {"buttons": [{"title": "Yes", "text": "Yes"}], "sources": [{"permalink": "/x/"}]}


async def test_a_database_that_is_away_in_an_action_is_waited_for_and_not_apologised_for(
    stand: Stand, conversation: Conversation
) -> None:
    async def away(turn: Turn) -> list[Said]:
        turn.away = OperationalError("SELECT 1", None, OSError("away"))
        raise EngineDown("Rasa answered 502", "refused", "502")

    stand.engine.does = away
    with pytest.raises(OperationalError):
        await stand.say(conversation.id, QUESTION)
    assert len(await stand.events.unhandled(conversation.id)) == 1
