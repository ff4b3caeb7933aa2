"""The worker: every message is taken up once, in order, and none is left in silence."""

import asyncio

import pytest

from api import answering, wording
from api.dialogue.turn import Said, Turn
from handoff.conversations import Conversation
from handoff.events import Event
from tests.api.stand import NOW, Stand

from .workers import at_work, failing_first, heard, received


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
