"""Teams: when a team is there, when it opens next, and by when it replies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from holidays import HolidayBase

from handoff.windows import Interval, Window, window

# Beyond this many days without an opening we say "never": two years of holidays in a row is not a plan.
HORIZON_DAYS = 800
# Open without a break for longer than this means it never closes.
_NEVER_CLOSES = timedelta(days=400)


@dataclass(frozen=True)
class Team:
    """A team's opening hours. Moments go in with any time zone and come out in UTC."""

    name: str
    timezone: ZoneInfo
    weekly: Mapping[int, tuple[Interval, ...]]  # 0 is Monday
    reply_within: timedelta
    holidays: HolidayBase | None = None
    closed_dates: frozenset[date] = frozenset()
    extra_open: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)

    def is_open(self, at: datetime) -> bool:
        """Takes a moment; says whether the team is there."""
        first = next(self._windows(at), None)
        return first is not None and first.start <= at

    def next_opening(self, at: datetime) -> datetime | None:
        """Takes a moment; returns the first moment from then on with the team there, or None for never.

        When the team is there, that is the moment itself.
        """
        first = next(self._windows(at), None)
        return None if first is None else max(first.start, at.astimezone(UTC))

    def next_closing(self, at: datetime) -> datetime | None:
        """Takes a moment; returns when the present opening ends, or the next one; None for never."""
        start = end = None
        for piece in self._windows(at):
            if end is not None and piece.start > end:
                return end
            start = start or max(piece.start, at.astimezone(UTC))
            end = piece.end
            if end - start > _NEVER_CLOSES:
                return None
        return end

    def add_working_time(self, at: datetime, amount: timedelta) -> datetime | None:
        """Takes a moment and an amount of working time; returns when it has passed, or None for never."""
        if amount < timedelta():
            raise ValueError(f"Working time cannot be negative, and {amount} is.")
        left = amount
        for piece in self._windows(at):
            start = max(piece.start, at.astimezone(UTC))
            if start + left <= piece.end:
                return start + left
            left -= piece.end - start
        return None

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """Takes a day; returns the hours that begin on it. Past midnight counts to the day before."""
        if day in self.extra_open:
            return self.extra_open[day]
        if day in self.closed_dates or (self.holidays is not None and day in self.holidays):
            return ()
        return self.weekly.get(day.weekday(), ())

    def _windows(self, at: datetime) -> Iterator[Window]:
        """Gives what is left of the windows that end after `at`, in order, none overlapping another."""
        last = at.astimezone(UTC)
        first_end = True
        for day in self._days(at):
            for interval in self.intervals(day):
                piece = window(day, interval, self.timezone)
                if piece is None or piece.end <= last:
                    continue
                # A window that began before `at` keeps its true start; one that overlaps the last is cut.
                yield piece if first_end else Window(max(piece.start, last), piece.end)
                last, first_end = piece.end, False

    def _days(self, at: datetime) -> Iterator[date]:
        # Yesterday too: its hours may reach past midnight.
        start = at.astimezone(self.timezone).date() - timedelta(days=1)
        end = start + timedelta(days=HORIZON_DAYS)
        if any(self.weekly.values()):
            yield from (start + timedelta(days=n) for n in range(HORIZON_DAYS))
            start = end
        yield from sorted(day for day in self.extra_open if day >= start)
