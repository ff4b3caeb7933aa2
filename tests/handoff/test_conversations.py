"""One speaker: a conversation has one owner, and every change is a legal move somebody made."""

import asyncio
from datetime import datetime

import pytest

from handoff.conversations import (
    MOVES,
    OWNERS,
    AlreadyClaimed,
    Conversation,
    Conversations,
    IllegalMove,
    Owner,
    StaleMove,
    UnknownConversation,
)
from handoff.database import Database
from handoff.events import Events

# How to get to each owner from the bot, by legal moves.
_WAYS: dict[Owner, tuple[Owner, ...]] = {
    "bot": (),
    "queue": ("queue",),
    "agent": ("agent",),
    "closed": ("closed",),
}


async def test_a_new_conversation_belongs_to_the_bot(database: Database, now: datetime) -> None:
    opened = await Conversations(database).open("web", "zh-CN", "hash", now)
    assert (opened.owner, opened.agent, opened.epoch, opened.language) == ("bot", None, 0, "zh")
    assert await Conversations(database).find(opened.id) == opened


async def test_a_conversation_nobody_opened_is_not_found(database: Database) -> None:
    assert await Conversations(database).find("nobody") is None
    with pytest.raises(UnknownConversation, match="nobody"):
        await Conversations(database).move("nobody", "queue", "bot", "asked", 0)
    with pytest.raises(UnknownConversation):
        await Conversations(database).remember("nobody", {})


async def test_a_channel_that_names_its_conversations_opens_each_once(database: Database, now: datetime) -> None:
    store = Conversations(database)
    both = await asyncio.gather(*(store.open("telegram", "ko", None, now, id="tg42") for _ in range(4)))
    assert {conversation.id for conversation in both} == {"tg42"}


@pytest.mark.parametrize("start", OWNERS)
@pytest.mark.parametrize("to", OWNERS)
async def test_only_the_moves_of_the_table_are_possible(
    database: Database, conversation: Conversation, start: Owner, to: Owner
) -> None:
    store = Conversations(database)
    for step in _WAYS[start]:
        conversation = await store.move(conversation.id, step, "alice", "way", conversation.epoch)
    receiver = "bob" if to == "agent" else None
    if (start, to) in MOVES:
        moved = await store.move(conversation.id, to, "alice", "test", conversation.epoch, agent=receiver)
        assert (moved.owner, moved.agent, moved.epoch) == (to, receiver, conversation.epoch + 1)
    else:
        with pytest.raises(IllegalMove, match=f"from {start} to {to}"):
            await store.move(conversation.id, to, "alice", "test", conversation.epoch, agent=receiver)


async def test_every_change_tells_who_why_and_when(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    store = Conversations(database)
    await store.move(conversation.id, "queue", "bot", "asked for a person", 0, at=now)
    await store.move(conversation.id, "agent", "alice", "claimed", 1, at=now)
    changes = await store.changes(conversation.id)
    assert [(c.epoch, c.from_, c.to, c.actor, c.agent, c.reason, c.at) for c in changes] == [
        (1, "bot", "queue", "bot", None, "asked for a person", now),
        (2, "queue", "agent", "alice", "alice", "claimed", now),
    ]
    seen = await Events(database).after(conversation.id, 0)
    assert [(event.type, event.role, event.data["to"]) for event in seen] == [
        ("owner", "system", "queue"),
        ("owner", "system", "agent"),
    ]


async def test_second_claimer_is_told_who_has_it(database: Database, conversation: Conversation) -> None:
    store = Conversations(database)
    await store.move(conversation.id, "queue", "bot", "asked", 0)
    await store.move(conversation.id, "agent", "alice", "claimed", 1)
    with pytest.raises(AlreadyClaimed, match="alice already has it") as refusal:
        await store.move(conversation.id, "agent", "bob", "claimed", 1)
    assert refusal.value.by == "alice"
    assert refusal.value.conversation.agent == "alice"


async def test_of_many_claimers_at_once_one_wins(database: Database, conversation: Conversation) -> None:
    store = Conversations(database)
    await store.move(conversation.id, "queue", "bot", "asked", 0)
    names = [f"agent{n}" for n in range(8)]
    results = await asyncio.gather(
        *(store.move(conversation.id, "agent", name, "claimed", 1) for name in names), return_exceptions=True
    )
    winners = [one for one in results if isinstance(one, Conversation)]
    refusals = [one for one in results if isinstance(one, AlreadyClaimed)]
    assert len(winners) == 1
    assert {refusal.by for refusal in refusals} == {winners[0].agent}
    assert len(refusals) == 7


async def test_claiming_twice_is_having_it(database: Database, conversation: Conversation) -> None:
    store = Conversations(database)
    first = await store.move(conversation.id, "agent", "alice", "claimed", 0)
    again = await store.move(conversation.id, "agent", "alice", "claimed", 0)
    assert again == first
    assert len(await store.changes(conversation.id)) == 1


async def test_a_move_on_old_knowledge_is_refused(database: Database, conversation: Conversation) -> None:
    store = Conversations(database)
    await store.move(conversation.id, "queue", "bot", "asked", 0)
    with pytest.raises(StaleMove, match="expected epoch 0, it is 1"):
        await store.move(conversation.id, "closed", "bot", "done", 0)


async def test_what_the_dialogue_engine_knows_is_remembered(database: Database, conversation: Conversation) -> None:
    store = Conversations(database)
    await store.remember(conversation.id, {"slots": {"이름": "김민지"}}, "ko")
    found = await store.find(conversation.id)
    assert found is not None
    assert (found.dialogue, found.language) == ({"slots": {"이름": "김민지"}}, "ko")
