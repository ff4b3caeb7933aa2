"""The ledger: figures cost little, change within seconds, and what is over is counted once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from api.operator.ledger import SETTLED, Ledger
from api.operator.windows import DAYS
from handoff.conversations import Conversation
from handoff.figures import Figures, Tally

from ..stand import NOW, Stand


class Counting(Figures):
    """Figures that remember which windows were asked for."""

    asked: list[tuple[datetime, datetime]]

    async def tally(self, start: datetime, end: datetime) -> Tally:
        self.asked.append((start, end))
        return await super().tally(start, end)


@pytest.fixture
def counting(stand: Stand) -> Counting:
    figures = Counting(stand.database)
    figures.asked = []
    return figures


async def test_only_what_can_still_change_is_counted_again(counting: Counting) -> None:
    at = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    ledger = Ledger(counting, ZoneInfo("UTC"), fresh=0)
    await ledger.read(at)
    assert len(counting.asked) == 24 + DAYS - 1
    counting.asked.clear()
    await ledger.read(at + timedelta(minutes=1))
    assert counting.asked == [(at.replace(minute=0), at.replace(hour=11, minute=0))]
    counting.asked.clear()
    # A turn that was being stored when the hour ended is still counted.
    await ledger.read(at.replace(hour=11, minute=0) + SETTLED)
    assert [start.hour for start, _ in counting.asked] == [10, 11]
    counting.asked.clear()
    await ledger.read(at.replace(hour=11, minute=1) + SETTLED)
    await ledger.read(at.replace(hour=11, minute=2) + SETTLED)
    assert [start.hour for start, _ in counting.asked] == [10, 11, 11]


async def test_many_who_look_at_once_cost_one_look(counting: Counting) -> None:
    ledger = Ledger(counting, ZoneInfo("UTC"), fresh=60)
    first = await ledger.read(NOW)
    asked = len(counting.asked)
    assert await ledger.read(NOW + timedelta(seconds=1)) is first
    assert len(counting.asked) == asked


async def test_today_begins_at_the_teams_midnight(stand: Stand, conversation: Conversation) -> None:
    await stand.say(conversation.id, "hello")
    # Ten in the morning in London is seven in the evening in Seoul; nine hours later Seoul has a new day.
    for zone, later, today in (("Asia/Seoul", 4, 1), ("Asia/Seoul", 5, 0), ("UTC", 5, 1), ("UTC", 14, 0)):
        book = await Ledger(stand.figures, ZoneInfo(zone), fresh=0).read(NOW + timedelta(hours=later))
        assert book.today.turns.total() == today, (zone, later)
        assert sum(tally.turns.total() for _, tally in book.days) == 1
        assert sum(tally.turns.total() for _, tally in book.hours) == 1


async def test_yesterdays_turns_stay_in_the_chart_after_midnight(stand: Stand, conversation: Conversation) -> None:
    ledger = Ledger(stand.figures, ZoneInfo("UTC"), fresh=0)
    await stand.say(conversation.id, "hello")
    assert (await ledger.read(NOW)).days[-1][1].turns.total() == 1
    after = await ledger.read(NOW + timedelta(days=1))
    assert [tally.turns.total() for _, tally in after.days[-2:]] == [1, 0]
