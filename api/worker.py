"""The worker: takes up what customers wrote, a conversation's messages in order, until all is answered."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from api import logs
from api.answering import Answering
from api.broadcast import Broadcast
from api.dialogue.burst import Burst, next_burst
from api.dialogue.memory import Memory
from handoff.conversations import Conversations
from handoff.events import Event, Events
from handoff.holds import Holds

log = structlog.get_logger()

#: How many conversations are thought about at once.
AT_ONCE = 16
#: How many are taken up from other processes, or from before the start, while so many wait here already.
IN_HAND = 4 * AT_ONCE
#: Seconds between looks for work nobody has in hand: left by a crash, by another process, or by a failure.
SWEEP = 1.0
#: Seconds after which this process says that it still has a conversation in hand.
KEEP = 2.0


class Worker:
    """Started and stopped with the API. ``notice`` is called after a message is stored.

    Args:
        holds: says which conversations are this process's to answer.
        quiet: how long nothing must have come from a customer before they are answered.
        max_characters: the longest text a turn reads.
    """

    def __init__(
        self,
        answering: Answering,
        conversations: Conversations,
        events: Events,
        holds: Holds,
        broadcast: Broadcast,
        clock: Callable[[], datetime],
        quiet: timedelta,
        max_characters: int,
    ) -> None:
        self._answering = answering
        self._conversations = conversations
        self._events = events
        self._holds = holds
        self._broadcast = broadcast
        self._clock = clock
        self._quiet = quiet
        self._longest = max_characters
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._kept: dict[str, float] = {}
        self._thinking: set[str] = set()
        self._again: set[str] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._sweeper: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()

    @property
    def holder(self) -> str:
        """The name under which this process holds conversations."""
        return self._holds.holder

    def start(self) -> None:
        """Take up what was left unanswered, and look again from time to time."""
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self, within: float = 6.0) -> None:
        """Finish the turns in hand, at most so many seconds; the rest is free for others and the next start."""
        self._ending.set()
        held = list(self._tasks)
        for id_, task in self._tasks.items():
            if id_ not in self._thinking:
                task.cancel()
        left = [task for task in (self._sweeper, *self._tasks.values()) if task]
        if left:
            await asyncio.wait(left, timeout=within)
        for task in left:
            task.cancel()
        # Waited for: whoever stops us closes the database next, and nobody may be in the middle of asking it.
        await asyncio.gather(*left, return_exceptions=True)
        if held:
            try:
                await self._holds.give_back(held)
            except Exception as problem:  # noqa: BLE001
                # They are free soon all the same: nobody says any more that they are in hand.
                log.warning("worker.not_given_back", conversations=len(held), reason=logs.reason(problem))

    def notice(self, conversation_id: str) -> None:
        """There is a message to answer, in this process's hand. Taken up at once, or right after the turn in hand."""
        if self._ending.is_set():
            return
        if conversation_id in self._tasks:
            self._again.add(conversation_id)
            return
        self._kept[conversation_id] = time.monotonic()
        task = asyncio.create_task(self._serve(conversation_id))
        self._tasks[conversation_id] = task
        task.add_done_callback(lambda _: self._done(conversation_id))

    def _done(self, conversation_id: str) -> None:
        self._tasks.pop(conversation_id, None)
        self._kept.pop(conversation_id, None)
        if conversation_id in self._again:
            self._again.discard(conversation_id)
            self.notice(conversation_id)

    async def _sweep(self) -> None:
        while not self._ending.is_set():
            try:
                await self._keep()
                for conversation_id in await self._holds.claim(self._clock(), max(0, IN_HAND - len(self._tasks))):
                    self.notice(conversation_id)
            except Exception as problem:  # noqa: BLE001
                # The database may be away for a while; the sweep must outlive that, and the log says it.
                log.error("sweep.failed", reason=logs.reason(problem))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), SWEEP)

    async def _keep(self) -> None:
        now = time.monotonic()
        old = [id_ for id_, since in self._kept.items() if now - since > KEEP]
        if not old:
            return
        kept = await self._holds.keep(old, self._clock())
        for id_ in old:
            if id_ in kept:
                self._kept[id_] = now

    async def _serve(self, conversation_id: str) -> None:
        mine = True
        try:
            while (waiting := await self._events.unhandled(conversation_id)) and not self._ending.is_set():
                # A turn lets the conversation go; what came meanwhile may be in another process's hand already.
                if not mine and not await self._holds.take(conversation_id, self._clock()):
                    return
                mine = True
                burst = await self._burst(conversation_id, waiting)
                if await self._more_came(burst, waiting):
                    continue
                await self._answer(conversation_id, burst)
                mine = False
        except Exception as problem:
            # Nothing is lost: the messages are there, and whoever looks next takes them up.
            log.exception("worker.put_down", conversation=conversation_id, reason=logs.reason(problem))

    async def _burst(self, conversation_id: str, waiting: Sequence[Event]) -> Burst:
        # Only a burst wants to know what buttons the customer sees.
        conversation = await self._conversations.find(conversation_id) if self._quiet else None
        memory = Memory.from_dict(conversation.dialogue if conversation else None)
        return next_burst(waiting, memory, self._quiet, self._longest)

    async def _more_came(self, burst: Burst, waiting: Sequence[Event]) -> bool:
        """Waits until the burst is over; whether something came meanwhile."""
        # Another process's clock may be ahead: nobody waits longer for it than a quiet time.
        left = min(burst.due_at - self._clock(), self._quiet).total_seconds()
        if left <= 0:
            return False
        await asyncio.sleep(left)
        now_waiting = await self._events.unhandled(waiting[0].conversation_id)
        return [event.seq for event in now_waiting] != [event.seq for event in waiting]

    async def _answer(self, conversation_id: str, burst: Burst) -> None:
        async with self._slots:
            self._thinking.add(conversation_id)
            try:
                await self._answering.answer(conversation_id, burst.messages)
            finally:
                self._thinking.discard(conversation_id)
        self._broadcast.tell(conversation_id)
