"""The ledger: today's figures and those of the days before, counted once and then only where something can change."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from api.operator.windows import Window, days_before, hours, midnight
from handoff.figures import Backlog, Figures, Tally, Trouble

#: A turn is stored a moment after it is dated; a window that ended longer ago than this never changes again.
SETTLED = timedelta(minutes=5)
#: Seconds the same answer is given, however many ask: the figures must not cost customers anything.
FRESH = 5.0


@dataclass(frozen=True)
class Book:
    """The figures at one moment: today so far, by hour, by day (today last), what waits, and the last troubles."""

    at: datetime
    today: Tally
    hours: tuple[tuple[Window, Tally], ...]
    days: tuple[tuple[Window, Tally], ...]
    backlog: Backlog
    troubles: tuple[Trouble, ...]


class Ledger:
    """Keeps what was counted of hours and days that are over.

    Args:
        figures: counts.
        zone: the team's time zone, in which days begin.
        fresh: seconds the same answer is given.
    """

    def __init__(self, figures: Figures, zone: ZoneInfo, fresh: float = FRESH) -> None:
        self._figures = figures
        self.zone = zone
        self._settled: dict[Window, Tally] = {}
        self._one_at_a_time = asyncio.Lock()
        self._book: Book | None = None
        self._until = 0.0
        self._fresh = fresh

    async def read(self, at: datetime) -> Book:
        """The figures now; the same for a few seconds."""
        async with self._one_at_a_time:
            if self._book is None or asyncio.get_running_loop().time() >= self._until:
                self._book = await self._count(at)
                self._until = asyncio.get_running_loop().time() + self._fresh
            return self._book

    async def _count(self, at: datetime) -> Book:
        by_hour = [(window, await self._tally(window, at)) for window in hours(at, self.zone)]
        before = [(window, await self._tally(window, at)) for window in days_before(at, self.zone)]
        begun = midnight(at, self.zone)
        today = sum((tally for window, tally in by_hour if window.start >= begun), Tally())
        wanted = {window for window, _ in (*by_hour, *before)}
        self._settled = {window: tally for window, tally in self._settled.items() if window in wanted}
        return Book(
            at=at,
            today=today,
            hours=tuple(by_hour),
            days=(*before, (Window(begun, at), today)),
            backlog=await self._figures.backlog(at),
            troubles=tuple(await self._figures.troubles(before[0][0].start)),
        )

    async def _tally(self, window: Window, at: datetime) -> Tally:
        known = self._settled.get(window)
        if known is None:
            known = await self._figures.tally(window.start, window.end)
            if window.end + SETTLED < at:
                self._settled[window] = known
        return known
