"""Holds: two processes never think about the same conversation, and none is left with a process that died."""

import asyncio
from datetime import datetime, timedelta

import pytest

from handoff.conversations import Conversation, Conversations
from handoff.database import Database
from handoff.events import Events, Word
from handoff.holds import LEASE, Holds

Chat = Conversation


@pytest.fixture
async def chat(database: Database, now: datetime) -> Conversation:
    return await Conversations(database).open("web", "en", "hash", now)


async def test_who_stores_a_message_has_it_in_hand(database: Database, chat: Chat, now: datetime) -> None:
    ours, theirs = Events(database, "ours"), Events(database, "theirs")
    assert (await ours.receive(chat.id, "m1", "hello", now)).mine
    assert (await ours.receive(chat.id, "m2", "and", now)).mine
    assert not (await theirs.receive(chat.id, "m3", "more", now)).mine
    assert await Holds(database, "theirs").claim(now, 10) == []
    assert not await Holds(database, "theirs").take(chat.id, now)


async def test_what_is_sent_again_is_nobodys_new_work(database: Database, chat: Chat, now: datetime) -> None:
    store = Events(database, "ours")
    await store.receive(chat.id, "m1", "hello", now)
    again = await store.receive(chat.id, "m1", "hello", now)
    assert (again.fresh, again.mine) == (False, False)


@pytest.mark.parametrize("owner", ["queue", "agent"])
async def test_what_is_written_to_a_person_is_nobodys_work(
    database: Database, chat: Chat, now: datetime, owner: str
) -> None:
    agent = "kim" if owner == "agent" else None
    await Conversations(database).move(chat.id, owner, "kim", "asked", 0, agent=agent, at=now)  # type: ignore[arg-type]
    received = await Events(database, "ours").receive(chat.id, "m1", "are you there?", now)
    assert (received.fresh, received.mine) == (True, False)
    assert await Events(database).unhandled(chat.id) == []


async def test_a_customer_who_writes_after_the_end_has_the_bot_again(
    database: Database, chat: Chat, now: datetime
) -> None:
    await Conversations(database).move(chat.id, "closed", "bot", "done", 0, at=now)
    assert (await Events(database, "ours").receive(chat.id, "m1", "one more thing", now)).mine
    found = await Conversations(database).find(chat.id)
    assert found is not None
    assert (found.owner, found.epoch) == ("bot", 2)


async def test_a_hold_ends_with_its_time_unless_it_is_kept(database: Database, chat: Chat, now: datetime) -> None:
    ours, theirs = Holds(database, "ours"), Holds(database, "theirs")
    await Events(database, "ours").receive(chat.id, "m1", "hello", now)
    later = now + LEASE - timedelta(seconds=1)
    assert await ours.keep([chat.id], later) == {chat.id}
    assert await theirs.claim(now + LEASE, 10) == []
    assert await theirs.claim(later + LEASE, 10) == [chat.id]
    assert await ours.keep([chat.id], later + LEASE) == set()


async def test_an_answer_lets_the_conversation_go(database: Database, chat: Chat, now: datetime) -> None:
    store = Events(database, "ours")
    await store.receive(chat.id, "m1", "hello", now)
    await store.receive(chat.id, "m2", "and", now)
    await store.finish_turn(chat.id, [1], 0, [Word("message", "bot", "hi")], None, [], [], now)
    assert await Holds(database, "theirs").take(chat.id, now)
    assert not await Holds(database, "ours").take(chat.id, now)


async def test_what_is_given_back_is_free_at_once(database: Database, chat: Chat, now: datetime) -> None:
    ours, theirs = Holds(database, "ours"), Holds(database, "theirs")
    await Events(database, "ours").receive(chat.id, "m1", "hello", now)
    await theirs.give_back([chat.id])
    assert await theirs.claim(now, 10) == []
    await ours.give_back([chat.id])
    assert await theirs.claim(now, 10) == [chat.id]


async def test_who_is_alone_has_nothing_to_wait_for(database: Database, chat: Chat, now: datetime) -> None:
    await Events(database, "one that was killed").receive(chat.id, "m1", "hello", now)
    ours = Holds(database, "ours")
    await ours.alone()
    assert await ours.claim(now, 10) == [chat.id]


async def test_the_longest_waiting_come_first_and_no_more_than_wanted(database: Database, now: datetime) -> None:
    chats = [await Conversations(database).open("web", "en", "hash", now) for _ in range(3)]
    for chat in reversed(chats):
        await Events(database).receive(chat.id, "m1", "hello", now)
    assert await Holds(database, "ours").claim(now, 2) == [chats[2].id, chats[1].id]


async def test_processes_that_look_at_once_find_different_work(database_url: str, now: datetime) -> None:
    replicas = [Database(database_url) for _ in range(3)]
    for replica in replicas:
        await replica.connect()
    chats = [await Conversations(replicas[0]).open("web", "en", "hash", now) for _ in range(12)]
    for chat in chats:
        await Events(replicas[0]).receive(chat.id, "m1", "hello", now)
    claims = await asyncio.gather(*(Holds(db, f"process {n}").claim(now, 12) for n, db in enumerate(replicas)))
    for replica in replicas:
        await replica.dispose()
    found = [id_ for claim in claims for id_ in claim]
    assert sorted(found) == sorted(chat.id for chat in chats)


async def test_a_turn_that_comes_too_late_for_one_of_its_messages_changes_nothing(
    database: Database, chat: Chat, now: datetime
) -> None:
    store = Events(database)
    for key in ("m1", "m2"):
        await store.receive(chat.id, key, key, now)
    said = [Word("message", "bot", "to the first")]
    assert len(await store.finish_turn(chat.id, [1], 0, said, {"n": 1}, [], [], now)) == 1
    both = [Word("message", "bot", "to both")]
    assert await store.finish_turn(chat.id, [1, 2], 0, both, {"n": 2}, [], [{"why": "late"}], now) == []
    assert [event.seq for event in await store.unhandled(chat.id)] == [2]
    found = await Conversations(database).find(chat.id)
    assert found is not None
    assert found.dialogue == {"n": 1}
    assert "to both" not in [event.text for event in await store.after(chat.id, 0, dropped=True)]
