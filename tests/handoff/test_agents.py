"""Users: added once, found by any way of writing the name, suggested when they are free."""

from datetime import datetime, timedelta

import pytest

from handoff.agents import PRESENT, Agents, Colleague, NameTaken, UnknownAgent, suggested
from handoff.database import Database
from handoff.passwords import LONGEST, BadPassword, hashed, matches


async def test_a_name_is_one_user_however_it_is_written(database: Database, now: datetime) -> None:
    agents = Agents(database)
    added = await agents.add(" Kim ", "agent", "hash", now, languages=["ko"], capacity=2)
    assert (added.name, added.display, list(added.languages), added.capacity) == ("kim", "kim", ["ko"], 2)
    assert await agents.find("KIM") == added
    with pytest.raises(NameTaken, match="frontdoor user password kim"):
        await agents.add("KIM", "agent", "hash", now)


async def test_who_was_removed_is_gone_keeps_their_name_in_old_conversations_and_may_come_back(
    database: Database, now: datetime
) -> None:
    agents = Agents(database)
    await agents.add("kim", "agent", "hash", now, display="Kim")
    await agents.remove("kim", now)
    assert await agents.find("kim") is None
    assert await agents.password_hash("kim") is None
    assert not await agents.any()
    assert await agents.displays() == {"kim": "Kim"}
    with pytest.raises(UnknownAgent):
        await agents.remove("kim", now)
    assert (await agents.add("kim", "supervisor", "other", now)).role == "supervisor"


async def test_coming_and_going_is_news_and_a_heartbeat_is_not(database: Database, now: datetime) -> None:
    agents = Agents(database)
    kim = await agents.add("kim", "agent", "hash", now)
    second = timedelta(seconds=1)
    assert await agents.heard(kim.id, now, available=True)
    assert not await agents.heard(kim.id, now + second, available=True)
    assert await agents.heard(kim.id, now + second, available=False)
    assert await agents.heard(kim.id, now + second + PRESENT + second)


async def colleague(agents: Agents, name: str, now: datetime, load: int, **more: object) -> Colleague:
    agent = await agents.add(name, "agent", "hash", now, **more)  # type: ignore[arg-type]
    await agents.heard(agent.id, now, available=True)
    found = await agents.find(name)
    assert found is not None
    return Colleague(found, load, found.present(now))


async def test_the_one_with_most_room_who_speaks_the_language_is_suggested(database: Database, now: datetime) -> None:
    agents = Agents(database)
    minji = await colleague(agents, "minji", now, 2, languages=["ko"], capacity=4)
    kim = await colleague(agents, "kim", now, 1, languages=["en"], capacity=4)
    busy = await colleague(agents, "busy", now, 4, capacity=4)
    lee = await colleague(agents, "lee", now, 1, languages=["en"], capacity=10, teams=["billing"])
    roster = [minji, kim, busy, lee]
    assert suggested(roster, "ko") == minji.agent
    assert suggested(roster, "en") == lee.agent
    assert suggested(roster, "en", "support") == kim.agent
    assert suggested(roster, "zh") == lee.agent
    assert suggested([busy], "en") is None


async def test_a_password_matches_itself_and_nothing_matches_nobody() -> None:
    stored = hashed("correct horse")
    assert stored.startswith("$argon2id$")
    assert await matches(stored, "correct horse")
    assert not await matches(stored, "correct horsE")
    assert not await matches(None, "a password that nobody has")
    assert not await matches("not a hash", "x")


@pytest.mark.parametrize("password", ["short", "", "x" * (LONGEST + 1)])
def test_a_password_that_could_be_guessed_is_refused(password: str) -> None:
    with pytest.raises(BadPassword, match="10 to 200"):
        hashed(password)
