"""The worker: every message is taken up once, in order, and none is left in silence."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from tenacity import wait_none

from api import answering, wording, worker
from api.dialogue.turn import Said, Turn
from api.worker import Worker
from handoff.conversations import Conversation
from handoff.events import Event, Events
from handoff.holds import LEASE, Holds
from tests.api.stand import NOW, Stand


@asynccontextmanager
async def at_work(stand: Stand) -> AsyncIterator[Worker]:
    working = stand.new_worker()
    working.start()
    try:
        yield working
    finally:
        await working.stop()


async def heard(stand: Stand, conversation: Conversation, count: int) -> list[str]:
    """The first words of the bot, as many as are waited for."""
    async with stand.broadcast.watch(conversation.id) as news, asyncio.timeout(15):
        while True:
            news.clear()
            words = [e.text for e in await stand.events.after(conversation.id, 0) if e.role == "bot"]
            if len(words) >= count:
                return words
            await news.wait()


def failing_first(stand: Stand, monkeypatch: pytest.MonkeyPatch, *problems: Exception) -> None:
    """The first turns cannot be committed, each for its own reason; the next one can."""
    finish, left = stand.events.finish_turn, iter(problems)

    async def finishing(*given: object, **named: object) -> object:
        for problem in left:
            raise problem
        return await finish(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(stand.events, "finish_turn", finishing)


async def received(stand: Stand, conversation: Conversation, *texts: str, holder: str | None = None) -> None:
    """Stored, by a process of that name; without one, by none that answers."""
    for text in texts:
        await Events(stand.database, holder).receive(conversation.id, None, text, stand.now)


async def test_messages_sent_quickly_are_answered_one_by_one_and_in_order(
    stand: Stand, conversation: Conversation
) -> None:
    thinking = 0

    async def one_at_a_time(turn: Turn) -> list[Said]:
        nonlocal thinking
        thinking += 1
        assert thinking == 1
        # The loop is given away, so that a second turn would begin here if it could.
        await asyncio.to_thread(lambda: None)
        thinking -= 1
        return [Said(turn.text)]

    stand.engine.does = one_at_a_time
    async with at_work(stand) as working:
        for number in range(5):
            await received(stand, conversation, str(number))
            working.notice(conversation.id)
        assert await heard(stand, conversation, 5) == ["0", "1", "2", "3", "4"]
    assert await stand.events.unhandled(conversation.id) == []


async def test_what_was_left_unanswered_is_taken_up_at_the_start(stand: Stand, conversation: Conversation) -> None:
    other = await stand.conversations.open("web", "ko", "hash", NOW)
    await received(stand, conversation, "one", "two")
    await received(stand, other, "three")
    async with at_work(stand):
        assert await heard(stand, conversation, 2) == ["You said: one", "You said: two"]
        assert await heard(stand, other, 1) == ["You said: three"]


@pytest.mark.parametrize("owner", ["queue", "agent"])
async def test_while_a_person_has_the_conversation_the_bot_is_silent(
    stand: Stand, conversation: Conversation, owner: str
) -> None:
    agent = {"agent": "kim"} if owner == "agent" else {}
    await received(stand, conversation, "I wrote before they took it")
    await stand.conversations.move(conversation.id, owner, "kim", "asked", 0, at=NOW, **agent)  # type: ignore[arg-type]
    after = await stand.events.receive(conversation.id, None, "and after", NOW)
    assert not after.mine
    async with at_work(stand), stand.broadcast.watch(conversation.id) as news:
        await asyncio.wait_for(news.wait(), 10)
    assert await stand.events.unhandled(conversation.id) == []
    assert [e.role for e in await stand.events.after(conversation.id, 0, dropped=True) if e.role == "bot"] == []


async def test_a_person_who_takes_over_in_mid_turn_silences_the_bot(stand: Stand, conversation: Conversation) -> None:
    async def too_late(turn: Turn) -> list[Said]:
        await stand.conversations.move(conversation.id, "agent", "kim", "takes over", 0, at=NOW)
        return [Said("too late")]

    stand.engine.does = too_late
    await received(stand, conversation, "hello")
    async with at_work(stand), stand.broadcast.watch(conversation.id) as news:
        await asyncio.wait_for(news.wait(), 10)
    shown = await stand.events.after(conversation.id, 0)
    assert "too late" not in [e.text for e in shown]
    kept = await stand.events.after(conversation.id, 0, dropped=True)
    assert "too late" in [e.text for e in kept]


async def test_a_customer_who_writes_after_the_end_has_the_bot_again(stand: Stand, conversation: Conversation) -> None:
    await stand.conversations.move(conversation.id, "closed", "bot", "done", 0, at=NOW)
    await received(stand, conversation, "one more thing")
    async with at_work(stand):
        assert await heard(stand, conversation, 1) == ["You said: one more thing"]
    now = await stand.conversations.find(conversation.id)
    assert now is not None
    assert now.owner == "bot"


async def test_a_turn_that_fails_every_time_ends_in_an_apology_and_the_next_is_answered(
    stand: Stand, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "ATTEMPTS", 2)
    answer = stand.bot.answer

    async def failing(where: Conversation, *messages: Event) -> object:
        if messages[0].text == "poison":
            raise RuntimeError("a bug of ours")
        return await answer(where, *messages)

    monkeypatch.setattr(stand.bot, "answer", failing)
    await received(stand, conversation, "poison", "hello")
    async with at_work(stand):
        words = await heard(stand, conversation, 2)
    assert words == [wording.say("en", "error-unavailable"), "You said: hello"]


async def test_a_turn_that_fails_once_is_tried_again_and_answered_once(
    stand: Stand, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_first(stand, monkeypatch, OSError("the disk is full"))
    await received(stand, conversation, "hello")
    async with at_work(stand):
        assert await heard(stand, conversation, 1) == ["You said: hello"]
    assert len(await stand.events.after(conversation.id, 0)) == 2


async def test_stopping_finishes_the_turn_in_hand_and_leaves_the_rest(stand: Stand, conversation: Conversation) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(turn: Turn) -> list[Said]:
        begun.set()
        await go_on.wait()
        return [Said(turn.text)]

    stand.engine.does = slow
    await received(stand, conversation, "one", "two")
    working = stand.new_worker()
    working.start()
    await asyncio.wait_for(begun.wait(), 10)
    stopping = asyncio.create_task(working.stop())
    go_on.set()
    await asyncio.wait_for(stopping, 10)
    assert [e.text for e in await stand.events.unhandled(conversation.id)] == ["two"]
    assert [e.text for e in await stand.events.after(conversation.id, 0) if e.role == "bot"] == ["one"]


async def test_stopping_does_not_wait_for_ever(stand: Stand, conversation: Conversation) -> None:
    begun = asyncio.Event()

    async def endless(turn: Turn) -> list[Said]:
        begun.set()
        await asyncio.Event().wait()
        return []

    stand.engine.does = endless
    await received(stand, conversation, "hello")
    working = stand.new_worker()
    working.start()
    await asyncio.wait_for(begun.wait(), 10)
    await asyncio.wait_for(working.stop(within=0.05), 5)
    assert len(await stand.events.unhandled(conversation.id)) == 1


async def at_work_with(stand: Stand, worker: Worker, conversation: Conversation, count: int) -> list[str]:
    """The bot's words while that worker is at work."""
    worker.start()
    try:
        return await heard(stand, conversation, count)
    finally:
        await worker.stop()


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
