"""The keeper: what goes on at the desk although nobody does it, so that no customer is forgotten.

Conversations of an agent who has gone return to the queue; who waits too long gets a ticket; what was put aside comes
back; alerts are told. Every process does it, and each step happens once: it names the epoch it saw.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from api import logs, wording
from api.broadcast import Broadcast
from api.desk import told
from api.desk.leaving import Leaving
from api.desk.news import Newsroom
from handoff.agents import Agents
from handoff.conversations import Conversations
from handoff.desk.alerts import Alerts, promise_alerts
from handoff.desk.cases import Cases
from handoff.desk.watch import Left, Watch
from handoff.desk.whose import Who
from handoff.hooks import Hooks
from handoff.ownership import IllegalMove
from handoff.sessions import Sessions

log = structlog.get_logger()

#: Seconds between two rounds, and between two clearances.
ROUND, CLEARANCE = 3.0, 600.0
SYSTEM = Who("system", "", anyone=True)


class Keeper:
    """Started and stopped with the desk.

    Args:
        away: how long an agent may be silent.
        limit: how long a customer may wait in the queue.
        hooks_on: whether anybody wants the hooks.
    """

    def __init__(
        self,
        watch: Watch,
        cases: Cases,
        conversations: Conversations,
        leaving: Leaving,
        alerts: Alerts,
        agents: Agents,
        sessions: Sessions,
        hooks: Hooks,
        newsroom: Newsroom,
        broadcast: Broadcast,
        clock: Callable[[], datetime],
        away: timedelta,
        limit: timedelta,
        hooks_on: bool,
    ) -> None:
        self._watch, self._cases, self._conversations, self._leaving = watch, cases, conversations, leaving
        self._alerts, self._agents, self._sessions, self._hooks = alerts, agents, sessions, hooks
        self._newsroom, self._broadcast, self._clock = newsroom, broadcast, clock
        self._away, self._limit, self._hooks_on = away, limit, hooks_on
        self._told: set[object] | None = None
        self._present: frozenset[int] = frozenset()
        self._looked: datetime | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        cleared = 0.0
        while True:
            steps: list[Callable[[], Awaitable[None]]] = [self.look_after, self.look_round]
            now = asyncio.get_running_loop().time()
            if now - cleared > CLEARANCE:
                cleared = now
                steps.append(self.clear)
            for step in steps:
                try:
                    await step()
                except Exception as problem:  # noqa: BLE001
                    # The database may be away for a while; the keeper must outlive that, and the log says it.
                    log.error("keeper.failed", step=step.__name__, reason=logs.reason(problem))
            await asyncio.sleep(ROUND)

    async def look_after(self) -> None:
        """Returns to the queue what its agent has left alone, and takes out of it who has waited too long."""
        now = self._clock()
        for left in await self._watch.left_alone(now, self._away):
            await self._take_back(left, now)
        for id_ in await self._watch.too_long(now, self._limit):
            conversation = await self._conversations.find(id_)
            if conversation is None:
                continue
            first = wording.say(conversation.language or conversation.locale, "desk-waited")
            if await self._leaving.leave(conversation, "nobody became free in time", first):
                log.info("desk.waited_too_long", conversation=id_)

    async def look_round(self) -> None:
        """Tells open desks of new alerts, of what comes back from being put aside, and of who came and went."""
        now = self._clock()
        found = [*await self._alerts.risks(now), *promise_alerts(await self._alerts.broken(now))]
        if self._told is not None:
            for one in found:
                if one.key not in self._told:
                    self._newsroom.alert(one.conversation)
        self._told = {one.key for one in found}
        if self._looked is not None:
            for id_ in await self._watch.awake(self._looked, now):
                self._newsroom.alert(id_)
        self._looked = now
        present = frozenset(one.id for one in await self._agents.all() if one.present(now))
        if present != self._present:
            self._present = present
            self._newsroom.presence()

    async def clear(self) -> None:
        """Throws away sessions, failures and hooks that are over."""
        now = self._clock()
        await self._sessions.forget(now)
        await self._hooks.forget(now, self._hooks_on)

    async def _take_back(self, left: Left, now: datetime) -> None:
        conversation = left.item.conversation
        language = conversation.language or conversation.locale
        note = wording.say(language, "desk-away-note", agent=left.display)
        say, why = told.left_alone(left.display), "the agent was no longer connected"
        epoch, id_ = conversation.epoch, conversation.id
        with contextlib.suppress(IllegalMove):
            # Somebody was faster: another process, a colleague, or the agent who is back.
            await self._cases.release(id_, SYSTEM, epoch, "queue", now, note, say, why)
            log.info("desk.left_alone", conversation=id_)
            self._broadcast.tell(id_)
