"""Several processes: what one has in hand another leaves alone, and takes up when it died."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy.exc import OperationalError
from tenacity import wait_none

from api import answering, worker
from api.dialogue.turn import Said, Turn
from handoff.conversations import Conversation
from handoff.events import Events
from handoff.holds import LEASE, Holds
from tests.api.stand import NOW, Stand

from .workers import at_work, failing_first, heard, received


async def test_what_another_process_has_in_hand_is_left_to_it(stand: Stand, conversation: Conversation) -> None:
    other = await stand.conversations.open("web", "ko", "hash", NOW)
    await received(stand, conversation, "theirs", holder="another process")
    await received(stand, other, "ours")
    async with at_work(stand) as working:
        assert await heard(stand, other, 1) == ["You said: ours"]
    assert working.holder == "stand"
    assert [e.text for e in await stand.events.unhandled(conversation.id)] == ["theirs"]


async def test_what_a_process_that_died_had_in_hand_is_taken_up(stand: Stand, conversation: Conversation) -> None:
    await received(stand, conversation, "theirs", holder="a process that died")
    stand.now += LEASE
    async with at_work(stand):
        assert await heard(stand, conversation, 1) == ["You said: theirs"]


async def test_what_is_thought_about_for_long_stays_in_hand(
    stand: Stand, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SWEEP", 0.01)
    monkeypatch.setattr(worker, "KEEP", 0.0)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(turn: Turn) -> list[Said]:
        begun.set()
        await go_on.wait()
        return [Said(turn.text)]

    stand.engine.does = slow
    others = Holds(stand.database, "another process")
    await received(stand, conversation, "hello")
    async with at_work(stand):
        await asyncio.wait_for(begun.wait(), 10)
        stand.now += LEASE * 3
        kept = stand.holds.keep
        seen = asyncio.Event()

        async def watched(ids: object, now: datetime) -> set[str]:
            result = await kept(ids, now)  # type: ignore[arg-type]
            seen.set()
            return result

        monkeypatch.setattr(stand.holds, "keep", watched)
        await asyncio.wait_for(seen.wait(), 10)
        assert await others.claim(stand.now, 10) == []
        go_on.set()
        assert await heard(stand, conversation, 1) == ["hello"]


async def test_stopping_gives_back_what_was_not_begun(stand: Stand, conversation: Conversation) -> None:
    await received(stand, conversation, "hello", holder="stand")
    working = stand.new_worker(quiet=10)
    working.start()
    working.notice(conversation.id)
    await asyncio.wait_for(working.stop(), 5)
    assert await Holds(stand.database, "another process").claim(stand.now, 10) == [conversation.id]


async def test_a_database_that_is_away_for_long_is_waited_out_and_nobody_apologises(
    stand: Stand, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "ATTEMPTS", 1)
    monkeypatch.setattr(answering, "_WAIT", wait_none())
    failing_first(stand, monkeypatch, *[OperationalError("COMMIT", None, OSError("away"))] * 7)
    await received(stand, conversation, "hello")
    async with at_work(stand):
        assert await heard(stand, conversation, 1) == ["You said: hello"]


async def test_two_workers_at_once_answer_each_message_once(stand: Stand, conversation: Conversation) -> None:
    chats = [conversation, *[await stand.conversations.open("web", "en", "hash", NOW) for _ in range(5)]]
    first = stand.new_worker()
    second = stand.new_worker(holds=Holds(stand.database, "another process"))
    for working in (first, second):
        working.start()
    try:
        for number in range(4):
            for chat in chats:
                holder = "stand" if number % 2 else "another process"
                received_ = await Events(stand.database, holder).receive(chat.id, f"m{number}", str(number), NOW)
                if received_.mine:
                    (first if number % 2 else second).notice(chat.id)
        for chat in chats:
            assert await heard(stand, chat, 4) == [f"You said: {n}" for n in range(4)]
    finally:
        for working in (first, second):
            await working.stop()
    for chat in chats:
        answers = [e.turn for e in await stand.events.after(chat.id, 0) if e.role == "bot"]
        assert len(answers) == len(set(answers)) == 4
