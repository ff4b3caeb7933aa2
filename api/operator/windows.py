"""Windows: the hours and days that figures are counted by, on the team's own clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

HOURS = 24
DAYS = 14


@dataclass(frozen=True, order=True)
class Window:
    """From a moment until just before another; both in UTC."""

    start: datetime
    end: datetime


def midnight(at: datetime, zone: ZoneInfo) -> datetime:
    """When the team's day began."""
    return at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)


def hours(at: datetime, zone: ZoneInfo) -> list[Window]:
    """The hours of the team's clock up to the present one: the last 24, and all of today's on a day that has 25."""
    local = at.astimezone(zone)
    begun = at.astimezone(UTC) - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    today = midnight(at, zone)
    count = max(HOURS, round((begun - today) / timedelta(hours=1)) + 1)
    starts = [begun - timedelta(hours=n) for n in reversed(range(count))]
    return [Window(start, start + timedelta(hours=1)) for start in starts]


def days_before(at: datetime, zone: ZoneInfo, count: int = DAYS - 1) -> list[Window]:
    """The team's days before today, the oldest first. A day may have 23 or 25 hours."""
    date = at.astimezone(zone).date()
    starts = [
        datetime.combine(date - timedelta(days=n), datetime.min.time(), zone).astimezone(UTC)
        for n in reversed(range(count + 1))
    ]
    return [Window(start, end) for start, end in pairwise(starts)]
