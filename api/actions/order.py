"""Orders: the status of an order, told to whoever gives its number and the contact it was placed with."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from api import wording
from api.actions.answer import answer, tell
from api.actions.apology import apology
from api.actions.before import goes_on_with_articles
from api.actions.offers import offer_ticket
from api.actions.order_answers import AGAIN, TOPICS, told, try_again
from api.actions.result import Result
from api.actions.searching import look_up
from api.actions.services import Services
from api.actions.several import beside_order
from api.dialogue.memory import ORDER_QUESTIONS, LookUp
from api.dialogue.outcome import PASSED_ON
from api.dialogue.turn import Button, Said, Turn
from api.orders.book import OrdersAway
from api.orders.parcels import is_of_something_else
from api.orders.personal import is_general
from api.orders.proof import Contact
from handoff.details import Details, find_details
from handoff.facts import Fact

log = structlog.get_logger()

#: How often the same thing is asked before we go on without it.
PATIENCE = 2


@dataclass(frozen=True)
class Given:
    """What is known of the order and of who asks: from this message (``said``), and from any before it."""

    said: Details
    number: str | None
    contact: Contact

    @property
    def pair(self) -> str:
        """A mark of number and contact, to know one that failed when it comes again."""
        return hashlib.sha256(repr((self.number, self.contact.email, self.contact.phone)).encode()).hexdigest()


async def find_order(turn: Turn, services: Services) -> Result:
    """Tells the order, or asks for the one thing that is missing; general questions go to the articles."""
    result = await _find_order(turn, services)
    if turn.trace.get("order", {}).get("outcome") not in PASSED_ON and not (turn.pressed or turn.meant):
        # "Where is my order, and how do I return a lamp?": what is not about the order is answered first.
        result.said[:0] = await beside_order(turn, services)
    return result


async def _find_order(turn: Turn, services: Services) -> Result:
    memory = turn.memory
    given = await _given(turn, services)
    if not await _is_meant(turn, services, given):
        return await answer(turn, services)
    pressed_again = turn.pressed is not None and turn.pressed.value == AGAIN
    going_on = turn.meant or pressed_again or memory.awaiting in ORDER_QUESTIONS
    first: list[str] = []
    if not going_on or memory.look_up is None or memory.look_up.round != memory.ticket_round:
        memory.question, memory.topic = turn.text, turn.intent if turn.intent in TOPICS else TOPICS[0]
        memory.root = turn.matter
        memory.look_up = LookUp(memory.ticket_round, failed=memory.look_up.failed if memory.look_up else None)
        first = apology(turn)
    look = memory.look_up
    look.open = True
    if given.number is None or (pressed_again and look.failed):
        return await _ask(turn, services, "order_number", given, first)
    if look.failed == given.pair and not (given.said.email or given.said.phone):
        # The same again leads to the same; what has not been said anew is the one to check.
        return await _ask(turn, services, "order_contact" if given.said.order_number else "order_number", given, first)
    if not given.contact:
        return await _ask(turn, services, "order_contact", given, first)
    return await _look_up(turn, services, given.number, given, first)


async def without_order(turn: Turn, services: Services) -> Result:
    """The customer has no number, or gives no contact: what the articles say, and the way to a colleague."""
    memory, language = turn.memory, turn.language
    asked, memory.awaiting = memory.awaiting, None
    if asked == "order_contact":
        _trace(turn, outcome="no contact given")
        return offer_ticket(turn, services, [wording.say(language, "order-needs-contact")])
    # Not to be asked again by the ticket form.
    turn.facts.append(Fact("order_number", None, turn.text, turn.message.seq, at=turn.at))
    _trace(turn, outcome="no number given")
    outcome = await look_up(turn, services, memory.question or turn.matter)
    if outcome.kind == "none" or not (outcome.answer or outcome.suggestions):
        return offer_ticket(turn, services, [wording.say(language, "order-no-number")])
    first = [wording.say(language, "order-no-number")]
    if outcome.kind == "answer":
        first.append(wording.say(language, "order-but-perhaps"))
    result = tell(turn, services, outcome, first)
    result.said[-1].buttons.append(Button(wording.say(language, "open-ticket-button"), "open_ticket"))
    return result


async def _is_meant(turn: Turn, services: Services, given: Given) -> bool:
    if turn.memory.awaiting not in ORDER_QUESTIONS and not await services.lookups.book.in_use():
        _trace(turn, outcome="no orders to look up")
        return False
    read_by_the_bot = turn.intent in TOPICS and not (turn.meant or turn.pressed)
    if read_by_the_bot and is_general(turn.matter) and not given.said.order_number:
        _trace(turn, outcome="a general question")
        return False
    if read_by_the_bot and not given.said.order_number and is_of_something_else(turn.matter):
        _trace(turn, outcome="a general question")
        return False
    if read_by_the_bot and not given.said.order_number and await goes_on_with_articles(turn, services):
        _trace(turn, outcome="goes on with an article")
        return False
    return True


async def _given(turn: Turn, services: Services) -> Given:
    said = find_details(turn.text, services.regions(turn.language), services.orders, turn.expecting)
    known = await services.facts.current(turn.conversation.id)
    known |= {fact.field: fact for fact in turn.facts}
    email, phone, number = known.get("email"), known.get("phone"), known.get("order_number")
    contact = Contact(email.value if email else None, phone.value if phone else None, phone.raw if phone else None)
    return Given(said, number.value if number else None, contact)


async def _ask(turn: Turn, services: Services, what: str, given: Given, first: Sequence[str]) -> Result:
    memory, language = turn.memory, turn.language
    look = memory.look_up or LookUp()
    repeated = memory.awaiting == what
    look.misses = look.misses + 1 if repeated else 0
    if look.misses >= PATIENCE:
        return await without_order(turn, services)
    memory.awaiting = "order_number" if what == "order_number" else "order_contact"
    broken = repeated and bool(given.said.attempts)
    _trace(turn, outcome=f"asked for {what}", number=given.number)
    if what == "order_number":
        # The same words a second time would say that nobody listened.
        key = "ask-order_number-again" if broken else "order-still-number" if repeated else "ask-order_number"
        text = wording.say(language, key, example=services.order_example)
        buttons = [Button(wording.say(language, "no-order-number"), "refuse_details")]
    else:
        key = "ask-contact-again" if broken else "order-still-contact" if repeated else "order-ask-contact"
        text = wording.say(language, key)
        buttons = [Button(wording.say(language, "skip"), "refuse_details")]
    if repeated and not broken:
        buttons.append(Button(wording.say(language, "open-ticket-button"), "open_ticket"))
    return Result([Said(wording.together(language, [*first, text]), buttons)])


async def _look_up(turn: Turn, services: Services, number: str, given: Given, first: list[str]) -> Result:
    memory, language = turn.memory, turn.language
    look = memory.look_up or LookUp()
    look.misses = 0
    told_before = number in memory.told_orders
    try:
        found = await services.lookups.ask(turn.conversation.id, number, given.contact, told_before=told_before)
    except OrdersAway as problem:
        log.error("orders.away", reason=str(problem), conversation=turn.conversation.id)
        _trace(turn, outcome="order system away", reason=str(problem), number=number)
        return try_again(turn, services, [*first, wording.say(language, "order-away", number=number)])
    _trace(turn, outcome="told" if found.order else "not told", reason=found.reason, number=number)
    if found.order is None:
        # One sentence for every reason: nobody learns here which orders exist, or whose they are.
        look.failed = given.pair
        return try_again(turn, services, [*first, wording.say(language, "order-not-told")])
    look.open, look.failed = False, None
    if not told_before:
        memory.told_orders.append(number)
    return told(turn, services, found.order, first)


def _trace(turn: Turn, **reasons: str | None) -> None:
    turn.trace["order"] = {name: value for name, value in reasons.items() if value is not None}
