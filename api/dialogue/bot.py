"""The bot: a message or a burst of them in, one committed turn out, whatever happens on the way."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from api import logs, wording
from api.actions.offers import with_person
from api.actions.services import Services
from api.dialogue.attention import Attention
from api.dialogue.burst import joined
from api.dialogue.engine import Engine, EngineDown
from api.dialogue.going_on import go_on
from api.dialogue.memory import Memory, Offered
from api.dialogue.offer_replies import offer_reply
from api.dialogue.order_replies import order_reply
from api.dialogue.outcome import language_group, look_up_of, outcome_of, trouble_of
from api.dialogue.turn import Said, Turn
from api.meters import Meters
from api.why.before import remembered
from api.why.reasons import reasons_of
from handoff.conversations import Conversation
from handoff.database import AWAY
from handoff.details import find_details
from handoff.events import DROPPED, Event, Events
from handoff.facts import Fact
from handoff.questions import tells_something
from handoff.turns import Account
from kb_index.language import detect

log = structlog.get_logger()

#: Actions that another one follows in the same turn; an engine that dies between them leaves half a sentence.
GOES_ON = ("action_request_person", "validate_ticket_form")


class Bot:
    """Answers messages of conversations the bot owns.

    Args:
        engine: thinks first.
        plain: thinks when the engine is down.
        meters: count the turns.
        attention: sees when a person is needed.
    """

    def __init__(
        self,
        engine: Engine,
        plain: Engine,
        services: Services,
        events: Events,
        clock: Callable[[], datetime],
        meters: Meters,
        attention: Attention,
    ) -> None:
        self._engine = engine
        self._plain = plain
        self._services = services
        self._events = events
        self._clock = clock
        self._meters = meters
        self._attention = attention

    async def answer(self, conversation: Conversation, *messages: Event) -> list[Event]:
        """Thinks about a message, or several sent as one, and commits the turn; the events that were appended."""
        with logs.about(conversation.id, messages[-1].seq):
            turn = self._begin(conversation, messages)
            await self._attend(turn)
            said = await self._think(turn)
            said = await with_person(turn, self._services, self._attention.around(turn, said))
            return await self._commit(turn, said)

    async def _commit(self, turn: Turn, said: list[Said]) -> list[Event]:
        conversation = turn.conversation
        turn.memory.offered = [Offered(b.text, b.intent, b.value) for s in said for b in s.buttons]
        turn.trace |= {"intent": turn.intent, "language": turn.language, "asked_in": turn.asked_in}
        at = self._clock()
        account = Account(
            outcome=outcome_of(turn, said),
            language=language_group(turn.asked_in),
            milliseconds=round((at - turn.message.at).total_seconds() * 1000),
            trouble=turn.engine_trouble or ("orders" if look_up_of(turn) == "away" else None),
        )
        with turn.steps.timed("commit"):
            appended = await self._events.finish_turn(
                conversation.id,
                turn.seqs,
                conversation.epoch,
                [s.as_word() for s in said],
                turn.memory.to_dict(),
                turn.facts,
                [reasons_of(turn, said, self._services)],
                at,
                language=turn.language,
                handover=turn.handover,
                account=account,
                signals=turn.reading.ledger if turn.reading else (),
            )
        if appended:
            # A turn that had happened already, in another process or before a crash, is counted there.
            dropped = all(event.type == DROPPED for event in appended)
            self._count(turn, conversation, replace(account, outcome=DROPPED) if dropped else account)
        return appended

    def _count(self, turn: Turn, conversation: Conversation, account: Account) -> None:
        self._meters.turn(account, conversation.channel)
        if found := look_up_of(turn):
            self._meters.order_look_up(found)
        if account.outcome == "ticket":
            self._meters.ticket(turn.trace.get("ticket", {}).get("kind", "question"), turn.language)
        self._meters.steps(turn.steps)
        spent = turn.steps.milliseconds()
        log.info("turn.ended", outcome=account.outcome, milliseconds=account.milliseconds, steps=spent)

    def _begin(self, conversation: Conversation, messages: Sequence[Event]) -> Turn:
        memory = Memory.from_dict(conversation.dialogue)
        text = joined(messages)
        pressed = memory.pressed(text)
        hint = conversation.language or conversation.locale
        # Inside the form "Jane Miller" or an order number says nothing about the language; nor does a button.
        asked_in = hint if memory.intake or pressed else detect(text, hint)
        turn = Turn(
            conversation=conversation,
            message=messages[-1],
            earlier=tuple(messages[:-1]),
            memory=memory,
            language=wording.spoken(asked_in),
            asked_in=asked_in,
            at=self._clock(),
            pressed=pressed,
        )
        turn.trace["before"] = remembered(conversation, turn.seqs, turn.at)
        turn.steps.add("waiting", (turn.at - messages[0].at).total_seconds())
        if memory.intake is None:
            self._take_details(turn)
        return turn

    def _take_details(self, turn: Turn) -> None:
        """What the customer gave away in passing is kept, so that it is never asked again."""
        regions = self._services.regions(turn.language)
        found = find_details(turn.text, regions, self._services.orders, turn.expecting)
        turn.facts = [Fact(name, hit.value, hit.raw, turn.message.seq, at=turn.at) for name, hit in found.found.items()]
        if found and tells_something(found.rest):
            turn.read_as = found.rest
        if turn.pressed is None:
            turn.meant = order_reply(turn.memory, turn.text, turn.language, found)
            turn.meant = turn.meant or offer_reply(turn.memory, turn.text, found)

    async def _attend(self, turn: Turn) -> None:
        try:
            await self._attention.read(turn)
            await go_on(turn, self._services)
        except AWAY:
            raise
        except Exception:
            # What only helps to understand must not cost the customer their answer.
            log.exception("attention.failed")

    async def _think(self, turn: Turn) -> list[Said]:
        before = turn.memory.to_dict()
        try:
            said = await self._engine.think(turn)
        except AWAY:
            raise
        except Exception as problem:
            if turn.away is not None:
                raise turn.away from problem
            # Also a mistake of ours in talking to the engine is no reason to leave the customer without an answer.
            reason = str(problem) if isinstance(problem, EngineDown) else repr(problem)
            turn.trace["engine_down"] = reason
            turn.engine_trouble = trouble_of(problem)
            # Rasa's own words may quote the customer's: they are in the turn's trace, not in the log.
            log.warning("engine.down", reason=turn.engine_trouble, exc_info=not isinstance(problem, EngineDown))
            if turn.said and not turn.trouble and turn.acted and turn.acted[-1] not in GOES_ON:
                # The actions did their work and only Rasa's answer was lost: what they said is true.
                return turn.said
            turn.memory = Memory.from_dict(before)
            turn.trouble, turn.said, turn.acted, turn.handover = None, [], [], None
            said = await self._without_engine(turn)
        else:
            turn.memory.told_of_trouble = False
        return said

    async def _without_engine(self, turn: Turn) -> list[Said]:
        with turn.steps.timed("plain"):
            said = await self._plain.think(turn)
        if turn.memory.told_of_trouble:
            return said
        turn.memory.told_of_trouble = True
        return [Said(wording.say(turn.language, "trouble")), *said]
