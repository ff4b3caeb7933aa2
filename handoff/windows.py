"""Opening windows: a wall clock's opening hours as real moments, also on the days the clock changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Opening hours on one day in seconds after midnight; an end beyond 24:00 is on the next day."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """Open from a moment (included) until a moment (not included), both in UTC."""

    start: datetime
    end: datetime


def window(day: date, interval: Interval, zone: tzinfo) -> Window | None:
    """Takes a day, an interval and a time zone; returns the window, or None if the clock skips it all."""
    start = moment(day, interval.start, zone, fold=0)
    # When the clock goes back, 02:30 comes twice: opening means the first, closing the second.
    end = moment(day, interval.end, zone, fold=1)
    return Window(start, end) if start < end else None


def moment(day: date, seconds: int, zone: tzinfo, fold: int) -> datetime:
    """Takes a day and a wall clock time on it; returns the moment in UTC.

    A time the clock skips in spring becomes the moment it skips; of a time that comes twice, `fold` chooses.
    """
    days, rest = divmod(seconds, DAY_SECONDS)
    wall = datetime.combine(day + timedelta(days=days), time(), zone) + timedelta(seconds=rest)
    before = wall.replace(fold=0).astimezone(UTC)
    after = wall.replace(fold=1).astimezone(UTC)
    if after < before:  # only a skipped time is like this
        return _change_between(after, before, zone)
    return after if fold else before


def _change_between(early: datetime, late: datetime, zone: tzinfo) -> datetime:
    """Takes two moments around one change of the clock; returns the moment of the change, to the second."""
    old = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=int((late - early).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == old:
            early = middle
        else:
            late = middle
    return late
