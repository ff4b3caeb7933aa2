"""Nothing is lost and nothing is double: messages in, turns out."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import StatementError

from handoff.conversations import Conversation, Conversations, Handover, UnknownConversation
from handoff.database import Database
from handoff.events import Event, Events, Word
from handoff.facts import Fact, Facts
from handoff.tables import traces
from handoff.transcript import lines, transcript

_ANSWER = Word("message", "bot", "Here it is.", {"sources": [{"permalink": "/en/a/"}], "buttons": []})


async def finish(
    database: Database, conversation: Conversation, seqs: list[int], at: datetime, epoch: int = 0
) -> list[Event]:
    return await Events(database).finish_turn(
        conversation.id,
        seqs,
        epoch,
        [_ANSWER],
        {"n": 1},
        [Fact("name", "Jane", "I'm Jane", 1)],
        [{"why": "x"}],
        at,
    )


async def test_a_message_sent_again_is_stored_once(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    store = Events(database)
    first = await store.receive(conversation.id, "m1", "hello", now)
    again = await store.receive(conversation.id, "m1", "hello", now + timedelta(seconds=10))
    other = await store.receive(conversation.id, "m2", "hello", now)
    assert [(one.seq, one.fresh) for one in (first, again, other)] == [(1, True), (1, False), (2, True)]


async def test_a_message_sent_many_times_at_once_is_stored_once(
    database_url: str, conversation: Conversation, now: datetime
) -> None:
    # Two replicas, each with connections of its own.
    replicas = [Database(database_url) for _ in range(2)]
    for replica in replicas:
        await replica.connect()
    received = await asyncio.gather(
        *(Events(replicas[n % 2]).receive(conversation.id, f"m{n // 4}", "hi", now) for n in range(24))
    )
    stored = await Events(replicas[0]).after(conversation.id, 0)
    for replica in replicas:
        await replica.dispose()
    assert sum(one.fresh for one in received) == 6
    assert [event.seq for event in stored] == [1, 2, 3, 4, 5, 6]
    assert len({event.client_id for event in stored}) == 6


async def test_a_message_to_nobody_is_refused(database: Database, now: datetime) -> None:
    with pytest.raises(UnknownConversation):
        await Events(database).receive("nobody", "m1", "hello", now)


async def test_the_same_id_in_two_conversations_is_two_messages(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    other = await Conversations(database).open("web", "ko", None, now)
    store = Events(database)
    assert (await store.receive(conversation.id, "m1", "hello", now)).fresh
    assert (await store.receive(other.id, "m1", "안녕", now)).fresh


@pytest.mark.parametrize("said", ["한국어 中文 👋🏽", "a\x00b", "\ud800", "\u202eabc", "Z͑ͫ̓ͪ", "x" * 100_000])
async def test_strange_text_is_stored(database: Database, conversation: Conversation, now: datetime, said: str) -> None:
    await Events(database).receive(conversation.id, "k" * 5000, said, now)
    (event,) = await Events(database).unhandled(conversation.id)
    assert len(event.text) == len(said)
    assert not (await Events(database).receive(conversation.id, "k" * 5000, said, now)).fresh


async def test_a_reader_gets_exactly_what_it_missed(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    store = Events(database)
    for n in range(5):
        await store.receive(conversation.id, f"m{n}", f"text {n}", now)
    assert [event.seq for event in await store.after(conversation.id, 2)] == [3, 4, 5]
    assert [event.seq for event in await store.after(conversation.id, 0, limit=2)] == [1, 2]
    assert await store.after(conversation.id, 5) == []


async def test_a_turn_happens_as_a_whole(database: Database, conversation: Conversation, now: datetime) -> None:
    store = Events(database)
    await store.receive(conversation.id, "m1", "where is it", now)
    await store.receive(conversation.id, "m2", "hello??", now)
    assert await store.conversations_with_unhandled() == [conversation.id]
    (answer,) = await finish(database, conversation, [1, 2], now)
    assert (answer.seq, answer.role, answer.text, answer.turn) == (3, "bot", "Here it is.", 2)
    assert answer.data == _ANSWER.data
    assert await store.unhandled(conversation.id) == []
    assert await store.conversations_with_unhandled() == []
    found = await Conversations(database).find(conversation.id)
    assert found is not None
    assert found.dialogue == {"n": 1}
    assert (await Facts(database).current(conversation.id))["name"].value == "Jane"
    async with database.session() as connection:
        assert (await connection.execute(select(traces.c.seq, traces.c.data))).one() == (2, {"why": "x"})


async def test_a_turn_repeated_after_a_crash_says_nothing_twice(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    await Events(database).receive(conversation.id, "m1", "hello", now)
    results = await asyncio.gather(*(finish(database, conversation, [1], now) for _ in range(4)))
    assert sorted(len(result) for result in results) == [0, 0, 0, 1]
    assert len(await Events(database).after(conversation.id, 0)) == 2
    assert len(await Facts(database).history(conversation.id)) == 1


async def test_a_turn_that_fails_leaves_the_message_waiting(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    store = Events(database)
    await store.receive(conversation.id, "m1", "hello", now)
    with pytest.raises((ValueError, StatementError), match="JSON"):
        await store.finish_turn(conversation.id, [1], 0, [_ANSWER], {}, [], [{"score": float("nan")}], now)
    assert [event.seq for event in await store.unhandled(conversation.id)] == [1]
    assert len(await store.after(conversation.id, 0)) == 1


async def test_no_bot_word_reaches_the_customer_after_a_person_took_over(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    store = Events(database)
    await store.receive(conversation.id, "m1", "hello", now)
    await Conversations(database).move(conversation.id, "agent", "alice", "took over", 0, at=now)
    (dropped,) = await finish(database, conversation, [1], now)
    assert dropped.type == "dropped"
    assert [event.type for event in await store.after(conversation.id, 0)] == ["message", "owner"]
    kept = await store.after(conversation.id, 0, dropped=True)
    assert (kept[-1].text, kept[-1].data["was"], kept[-1].data["owner"]) == (
        "Here it is.",
        "message",
        "agent",
    )
    assert await store.unhandled(conversation.id) == []
    assert "Here it is." not in [line.text for line in await transcript(database, conversation.id)]


async def test_a_bot_that_has_it_back_thinks_anew_instead_of_saying_what_it_meant_to_say_before(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    await Events(database).receive(conversation.id, "m1", "hello", now)
    await Conversations(database).move(conversation.id, "agent", "alice", "took over", 0)
    await Conversations(database).move(conversation.id, "bot", "alice", "gave back", 1)
    assert await finish(database, conversation, [1], now, epoch=0) == []
    assert [event.seq for event in await Events(database).unhandled(conversation.id)] == [1]
    (said,) = await finish(database, conversation, [1], now, epoch=2)
    assert said.type == "message"


async def test_the_bot_says_goodbye_and_hands_over_in_one_turn(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    store = Events(database)
    await store.receive(conversation.id, "m1", "a person please", now)
    said = await store.finish_turn(
        conversation.id,
        [1],
        0,
        [_ANSWER],
        {},
        [],
        [],
        now,
        language="zh",
        handover=Handover("queue", "bot", "asked"),
    )
    assert [event.type for event in said] == ["message"]
    found = await Conversations(database).find(conversation.id)
    assert found is not None
    assert (found.owner, found.epoch, found.language) == ("queue", 1, "zh")
    assert [event.type for event in await store.after(conversation.id, 0)] == ["message", "message", "owner"]


async def test_a_turn_without_a_message_is_refused(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    with pytest.raises(ValueError, match="at least one message"):
        await finish(database, conversation, [], now)


async def test_words_outside_a_turn_are_said_once_and_only_by_the_owner(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    store = Events(database)
    greeting = [Word("message", "bot", "Hello!"), Word("message", "bot", "How can I help?")]
    assert len(await store.say(conversation.id, greeting, 0, now, key="greeting")) == 2
    assert await store.say(conversation.id, greeting, 0, now, key="greeting") == []
    await Conversations(database).move(conversation.id, "agent", "alice", "took over", 0)
    said = await store.say(
        conversation.id, [Word("message", "agent", "I'm Alice"), Word("message", "bot", "and I?")], 1, now
    )
    assert [event.type for event in said] == ["message", "dropped"]


async def test_the_longest_waiting_conversation_comes_first(database: Database, now: datetime) -> None:
    opened = [await Conversations(database).open("web", "en", None, now) for _ in range(3)]
    for conversation in (opened[2], opened[0], opened[1], opened[2]):
        await Events(database).receive(conversation.id, None, "hello", now)
    waiting = await Events(database).conversations_with_unhandled()
    assert waiting == [opened[2].id, opened[0].id, opened[1].id]


async def test_the_transcript_reads_as_it_was_said(
    database: Database, conversation: Conversation, now: datetime
) -> None:
    await Events(database).receive(conversation.id, "m1", "你好", now)
    await finish(database, conversation, [1], now)
    read = await transcript(database, conversation.id)
    assert [(line.role, line.text, line.at) for line in read] == [
        ("customer", "你好", now),
        ("bot", "Here it is.", now),
    ]
    assert read[0].as_dict() == {"role": "customer", "text": "你好", "at": now.isoformat()}
    assert lines([]) == []


def test_waiting_messages_are_found_by_an_index_of_their_own(migrated_file: Path) -> None:
    query = "SELECT * FROM events WHERE conversation_id = 'x' AND handled_at IS NULL ORDER BY seq"
    engine = create_engine(f"sqlite:///{migrated_file}")
    with engine.connect() as connection:
        plan = str(connection.execute(text(f"EXPLAIN QUERY PLAN {query}")).all())
    engine.dispose()
    assert "ix_events_unhandled" in plan
