"""Windows: hours and days on the team's clock, also where the clock is changed."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from api.operator.windows import DAYS, HOURS, days_before, hours, midnight

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MOMENTS = [
    datetime(2026, 11, 23, 10, 17, 5, 123, tzinfo=UTC),
    datetime(2026, 10, 25, 22, 30, tzinfo=UTC),  # the day the clock was put back
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC),  # and the day it was put forward
    datetime(2026, 1, 1, 0, 0, tzinfo=UTC),
]
ZONES = ["UTC", "Europe/Amsterdam", "Asia/Seoul", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", MOMENTS)
def test_hours_follow_each_other_up_to_now_and_cover_today(at: datetime, zone: str) -> None:
    found = hours(at, ZoneInfo(zone))
    assert len(found) >= HOURS
    assert all(before.end == after.start for before, after in pairwise(found))
    assert found[-1].start <= at < found[-1].end
    assert found[0].start <= midnight(at, ZoneInfo(zone))
    assert midnight(at, ZoneInfo(zone)) in [window.start for window in found]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", MOMENTS)
def test_days_follow_each_other_until_today_begins(at: datetime, zone: str) -> None:
    found = days_before(at, ZoneInfo(zone))
    assert len(found) == DAYS - 1
    assert all(before.end == after.start for before, after in pairwise(found))
    assert found[-1].end == midnight(at, ZoneInfo(zone))


def test_the_day_the_clock_is_put_back_has_25_hours() -> None:
    evening = datetime(2026, 10, 25, 22, 30, tzinfo=UTC)
    assert len(hours(evening, AMSTERDAM)) == 25
    [longest] = [w for w in days_before(evening + timedelta(days=2), AMSTERDAM) if w.end - w.start > timedelta(days=1)]
    assert longest.end - longest.start == timedelta(hours=25)
