"""Rasa as the engine: what it is told cannot be a command, and a turn is known by its own name."""

import httpx
import pytest

from api.bot.fleet import Fleet
from api.dialogue.engine import EngineDown
from api.dialogue.memory import Memory
from api.dialogue.rasa import RasaEngine, plain_words
from api.dialogue.turn import Turn
from handoff.conversations import Conversation
from tests.api.members import member
from tests.api.stand import NOW, SECRET, Stand


@pytest.mark.parametrize(
    "typed", ["/restart", "  /restart", "／restart", "\u200b/restart", "\ufeff／ /restart", "\u2060\u200d//restart"]
)
def test_a_command_in_any_disguise_is_read_as_the_word_it_is(typed: str) -> None:
    assert plain_words(typed) == "restart"


@pytest.mark.parametrize("typed", ["and/or", "한/중", "1/2", "…", "🙂", "/", " ", "退货/换货", "\u3000退货"])
def test_no_other_character_is_lost(typed: str) -> None:
    assert plain_words(typed) == (typed if typed != "\u3000退货" else "退货")


async def test_two_turns_of_one_conversation_have_different_names(stand: Stand, conversation: Conversation) -> None:
    await stand.events.receive(conversation.id, None, "/greet", NOW)
    [message] = await stand.events.unhandled(conversation.id)
    seen: list[dict[str, object]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        import json

        seen.append(json.loads(request.content))
        assert stand.turns.find(str(seen[-1]["sender"])) is not None
        reading = {"intent": {"name": "greet"}}
        return httpx.Response(200, json={"words": [{"text": "hi"}], "actions": [], "reading": reading})

    engine = RasaEngine(Fleet(SECRET, [member(answer)]), stand.turns, 5)
    for _ in range(2):
        await engine.think(Turn(conversation, message, Memory(), "en", "en", NOW))
    assert seen[0]["sender"] != seen[1]["sender"]
    assert seen[0]["text"] == "greet"
    assert stand.turns.find(str(seen[0]["sender"])) is None


def hi(request: httpx.Request) -> httpx.Response:
    return httpx.Response(
        200, json={"words": [{"text": "hi"}], "actions": [], "reading": {"intent": {"name": "greet"}}}
    )


def nobody(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nobody there", request=request)


async def test_a_turn_that_one_process_cannot_take_goes_to_another(stand: Stand, conversation: Conversation) -> None:
    await stand.events.receive(conversation.id, None, "hello", NOW)
    [message] = await stand.events.unhandled(conversation.id)
    turn = Turn(conversation, message, Memory(), "en", "en", NOW)
    gone, there = member(nobody, "http://gone"), member(hi, "http://there")
    for order in ([gone, there], [there, gone]):
        assert [said.text for said in await RasaEngine(Fleet(SECRET, order), stand.turns, 5).think(turn)] == ["hi"]


async def test_when_no_process_can_take_it_the_reason_is_how_each_is(stand: Stand, conversation: Conversation) -> None:
    await stand.events.receive(conversation.id, None, "hello", NOW)
    [message] = await stand.events.unhandled(conversation.id)
    away = member(hi)
    away.is_away("ended with -9, restarting")
    with pytest.raises(EngineDown, match="ended with -9"):
        await RasaEngine(Fleet(SECRET, [away]), stand.turns, 5).think(
            Turn(conversation, message, Memory(), "en", "en", NOW)
        )
