"""The worker: takes what customers wrote, a conversation's messages in order, until all is answered."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime

import structlog
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from api import wording
from api.broadcast import Broadcast
from api.dialogue.bot import Bot
from api.dialogue.outcome import language_group
from api.meters import Meters
from handoff.conversations import Conversations
from handoff.events import Event, Events, Word
from handoff.turns import Account

log = structlog.get_logger()

#: How many conversations are thought about at once.
AT_ONCE = 16
ATTEMPTS = 4
#: Seconds between looks for work nobody was told of: left by a crash, or by another process.
SWEEP = 5.0


class Worker:
    """Started and stopped with the API. ``notice`` is called after a message is stored."""

    def __init__(
        self,
        bot: Bot,
        conversations: Conversations,
        events: Events,
        broadcast: Broadcast,
        clock: Callable[[], datetime],
        meters: Meters,
    ) -> None:
        self._bot = bot
        self._conversations = conversations
        self._events = events
        self._broadcast = broadcast
        self._clock = clock
        self._meters = meters
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._sweeper: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()

    def start(self) -> None:
        """Take up what was left unanswered, and look again from time to time."""
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self, within: float = 8.0) -> None:
        """Finish the turns in hand; what is not begun stays stored for the next start."""
        self._ending.set()
        left = [task for task in (self._sweeper, *self._tasks.values()) if task]
        if left:
            await asyncio.wait(left, timeout=within)
        for task in left:
            task.cancel()
        # Waited for: whoever stops us closes the database next, and nobody may be in the middle of asking it.
        await asyncio.gather(*left, return_exceptions=True)

    def notice(self, conversation_id: str) -> None:
        """There is a message to answer. Called while its conversation is busy, it is taken up right after."""
        if self._ending.is_set():
            return
        if conversation_id in self._tasks:
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._serve(conversation_id))
        self._tasks[conversation_id] = task
        task.add_done_callback(lambda _: self._done(conversation_id))

    def _done(self, conversation_id: str) -> None:
        self._tasks.pop(conversation_id, None)
        if conversation_id in self._again:
            self._again.discard(conversation_id)
            self.notice(conversation_id)

    async def _sweep(self) -> None:
        while not self._ending.is_set():
            try:
                for conversation_id in await self._events.conversations_with_unhandled():
                    if conversation_id not in self._tasks:
                        self.notice(conversation_id)
            except Exception as problem:  # noqa: BLE001
                # The database may be away for a while; the sweep must outlive that, and the log says it.
                log.error("sweep.failed", reason=repr(problem))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), SWEEP)

    async def _serve(self, conversation_id: str) -> None:
        async with self._slots:
            while not self._ending.is_set() and (waiting := await self._events.unhandled(conversation_id)):
                await self._answer(conversation_id, waiting[0])
                self._broadcast.tell(conversation_id)

    async def _answer(self, conversation_id: str, message: Event) -> None:
        try:
            async for attempt in AsyncRetrying(
                stop=stop_after_attempt(ATTEMPTS),
                wait=wait_exponential_jitter(multiplier=0.2, max=3),
                retry=retry_if_exception_type(Exception),
                reraise=True,
            ):
                with attempt:
                    await self._once(conversation_id, message)
        except Exception as problem:
            # A turn of ours that fails every time must not leave the customer in silence.
            log.exception("turn.failed", conversation=conversation_id, seq=message.seq, reason=repr(problem))
            await self._apologise(conversation_id, message.seq, problem)

    async def _once(self, conversation_id: str, message: Event) -> None:
        conversation = await self._conversations.find(conversation_id)
        if conversation is None:
            return
        if conversation.owner == "closed":
            conversation = await self._conversations.move(
                conversation_id,
                "bot",
                "customer",
                "the customer wrote again",
                conversation.epoch,
                at=self._clock(),
            )
        if conversation.owner != "bot":
            # A person has the conversation: the message is on their desk, and the bot says nothing.
            await self._events.finish_turn(
                conversation_id,
                [message.seq],
                conversation.epoch,
                [],
                conversation.dialogue,
                [],
                [],
                self._clock(),
            )
            return
        await self._bot.answer(conversation, message)

    async def _apologise(self, conversation_id: str, seq: int, problem: Exception) -> None:
        conversation = await self._conversations.find(conversation_id)
        waiting = await self._events.unhandled(conversation_id)
        if conversation is None or not waiting:
            return
        language, at = conversation.language or conversation.locale, self._clock()
        text = wording.say(language, "error-unavailable")
        account = Account(
            outcome="error",
            language=language_group(language),
            milliseconds=round((at - waiting[0].at).total_seconds() * 1000),
            trouble=f"failed {type(problem).__name__}",
        )
        if await self._events.finish_turn(
            conversation_id,
            [seq],
            conversation.epoch,
            [Word("message", "bot", text, {})],
            conversation.dialogue,
            [],
            [{"failed": True}],
            at,
            account=account,
        ):
            self._meters.turn(account, conversation.channel)
