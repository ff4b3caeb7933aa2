"""Hooks: written with the fact or not at all, taken by one process, and kept when nobody receives them."""

import asyncio
from datetime import datetime, timedelta

import pytest

from handoff.database import Database
from handoff.hooks import KEPT, SENT_KEPT, Hooks, record_hook, record_move


async def told(database: Database, at: datetime, number: int = 1) -> None:
    async with database.transaction() as connection:
        for n in range(number):
            await record_hook(connection, "ticket.created", {"n": n}, at)


async def test_a_fact_that_did_not_come_true_is_not_told(database: Database, now: datetime) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction() as connection:
            await record_hook(connection, "ticket.created", {}, now)
            raise RuntimeError
    assert await Hooks(database).list() == []


@pytest.mark.parametrize(
    ("to", "type_"),
    [("queue", "handoff.requested"), ("agent", "handoff.claimed"), ("closed", "handoff.closed"), ("bot", None)],
)
async def test_a_change_of_owner_is_told_when_it_concerns_people(
    database: Database, now: datetime, to: str, type_: str | None
) -> None:
    async with database.transaction() as connection:
        await record_move(connection, "c", "web", "en", 3, "bot", to, None, "kim", "because", now)
    found = await Hooks(database).list()
    assert [hook.type for hook in found] == ([type_] if type_ else [])
    if found:
        assert found[0].data["epoch"] == 3
        assert found[0].data["to"] == to


async def test_two_processes_take_different_ones_and_what_one_dropped_is_due_again(
    database: Database, now: datetime
) -> None:
    hooks, until = Hooks(database), now + timedelta(minutes=1)
    await told(database, now, 6)
    mine, yours = await asyncio.gather(hooks.claim(now, until, 3), hooks.claim(now, until, 3))
    assert len({hook.id for hook in [*mine, *yours]}) == len(mine) + len(yours) == 6
    assert await hooks.claim(now, until) == []
    again = await hooks.claim(until, until + timedelta(minutes=1))
    assert [hook.attempts for hook in again] == [1] * 6


async def test_a_dead_one_stays_until_somebody_has_it_sent_after_all(database: Database, now: datetime) -> None:
    hooks, until = Hooks(database), now + timedelta(minutes=1)
    await told(database, now)
    (hook,) = await hooks.claim(now, until)
    await hooks.dead(hook, now, "it answered 500")
    assert await hooks.claim(until, until) == []
    assert await hooks.counts() == {"dead": 1}
    assert await hooks.again(now, "another") == 0
    assert await hooks.again(now, hook.id) == 1
    (revived,) = await hooks.claim(now, until)
    assert (revived.id, revived.attempts) == (hook.id, 0)


async def test_what_nobody_wants_is_thrown_away_and_what_waits_for_the_receiver_is_not(
    database: Database, now: datetime
) -> None:
    hooks = Hooks(database)
    await told(database, now, 2)
    (sent, _) = await hooks.claim(now, now + timedelta(minutes=1))
    await hooks.sent(sent, now)
    await hooks.forget(now + SENT_KEPT, on=True)
    assert await hooks.counts() == {"sent": 1, "due": 1}
    await hooks.forget(now + SENT_KEPT + timedelta(seconds=1), on=True)
    assert await hooks.counts() == {"due": 1}
    await hooks.forget(now + KEPT, on=False)
    assert await hooks.counts() == {"due": 1}
    await hooks.forget(now + KEPT + timedelta(seconds=1), on=False)
    assert await hooks.counts() == {}
