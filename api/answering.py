"""Answering: what a customer wrote gets a turn, whatever goes wrong on the way."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_exponential_jitter

from api import logs, wording
from api.dialogue.bot import Bot
from api.dialogue.outcome import language_group
from api.meters import Meters
from handoff.conversations import Conversation, Conversations, UnknownConversation
from handoff.database import AWAY
from handoff.events import Event, Events, Word
from handoff.ownership import PERSONS
from handoff.turns import Account

log = structlog.get_logger()

#: Tries of a turn that fails by a mistake of ours.
ATTEMPTS = 4
#: Seconds for which a database that is away is waited for, before the conversation is put down and taken up anew.
PATIENCE = 60.0
_WAIT = wait_exponential_jitter(multiplier=0.2, max=3)


class Answering:
    """Has the bot answer messages, tries again when that fails, and apologises at last."""

    def __init__(
        self,
        bot: Bot,
        conversations: Conversations,
        events: Events,
        clock: Callable[[], datetime],
        meters: Meters,
    ) -> None:
        self._bot = bot
        self._conversations = conversations
        self._events = events
        self._clock = clock
        self._meters = meters

    async def answer(self, conversation_id: str, messages: Sequence[Event]) -> None:
        """One turn for these messages of a conversation.

        Raises:
            Exception: of the database, when that is away for long; nothing was answered then.
        """
        try:
            async for attempt in AsyncRetrying(
                stop=_enough,
                wait=_WAIT,
                retry=retry_if_exception_type(Exception),
                reraise=True,
            ):
                with attempt:
                    await self._once(conversation_id, messages)
        except AWAY:
            raise
        except Exception as problem:
            # A turn of ours that fails every time must not leave the customer in silence.
            with logs.about(conversation_id, messages[-1].seq):
                log.exception("turn.failed", reason=logs.reason(problem))
            await self._apologise(conversation_id, messages, problem)

    async def _once(self, conversation_id: str, messages: Sequence[Event]) -> None:
        conversation = await self._found(conversation_id)
        if conversation.owner == "closed":
            # It was ended after they wrote and before anybody answered.
            conversation = await self._conversations.move(
                conversation_id,
                "bot",
                "customer",
                "the customer wrote again",
                conversation.epoch,
                at=self._clock(),
            )
        if conversation.owner in PERSONS:
            # A person took over meanwhile: the message is on their desk, and the bot says nothing.
            await self._finish(conversation, messages, [], [])
            return
        await self._bot.answer(conversation, *messages)

    async def _apologise(self, conversation_id: str, messages: Sequence[Event], problem: Exception) -> None:
        conversation = await self._found(conversation_id)
        language, at = conversation.language or conversation.locale, self._clock()
        account = Account(
            outcome="error",
            language=language_group(language),
            milliseconds=round((at - messages[-1].at).total_seconds() * 1000),
            trouble=f"failed {type(problem).__name__}",
        )
        sorry = Word("message", "bot", wording.say(language, "error-unavailable"), {})
        if await self._finish(conversation, messages, [sorry], [{"failed": True}], account):
            self._meters.turn(account, conversation.channel)

    async def _finish(
        self,
        conversation: Conversation,
        messages: Sequence[Event],
        words: Sequence[Word],
        traces: Sequence[dict[str, object]],
        account: Account | None = None,
    ) -> list[Event]:
        """Ends a turn that the bot had no part in; its memory stays as it is."""
        return await self._events.finish_turn(
            conversation.id,
            [message.seq for message in messages],
            conversation.epoch,
            words,
            conversation.dialogue,
            [],
            traces,
            self._clock(),
            account=account,
        )

    async def _found(self, conversation_id: str) -> Conversation:
        conversation = await self._conversations.find(conversation_id)
        if conversation is None:
            raise UnknownConversation(conversation_id)
        return conversation


def _enough(state: RetryCallState) -> bool:
    problem = state.outcome.exception() if state.outcome else None
    if isinstance(problem, AWAY):
        # Not the turn's fault: it will do well once the database is back.
        return (state.seconds_since_start or 0.0) > PATIENCE
    return state.attempt_number >= ATTEMPTS
