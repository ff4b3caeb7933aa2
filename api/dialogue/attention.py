"""Attention: after each of the customer's turns, whether they need a person, and what the bot does about it."""

from collections.abc import Sequence

import structlog

from api import logs, wording
from api.desk.staff import Staff
from api.dialogue.frames import without_frame
from api.dialogue.memory import ORDER_QUESTIONS, Memory
from api.dialogue.tact import no_time_for_regret, sorry_already
from api.dialogue.turn import Button, Said, Turn
from api.meanings import Meanings
from handoff.detection import Context, Detector, Reading
from handoff.detection import Said as Line
from handoff.events import Event, Events
from handoff.phrases import says_yes

log = structlog.get_logger()

#: How far back a conversation is read, in events.
LOOK = 40
#: Reasons that are a feeling, which is named before anything else is said.
FEELINGS = ("anger", "insult", "sarcasm", "despair", "resignation", "shouting", "waiting", "threat")
#: Reasons that say that the bot did not understand.
CIRCLES = ("repeated_question", "loop", "rejected_answer", "form_again", "misses", "frustration")
#: Reasons that are followed wherever the customer is.
AT_ONCE = ("explicit_request", "safety")
ROLES = ("customer", "bot", "agent")


class Attention:
    """Reads what was said, and has the bot offer a person, fetch one, or name the feeling first.

    Args:
        detector: knows the signs.
        meanings: what messages mean, for languages in which the detector reads that too.
        events: what was said.
        staff: whether somebody is at the desk.
    """

    def __init__(self, detector: Detector, meanings: Meanings, events: Events, staff: Staff) -> None:
        self._detector = detector
        self._meanings = meanings
        self._events = events
        self._staff = staff

    async def read(self, turn: Turn) -> None:
        """Reads a turn before it is thought about; a person who is to be fetched is noted in it."""
        first = turn.seqs[0]
        since = await self._events.after(turn.conversation.id, max(0, first - 1 - LOOK), LOOK)
        lines = [_line(event) for event in since if event.seq < first and event.role in ROLES and event.text]
        lines.append(Line("customer", turn.text, turn.message.seq))
        # A button and a detail in a form mean what they say; to encode them would cost half of such a turn.
        meant = turn.pressed is None and not turn.in_form and await self._learned(lines, turn.asked_in)
        reading = self._detector.read(lines, turn.asked_in, _context(turn), by_meaning=meant)
        turn.reading = reading
        turn.trace["detection"] = {
            "probability": reading.probability,
            "decision": reading.decision,
            "reason": reading.reason,
        }
        if reading.decision != "hand_over" or _under_way(turn, reading):
            return
        # With nobody there a form would begin. That is for the customer to choose, unless they ask or are in danger.
        # In the form already, what they tell of a danger is what the form asks for.
        at_once = AT_ONCE[:1] if turn.in_form else AT_ONCE
        if reading.reason in at_once or await self._staff.there(turn.at) != "nobody":
            turn.fetch = reading.reason

    async def _learned(self, lines: Sequence[Line], language: str) -> bool:
        """Whether what the customer said can be read by its meaning, too."""
        if not self._detector.reads_meaning(language):
            return False
        try:
            await self._meanings.learn([line.text for line in lines if line.role == "customer"])
        except Exception as problem:  # noqa: BLE001
            # Read by its letters and words alone then, which is nearly as good; whoever mends the encoder reads why.
            log.warning("attention.no_meaning", reason=logs.reason(problem))
            return False
        return True

    def around(self, turn: Turn, said: list[Said]) -> list[Said]:
        """What the bot says, with what the customer's feeling calls for: named first, and a person offered."""
        reading, memory = turn.reading, turn.memory
        if reading is not None and reading.reason == "safety" and not turn.fetch and not memory.felt:
            memory.felt = True
            return [Said(wording.say(turn.language, "fetch-safety")), *said]
        if reading is None or turn.fetch or turn.handover or turn.in_form or memory.kind == "person":
            return said
        if reading.decision == "acknowledge" and (_chose(turn) or _goes_on(turn)):
            # "How long does that take?" about what was just told is no impatience, and "the second one" is a choice.
            return said
        feels = reading.reason in FEELINGS and reading.decision != "go_on" and not memory.felt
        if feels and sorry_already(turn.language, said):
            memory.felt = True
        elif feels and not no_time_for_regret(turn):
            memory.felt = True
            said = [Said(wording.say(turn.language, "felt")), *said]
        if reading.decision in ("offer", "hand_over") and not memory.offered_person:
            memory.offered_person = True
            button = Button(wording.say(turn.language, "ask-person-button"), "request_human")
            buttons = [button.intent for one in said for button in one.buttons]
            if {"request_human", "open_ticket"} & {*buttons} or turn.intent == "bot_challenge":
                # The way to a person is offered in these words already.
                return said
            if any(one.ticket for one in said):
                # A person has it now, and it was said when.
                return said
            return [*said, Said(wording.say(turn.language, "offer-person"), [button])]
        if reading.decision == "go_on":
            memory.offered_person = memory.felt = False
        return said


def _chose(turn: Turn) -> bool:
    """Whether an article was chosen that had been offered, by its button or in words."""
    return turn.pressed is not None and turn.pressed.intent == "choose_article"


def _goes_on(turn: Turn) -> bool:
    """Whether the message was understood as going on with an article."""
    follow_up = turn.trace.get("knowledge", {}).get("follow_up") or {}
    return bool(follow_up.get("leans"))


def because(turn: Turn) -> str:
    """The words with which a person is fetched: the danger, the feeling or our failure first, or a plain yes."""
    reason = turn.fetch or "explicit_request"
    if reason == "safety":
        return wording.say(turn.language, "fetch-safety")
    if reason in FEELINGS:
        return wording.say(turn.language, "fetch-feeling")
    if reason in CIRCLES:
        return wording.say(turn.language, "fetch-circles")
    return wording.say(turn.language, "fetch-asked")


def _under_way(turn: Turn, reading: Reading) -> bool:
    """Whether they go a way they chose themselves: a button, a yes, the form. Nobody is taken off it but for danger,
    or because they ask for a person in so many words."""
    if turn.pressed is not None:
        return turn.pressed.intent != "request_human"
    if turn.memory.awaiting == "ticket_offer" and says_yes(turn.text):
        return True
    return (turn.meant is not None or turn.in_form) and reading.reason not in AT_ONCE


def _context(turn: Turn) -> Context:
    """What is known besides the words. That an answer came twice, the detector sees in the words themselves."""
    pressed = turn.pressed is not None and turn.pressed.intent == "request_human"
    waited = (turn.at - (turn.earlier or (turn.message,))[0].at).total_seconds()
    return Context(1.0 if pressed else 0.0, _asked(turn.memory), turn.memory.misses, waited=max(0.0, waited))


def _asked(memory: Memory) -> int:
    """How often in a row the same thing was asked of the customer."""
    if memory.intake is not None:
        return 1 + memory.intake.misses.get(memory.intake.next_field() or "", 0)
    if memory.look_up is not None and memory.awaiting in ORDER_QUESTIONS:
        return 1 + memory.look_up.misses
    return 0


def _line(event: Event) -> Line:
    if event.role == "customer":
        return Line("customer", event.text, event.seq)
    if event.role == "agent":
        return Line("agent", event.text, event.seq)
    return Line("bot", without_frame(event.text), event.seq)
