"""Nobody is forgotten when their agent has gone, and nobody's agent is taken away for nothing."""

from datetime import datetime, timedelta

import pytest

from handoff.agents import Agent, Agents
from handoff.conversations import Conversation
from handoff.database import Database
from handoff.desk.cases import Cases
from handoff.desk.replies import Replies
from handoff.desk.watch import Watch
from handoff.events import Events

from .people import KIM

AWAY = timedelta(seconds=120)


async def left(database: Database, now: datetime) -> list[str]:
    return [one.item.conversation.id for one in await Watch(database).left_alone(now, AWAY)]


@pytest.fixture
async def claimed(cases: Cases, kim: Agent, waiting: Conversation, now: datetime) -> str:
    await cases.claim(waiting.id, KIM, 1, now)
    return waiting.id


async def test_after_two_minutes_without_a_sign_a_waiting_customer_is_left_alone(
    database: Database, claimed: str, now: datetime
) -> None:
    assert await left(database, now + AWAY) == []
    (found,) = await Watch(database).left_alone(now + AWAY + timedelta(seconds=1), AWAY)
    assert (found.item.conversation.id, found.agent, found.display) == (claimed, "kim", "Kim")


async def test_a_heartbeat_keeps_them(database: Database, kim: Agent, claimed: str, now: datetime) -> None:
    later = now + 10 * AWAY
    await Agents(database).heard(kim.id, later - AWAY / 2)
    assert await left(database, later) == []


async def test_a_customer_who_has_an_answer_and_is_silent_is_not_told_that_somebody_left(
    database: Database, replies: Replies, claimed: str, now: datetime
) -> None:
    await replies.reply(claimed, KIM, "1", 2, "Try this tonight.", now)
    evening = now + timedelta(hours=5)
    assert await left(database, evening) == []
    await Events(database).receive(claimed, "1", "it did not work", evening)
    assert await left(database, evening + timedelta(seconds=1)) == [claimed]


async def test_in_the_middle_of_a_talk_it_goes_on_with_somebody_else(
    database: Database, replies: Replies, claimed: str, now: datetime
) -> None:
    await replies.reply(claimed, KIM, "1", 2, "One moment.", now)
    assert await left(database, now + 2 * AWAY) == [claimed]


async def test_what_is_put_aside_waits_for_its_time(
    database: Database, cases: Cases, claimed: str, now: datetime
) -> None:
    await cases.snooze(claimed, KIM, now + timedelta(hours=1))
    assert await left(database, now + timedelta(minutes=59)) == []
    assert await Watch(database).awake(now, now + timedelta(minutes=61)) == [claimed]
    assert await left(database, now + timedelta(minutes=61)) == [claimed]


async def test_whoever_was_removed_has_left(database: Database, claimed: str, now: datetime) -> None:
    await Agents(database).remove("kim", now)
    assert await left(database, now + timedelta(seconds=121)) == [claimed]


async def test_the_wait_begins_anew_in_each_queue(
    database: Database, cases: Cases, waiting: Conversation, kim: Agent, now: datetime
) -> None:
    watch, limit, minute = Watch(database), timedelta(minutes=10), timedelta(minutes=1)
    assert await watch.too_long(now + 9 * minute, limit) == []
    assert await watch.too_long(now + 10 * minute, limit) == [waiting.id]
    await cases.claim(waiting.id, KIM, 1, now + 9 * minute)
    assert await watch.too_long(now + 30 * minute, limit) == []
    await cases.release(waiting.id, KIM, 2, "queue", now + 30 * minute)
    assert await watch.too_long(now + 39 * minute, limit) == []
    assert await watch.too_long(now + 40 * minute, limit) == [waiting.id]
