"""Each move happens once, whole, and only by who may do it."""

import asyncio
from datetime import datetime

import pytest

from handoff.conversations import AlreadyClaimed, Conversation, Conversations, StaleMove
from handoff.database import Database
from handoff.desk.cases import Cases
from handoff.desk.replies import Replies
from handoff.desk.whose import NotYours, Who
from handoff.events import Events
from handoff.promises import Promises
from handoff.stream import Word

from .people import BOSS, KIM, LEE


def hello(_: Conversation) -> list[Word]:
    return [Word("message", "system", "somebody is here")]


async def texts(database: Database, id_: str) -> list[str]:
    return [event.text for event in await Events(database).after(id_, 0, dropped=True) if event.text]


async def test_of_many_who_claim_at_once_one_has_it_and_the_customer_hears_it_once(
    database: Database, cases: Cases, waiting: Conversation, now: datetime
) -> None:
    team = [Who(f"agent{n}", f"Agent {n}") for n in range(8)]
    outcomes = await asyncio.gather(
        *(cases.claim(waiting.id, who, 1, now, hello) for who in team), return_exceptions=True
    )
    won = [one for one in outcomes if isinstance(one, Conversation)]
    assert len(won) == 1
    lost = [one for one in outcomes if isinstance(one, AlreadyClaimed)]
    assert [one.by for one in lost] == [won[0].agent] * 7
    assert await texts(database, waiting.id) == ["somebody is here"]


async def test_a_refused_move_leaves_neither_note_nor_word(
    database: Database, cases: Cases, waiting: Conversation, now: datetime
) -> None:
    with pytest.raises(StaleMove):
        await cases.release(waiting.id, KIM, 0, "bot", now, "a note", hello)
    assert await texts(database, waiting.id) == []
    found = await Conversations(database).find(waiting.id)
    assert found is not None
    assert (found.owner, found.epoch) == ("queue", 1)


async def test_only_who_has_it_and_who_is_over_them_may_give_it_away(
    cases: Cases, waiting: Conversation, now: datetime
) -> None:
    await cases.claim(waiting.id, KIM, 1, now)
    with pytest.raises(NotYours):
        await cases.release(waiting.id, LEE, 2, "queue", now)
    with pytest.raises(NotYours):
        await cases.close(waiting.id, LEE, 2, "spam", now)
    with pytest.raises(AlreadyClaimed):
        await cases.pass_to(waiting.id, LEE, 2, LEE, now)
    taken = await cases.pass_to(waiting.id, BOSS, 2, LEE, now)
    assert (taken.agent, taken.epoch) == ("lee", 4)


async def test_words_of_the_same_id_by_two_agents_are_two_words(
    database: Database, cases: Cases, replies: Replies, waiting: Conversation, now: datetime
) -> None:
    await cases.claim(waiting.id, KIM, 1, now)
    first = await replies.reply(waiting.id, KIM, "1", 2, "from Kim", now)
    await cases.pass_to(waiting.id, KIM, 2, LEE, now)
    second = await replies.reply(waiting.id, LEE, "1", 3, "from Lee", now)
    noted = await replies.note(waiting.id, LEE, "1", "a note", now)
    assert first.seq < second.seq < noted.seq
    assert all(one.fresh for one in (first, second, noted))


async def test_a_customer_cannot_take_an_agents_id(
    database: Database, cases: Cases, replies: Replies, waiting: Conversation, now: datetime
) -> None:
    await cases.claim(waiting.id, KIM, 1, now)
    for key in ("1", "reply:1", "reply:kim:1"):
        await Events(database).receive(waiting.id, key, "hello", now)
    assert (await replies.reply(waiting.id, KIM, "1", 2, "from Kim", now)).fresh


async def test_a_reply_keeps_the_promise_of_a_reply(
    database: Database, cases: Cases, replies: Replies, waiting: Conversation, now: datetime
) -> None:
    promises = Promises(database)
    await promises.make(waiting.id, "reply", "by noon", now, now)
    await cases.claim(waiting.id, KIM, 1, now, hello)
    assert (await promises.for_conversation(waiting.id))[0].kept_at is None
    await replies.reply(waiting.id, KIM, "1", 2, "here it is", now)
    assert (await promises.for_conversation(waiting.id))[0].kept_at == now
