"""An estimate is honest, or there is none."""

from datetime import datetime, timedelta

import pytest

from handoff.conversations import Conversation
from handoff.database import Database
from handoff.desk.cases import Cases
from handoff.desk.estimate import estimate, handling_seconds

from .people import KIM

TEN_MINUTES = [600.0] * 5


@pytest.mark.parametrize(
    ("position", "times", "room", "minutes"),
    [
        (1, TEN_MINUTES, 1, 10),
        (2, TEN_MINUTES, 1, 20),
        (2, TEN_MINUTES, 4, 5),
        (3, TEN_MINUTES, 2, 15),
        (1, [60.0, 600.0, 660.0, 720.0, 90_000.0], 1, 15),
        (1, [1.0] * 5, 10, 5),
    ],
)
def test_it_follows_from_recent_times_and_who_is_there(
    position: int, times: list[float], room: int, minutes: int
) -> None:
    assert estimate(position, times, room) == minutes


@pytest.mark.parametrize(
    ("position", "times", "room"),
    [(1, TEN_MINUTES[:4], 1), (1, [], 3), (1, TEN_MINUTES, 0), (7, TEN_MINUTES, 1), (0, TEN_MINUTES, 1)],
)
def test_with_too_little_to_go_on_none_is_given(position: int, times: list[float], room: int) -> None:
    assert estimate(position, times, room) is None


async def test_handling_times_are_those_of_conversations_agents_ended_themselves(
    database: Database, cases: Cases, waiting: Conversation, now: datetime
) -> None:
    minute = timedelta(minutes=1)
    await cases.claim(waiting.id, KIM, 1, now)
    await cases.release(waiting.id, KIM, 2, "queue", now + minute)
    await cases.claim(waiting.id, KIM, 3, now + 2 * minute)
    await cases.close(waiting.id, KIM, 4, "solved", now + 9 * minute)
    assert await handling_seconds(database, now + 10 * minute) == [420.0]
    assert await handling_seconds(database, now + timedelta(days=8)) == []
