"""The murderer: picks parts of the set at random moments and kills, freezes or ends them, then lets them come back."""

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from handoff.holds import LEASE

from .parts import Api, Part
from .set import ReplicaSet

#: Seconds SIGTERM may take until the process has ended.
CLEAN_WITHIN = 10.0
OUTAGE = 30.0
#: What is away for so long, once each: killed, or frozen with all its connections open, which is harder to notice.
OUTAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("outage", ("postgres",)),
    ("stall", ("redis",)),
    ("outage", ("bot-1", "bot-2")),
    ("stall", ("api-2",)),
    ("stall", ("postgres",)),
    ("outage", ("redis",)),
    ("stall", ("bot-1", "bot-2")),
    ("outage", ("api-1",)),
)
#: Other acts between two outages.
BETWEEN_OUTAGES = 4
#: How many parts are away at the same moment at most.
AT_ONCE = 2
#: What /health/ready calls a part that is away.
CALLED = {"postgres": "database", "redis": "redis", "bot-1": "bot", "bot-2": "bot"}


@dataclass(frozen=True)
class Act:
    """What was done: to which part, when after the beginning, how, and seconds until it was let back."""

    part: str
    at: float
    how: str
    away: float


class Murderer:
    """Does its work until it is told to stop, then lets everything come back.

    Args:
        dice: the run's own, from its seed. The same seed throws the same dice; what they meet depends on the machine.
        every: seconds between two acts, on average.
        outages: whether each kind of part is away for 30 s on the way, killed once and frozen once.
        tell: hears of each.
    """

    def __init__(
        self, made: ReplicaSet, dice: random.Random, every: float, outages: bool, tell: Callable[[str], None]
    ) -> None:
        self._set, self._dice, self._every, self._tell = made, dice, every, tell
        self.parts = made.parts
        self._begun = time.monotonic()
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.acts: list[Act] = []
        self.outages_left = list(OUTAGES if outages else ())
        self._since_outage = 0
        self._bag: list[Part] = []
        self.complaints: list[str] = []
        #: Ended although nobody touched it, for example an API that came up while PostgreSQL was away.
        self.ended_by_themselves: Counter[str] = Counter()
        #: By part that was away for long: what /health/ready of a living API named as missing.
        self.named: dict[str, set[str]] = {}

    async def run(self, until: asyncio.Event) -> None:
        """Works until the event."""
        self._begun = time.monotonic()
        keeper = asyncio.create_task(self._keep())
        try:
            while not until.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(until.wait(), self._dice.expovariate(1 / self._every))
                if until.is_set():
                    break
                if self.outages_left and self._since_outage >= BETWEEN_OUTAGES and not self._busy:
                    how, names = self.outages_left[0]
                    await asyncio.gather(*(self._outage(self._set.part(name), how) for name in names))
                    self.outages_left.pop(0)
                    self._since_outage = 0
                else:
                    self._act()
            await asyncio.gather(*self._tasks)
        finally:
            keeper.cancel()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(keeper, *self._tasks, return_exceptions=True)

    def _act(self) -> None:
        # Each gets its turn before any gets it again, so that a short storm strikes all kinds.
        self._bag = self._bag or self._dice.sample(self._set.parts, len(self._set.parts))
        part = next((part for part in self._bag if part.name not in self._busy and not part.frozen), None)
        if part is None or len(self._busy) >= AT_ONCE or (self.outages_left and self._since_outage >= BETWEEN_OUTAGES):
            return
        self._since_outage += 1
        self._bag.remove(part)
        # Late: an API is frozen for longer than it holds its conversations, and goes on as if nothing had happened.
        ways = ("kill", "late", "end") if isinstance(part, Api) else ("kill", "kill", "freeze")
        task = asyncio.create_task(self._one(part, self._dice.choice(ways)))
        self._busy.add(part.name)
        self._tasks.add(task)
        task.add_done_callback(lambda _: self._done(part, task))

    def _done(self, part: Part, task: asyncio.Task[None]) -> None:
        self._busy.discard(part.name)
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()):
            # A mistake of this test must not look like a quiet storm.
            self.complaints.append(f"what was done to {part.name} failed: {problem!r}")

    async def _one(self, part: Part, how: str) -> None:
        away = self._dice.uniform(1, 8) if how == "freeze" else self._dice.uniform(0, 4)
        if how == "late":
            away = LEASE.total_seconds() + self._dice.uniform(1, 4)
        if how in ("kill", "late") and isinstance(part, Api):
            await self._with_turns_in_hand(lambda: self._away(part, how, away))
        else:
            await self._away(part, how, away)

    async def _with_turns_in_hand(self, strike: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Lets the bots think for longer than usual, so that an API is struck in the middle of turns."""
        held = [bot for bot in self._set.bots if bot.name not in self._busy and bot.running]
        self._busy |= {bot.name for bot in held}
        for bot in held:
            bot.freeze()
        await asyncio.sleep(self._dice.uniform(0.2, 1.5))
        striking = asyncio.create_task(strike())
        # The API goes first, so that it hears of no answer in time.
        await asyncio.sleep(0.1)
        for bot in held:
            bot.thaw()
        self._busy -= {bot.name for bot in held}
        await striking

    async def _outage(self, part: Part, how: str) -> None:
        self._busy.add(part.name)
        looking = asyncio.create_task(self._health(part))
        try:
            await self._away(part, how, OUTAGE)
        finally:
            looking.cancel()
            self._busy.discard(part.name)

    async def _away(self, part: Part, how: str, seconds: float) -> None:
        at = time.monotonic() - self._begun
        self._tell(f"{how} {part.name}, back after {seconds:.1f} s")
        self.acts.append(Act(part.name, at, how, seconds))
        if not part.running:
            # It ended by itself a moment ago and is about to be started again: it is away either way.
            part.wanted = False
        elif how in ("freeze", "late", "stall"):
            part.freeze()
            await asyncio.sleep(seconds)
            part.thaw()
            return
        elif how == "end":
            await self._end(part)
        else:
            await asyncio.to_thread(part.kill)
        await asyncio.sleep(seconds)
        part.start()
        await self._until_back(part)

    async def _end(self, part: Part) -> None:
        begun = time.monotonic()
        try:
            code = await asyncio.to_thread(part.end, 3 * CLEAN_WITHIN)
        except Exception as problem:  # noqa: BLE001
            # Whatever it is, the run goes on and the report says it.
            self.complaints.append(f"{part.name} did not end on SIGTERM: {problem!r}")
            await asyncio.to_thread(part.kill)
            return
        took = time.monotonic() - begun
        if code not in (0, -15) or took > CLEAN_WITHIN:
            self.complaints.append(f"{part.name} ended on SIGTERM with {code} after {took:.1f} s")

    async def _until_back(self, part: Part) -> None:
        """Looks until it answers; whoever ended by itself meanwhile is started again by the keeper."""
        while not await asyncio.to_thread(part.answers):  # noqa: ASYNC110 - another process tells no event of ours
            await asyncio.sleep(0.3)

    async def _keep(self) -> None:
        """Does what a container's restart policy does: what ended by itself is started again."""
        while True:
            await asyncio.sleep(0.5)
            for part in self._set.parts:
                if part.wanted and not part.running:
                    self.ended_by_themselves[part.name] += 1
                    self._tell(f"{part.name} ended by itself with {part.exit_code}: {part.last_words(2)}")
                    part.start()

    async def _health(self, part: Part) -> None:
        """What the operator's load balancer hears while the part is away."""
        named = self.named.setdefault(part.name, set())
        while True:
            await asyncio.sleep(2)
            for api in self._set.apis:
                if api.name not in self._busy and api.running:
                    told = await asyncio.to_thread(api.ready)
                    missing = told.get("missing")
                    named.update(missing if isinstance(missing, list) else [])

    async def everything_is_back(self, within: float) -> None:
        """Waits until each part answers.

        Raises:
            DidNotStart: one does not.
        """
        for part in self._set.parts:
            if not part.running:
                part.start()
            await asyncio.to_thread(part.until_it_answers, within)

    def unnamed(self) -> list[str]:
        """Parts that were away for 30 s without /health/ready naming them."""
        return [part for part, names in self.named.items() if part in CALLED and CALLED[part] not in names]
