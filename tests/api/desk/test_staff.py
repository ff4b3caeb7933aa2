"""What a customer is told of their place when they come into the queue is what the desk then shows."""

from datetime import timedelta

import pytest

from api.desk.places import Places
from api.desk.staff import AtTheDesk, Standing
from api.desk.typing import Typing
from handoff.agents import Agents
from handoff.conversations import Conversation
from handoff.desk.board import Board
from handoff.desk.order import Urgency

from ..routes.desk import stored
from ..stand import Stand


async def queued(stand: Stand) -> Conversation:
    one = await stand.conversations.open("web", "en", "hash", stand.now)
    return await stand.conversations.move(one.id, "queue", "bot", "explicit_request", None, at=stand.now)


@pytest.fixture
async def staff(stand: Stand) -> AtTheDesk:
    """Kim is there, and takes one conversation at a time; two customers wait."""
    agents = Agents(stand.database)
    await agents.add("kim", "agent", stored(), stand.now, capacity=1)
    for _ in range(2):
        await queued(stand)
        stand.now += timedelta(minutes=1)
    return AtTheDesk(agents, stand.database)


async def test_who_comes_calmly_stands_at_the_end_as_the_desk_has_it(stand: Stand, staff: AtTheDesk) -> None:
    told = await staff.standing(Urgency(stand.now), stand.now)
    assert told == Standing(3, None)
    came = await queued(stand)
    board, agents = Board(stand.database), Agents(stand.database)
    places = Places(stand.database, board, agents, Typing(stand.broadcast), stand.clock)
    shown = await places.of(came)
    assert (shown.place, shown.minutes) == (3, None)


async def test_who_is_in_danger_or_angry_comes_before_the_calm(stand: Stand, staff: AtTheDesk) -> None:
    for urgency in (Urgency(stand.now, ("safety",)), Urgency(stand.now, frustration=0.9)):
        told = await staff.standing(urgency, stand.now)
        assert told is not None
        assert told.place == 1


async def test_into_an_empty_queue_one_comes_as_the_next(stand: Stand) -> None:
    staff = AtTheDesk(Agents(stand.database), stand.database)
    assert await staff.standing(Urgency(stand.now), stand.now) == Standing(1, None)


async def test_a_time_is_said_when_there_is_one(
    stand: Stand, staff: AtTheDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lately(*_: object) -> list[float]:
        return [240.0] * 5

    monkeypatch.setattr("api.desk.staff.handling_seconds", lately)
    assert await staff.standing(Urgency(stand.now), stand.now) == Standing(3, None)
    kim = (await Agents(stand.database).all())[0]
    await Agents(stand.database).heard(kim.id, stand.now, True)
    assert await staff.standing(Urgency(stand.now), stand.now) == Standing(3, 15)
