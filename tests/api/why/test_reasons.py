"""Every turn keeps why it said what it said: small, whole, and never at the price of an answer."""

import time
from dataclasses import asdict, replace
from typing import Any

import pytest

from api.dialogue.memory import Memory, Tried
from api.dialogue.turn import Button, Said, Turn
from api.why import reasons
from api.why.bounds import LIMIT, bounded, size_of
from api.why.presence import NotedStaff
from api.why.rules import rule_for, rules
from api.why.versions import versions_of
from handoff.conversations import Conversation
from handoff.reasons import KeptTurn, Reasons

from ..stand import Stand, given_words
from .thinking import looked_up, thinks

QUESTION = "how do I send it back"


@pytest.fixture
def told(stand: Stand) -> Stand:
    """A stand that notes what turns are told, as the product does."""
    stand.services = replace(stand.services, staff=NotedStaff(stand.staff), versions=versions_of(stand.settings))
    stand.engine.does = thinks(stand)
    stand.bot = stand.bot_with(stand.engine)
    stand.base.outcomes[QUESTION] = [looked_up()]
    return stand


async def kept(stand: Stand, id_: str) -> KeptTurn:
    return await Reasons(stand.database).of_turn(id_, None)


async def test_a_turn_keeps_what_it_read_looked_at_and_was_made_by(told: Stand, conversation: Conversation) -> None:
    await told.say(conversation.id, QUESTION)
    data = (await kept(told, conversation.id)).data
    assert data["because"] == {"how": "read", "rule": "look up return_item", "acted": ["action_answer"]}
    assert data["reading"]["ranking"][1]["name"] == "refund"
    look_up = data["knowledge"]
    assert len(look_up["passages"]) == 10
    assert {len(one["parts"]) for one in look_up["passages"]} == {len(look_up["signals"])} == {len(look_up["weights"])}
    assert (look_up["outcome"], look_up["confidence"]) == ("answer", 0.91)
    assert data["told"] == ["/en/help/returns-0/"]
    assert set(data["detection"]["thresholds"]) == {"acknowledge", "offer", "hand_over"}
    assert data["versions"]["index"] == "told"
    assert set(data["versions"]["settings"]) == set(versions_of(told.settings))
    assert data["before"]["seqs"] == [1]
    assert size_of(dict(data)) < LIMIT


async def test_the_memory_that_is_kept_is_the_one_before_the_turn(told: Stand, conversation: Conversation) -> None:
    for text in (QUESTION, "That's not it"):
        await told.say(conversation.id, text)
    first, second = [await Reasons(told.database).of_turn(conversation.id, n) for n in (1, 2)]
    assert first.data["before"]["memory"] == {}
    memory = Memory.from_dict(second.data["before"]["memory"])
    assert (memory.question, memory.awaiting, [t.outcome for t in memory.tried]) == (QUESTION, "helped", ["shown"])


async def test_a_pressed_button_and_who_was_at_the_desk_are_among_the_reasons(
    told: Stand, conversation: Conversation
) -> None:
    async def offer(turn: Turn) -> list[Said]:
        return [Said("Shall I?", [Button("Fetch somebody", "request_human")])]

    told.engine.does = offer
    await told.say(conversation.id, "hello")
    told.staff.is_there = "free"
    told.engine.does = thinks(told, "action_request_person")
    await told.say(conversation.id, "Fetch somebody")
    data = (await kept(told, conversation.id)).data
    assert data["because"]["how"] == "button"
    assert data["because"]["button"] == {"text": "Fetch somebody", "intent": "request_human"}
    assert data["staff"]["there"] == "free"
    assert data["handover"]["to"] == "queue"


async def test_reasons_that_cannot_be_put_together_cost_nobody_an_answer(
    told: Stand, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reasons, "_because", lambda turn: 1 / 0)
    assert await told.say(conversation.id, QUESTION) == [given_words("Send it back within 30 days.", "Returns 0 – How")]
    assert (await kept(told, conversation.id)).data["model"] == "abc"


def long_memory(text: str) -> dict[str, Any]:
    tried = [asdict(Tried(f"/{n}/", text, f"/{n}/#{text}")) for n in range(100)]
    return {"question": text, "tried": tried, "offered": [{"text": text, "intent": "x", "value": text}] * 4}


@pytest.mark.parametrize("letter", ["a", "환", "😀", '"'])
@pytest.mark.parametrize("length", [10, 300, 5000])
def test_whatever_was_said_a_turn_keeps_at_most_eight_kilobytes(letter: str, length: int) -> None:
    text = letter * length
    passages = [{"id": text, "title": text, "score": 1.0, "parts": [0.1234] * 11}] * 10
    trace = {
        "intent": "refund",
        "before": {"seqs": [1], "memory": long_memory(text)},
        "knowledge": {"question": text, "passages": passages},
        "engine_down": text,
        "reading": {"scope": {"nearest": [{"text": text}] * 5}},
    }
    small = bounded(trace)
    assert size_of(small) <= LIMIT
    assert small["intent"] == "refund"
    assert small["cut"]
    assert len(trace["before"]["memory"]["tried"]) == 100, "What the turn itself goes on with must stay as it is."  # type: ignore[index]


def test_what_is_small_stays_whole() -> None:
    trace = {"intent": "refund", "before": {"memory": {"question": "where is it"}}}
    assert bounded(trace) == trace


async def test_putting_the_reasons_together_takes_less_than_a_millisecond(
    told: Stand, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    took: list[float] = []
    whole = reasons._complete

    def timed(*given: Any) -> dict[str, Any]:
        best = 1.0
        for _ in range(20):
            begun = time.perf_counter()
            bounded(whole(*given))
            best = min(best, time.perf_counter() - begun)
        took.append(best)
        return whole(*given)

    monkeypatch.setattr(reasons, "_complete", timed)
    await told.say(conversation.id, QUESTION)
    assert took[0] < 0.001


def test_a_rule_that_looks_at_what_was_asked_comes_first() -> None:
    assert len(rules()) > 30
    assert rule_for("affirm", "helped") == "yes to helped"
    assert rule_for("affirm", None) == "yes to nothing in particular"
    assert rule_for("refuse_details", "order_number") == "unwilling to order_number"
    assert rule_for("refuse_details", None) == "unwilling without being asked"
    assert rule_for("nothing_of_the_kind", None) is None


def test_a_setting_that_changes_what_is_said_changes_its_mark_alone(stand: Stand) -> None:
    was = versions_of(stand.settings)
    now = versions_of(stand.settings.model_copy(update={"shop_name": "Another", "port": 1}))
    assert [name for name in was if was[name] != now[name]] == ["shop_name"]
