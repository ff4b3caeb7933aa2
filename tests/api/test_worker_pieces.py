"""What is sent in pieces: answered as one, after a quiet time that no clock can stretch."""

from datetime import timedelta

import pytest

from api import worker
from handoff.conversations import Conversation
from tests.api.stand import Stand

from .workers import at_work_with, received


async def test_what_is_sent_in_pieces_is_answered_as_one(stand: Stand, conversation: Conversation) -> None:
    await received(stand, conversation, "hi", "my kettle", "it leaks")
    assert await at_work_with(stand, stand.new_worker(quiet=0.05), conversation, 1) == ["You said: my kettle\nit leaks"]
    assert await stand.events.unhandled(conversation.id) == []
    answers = [e for e in await stand.events.after(conversation.id, 0) if e.role == "bot"]
    assert [e.turn for e in answers] == [3]


async def test_a_piece_that_comes_within_the_quiet_time_belongs_to_the_same_turn(
    stand: Stand, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 1:
            stand.now += timedelta(seconds=1)
            await received(stand, conversation, "and it leaks", holder="stand")
        else:
            stand.now += timedelta(seconds=seconds)

    monkeypatch.setattr(worker.asyncio, "sleep", pause)
    await received(stand, conversation, "my kettle is here")
    said = await at_work_with(stand, stand.new_worker(quiet=1.2), conversation, 1)
    assert said == ["You said: my kettle is here\nand it leaks"]
    assert pauses == [pytest.approx(1.2), pytest.approx(1.2)]


async def test_a_lone_message_waits_no_longer_than_the_quiet_time_whatever_another_clock_says(
    stand: Stand, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(worker.asyncio, "sleep", pause)
    stand.now += timedelta(minutes=5)
    await received(stand, conversation, "hello")
    stand.now -= timedelta(minutes=5)
    assert await at_work_with(stand, stand.new_worker(quiet=1.2), conversation, 1) == ["You said: hello"]
    assert pauses == [pytest.approx(1.2)]
