"""Rasa as the engine: what it is told cannot be a command, and a turn is known by its own name."""

import httpx
import pytest

from api.dialogue.memory import Memory
from api.dialogue.rasa import RasaEngine, plain_words
from api.dialogue.turn import Turn
from handoff.conversations import Conversation
from tests.api.stand import NOW, Stand


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

    client = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://rasa")
    engine = RasaEngine(client, "s", stand.turns, 5)
    for _ in range(2):
        await engine.think(Turn(conversation, message, Memory(), "en", "en", NOW))
    assert seen[0]["sender"] != seen[1]["sender"]
    assert seen[0]["text"] == "greet"
    assert stand.turns.find(str(seen[0]["sender"])) is None
