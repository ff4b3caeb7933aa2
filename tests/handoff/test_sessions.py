"""Trying passwords is stopped, also by many at once, and also for names nobody has."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from handoff.agents import Agents
from handoff.database import Database
from handoff.lockout import LOCKED, MOST, Attempt, LockedOut, LockOut
from handoff.sessions import IDLE, Sessions
from handoff.tables import agent_sessions, sign_in_failures


async def tried(lockout: LockOut, name: str, address: str, now: datetime) -> bool:
    try:
        await lockout.begin(Attempt(name, address), now)
    except LockedOut:
        return False
    return True


async def test_of_many_tries_at_once_only_so_many_are_looked_at(database: Database, now: datetime) -> None:
    lockout = LockOut(database)
    tries = [tried(lockout, "kim", f"10.0.0.{n}", now) for n in range(20)]
    assert sum(await asyncio.gather(*tries)) == MOST["name"]


async def test_an_address_that_tries_many_names_is_stopped(database: Database, now: datetime) -> None:
    lockout = LockOut(database)
    outcomes = [await tried(lockout, f"name{n}", "10.0.0.1", now) for n in range(MOST["address"] + 1)]
    assert outcomes == [*[True] * MOST["address"], False]
    assert await tried(lockout, "name0", "10.0.0.2", now)


async def test_a_lock_ends_by_itself_and_by_the_operator(database: Database, now: datetime) -> None:
    lockout = LockOut(database)
    for _ in range(MOST["name"]):
        await tried(lockout, "kim", "10.0.0.1", now)
    assert not await tried(lockout, "kim", "10.0.0.2", now + LOCKED - timedelta(seconds=1))
    assert await tried(lockout, "kim", "10.0.0.2", now + LOCKED)
    for _ in range(MOST["name"]):
        await tried(lockout, "lee", "10.0.0.3", now)
    await lockout.lift("lee")
    assert await tried(lockout, "lee", "10.0.0.3", now)


async def test_what_is_over_is_thrown_away(database: Database, now: datetime) -> None:
    agents = Agents(database)
    sessions = Sessions(database, agents)
    kim = await agents.add("kim", "agent", "no hash", now)
    await tried(sessions.lockout, "x" * 500, "10.0.0.1", now)
    async with database.transaction() as connection:
        row = {"token_hash": "t", "agent_id": kim.id, "begun_at": now, "seen_at": now}
        await connection.execute(agent_sessions.insert().values(**row))
    await sessions.forget(now + IDLE + timedelta(seconds=1))
    async with database.session() as connection:
        for table in (agent_sessions, sign_in_failures):
            assert (await connection.execute(select(table))).all() == []


@pytest.mark.parametrize("token", ["", "nothing", "\ud800"])
async def test_a_made_up_token_is_nobodys(database: Database, now: datetime, token: str) -> None:
    assert await Sessions(database, Agents(database)).find(token, now) is None
