"""Order answers: what is said of an order, and the way on after it."""

from typing import Any

from api import wording
from api.actions.apology import SORRY
from api.actions.offers import offer_ticket
from api.actions.result import Result
from api.actions.services import Services
from api.dialogue.memory import Tried
from api.dialogue.turn import Button, Said, Turn
from api.orders.book import UNDERWAY, Order
from api.orders.telling import tell_order
from handoff.when import say_day

#: What a customer who asks after an order may mean.
TOPICS = ("order_status", "delivery_late")
#: The value of the button that starts over with number and contact.
AGAIN = "again"


def told(turn: Turn, services: Services, order: Order, first: list[str]) -> Result:
    """The order in words; when it is late, the way to a colleague at once."""
    memory, language = turn.memory, turn.language
    today = turn.at.astimezone(services.team.timezone).date()
    text = tell_order(order, language, today)
    last = memory.tried[-1] if memory.tried else None
    if last is not None and (last.permalink, last.title) == (f"order:{order.number}", text):
        return _as_before(turn, services, order, first)
    memory.misses = 0
    title = wording.say(language, "order-track", number=order.number)
    memory.tried.append(Tried(f"order:{order.number}", text, ""))
    sources = _sources(order, title)
    if order.late(today):
        sorry = [] if memory.topic in SORRY else [wording.say(language, "ack-delivery_late")]
        result = offer_ticket(turn, services, [*first, *sorry, text])
        result.said[-1].sources = sources
        return result
    memory.awaiting = "helped"
    buttons = [
        Button(wording.say(language, "answer-helped"), "that_helped"),
        Button(wording.say(language, "answer-not-it"), "did_not_help"),
    ]
    return Result([Said(wording.together(language, [*first, text]), buttons, sources)])


def _as_before(turn: Turn, services: Services, order: Order, first: list[str]) -> Result:
    """Asked once more, and nothing has changed: the one day that matters, not the whole again; then a colleague."""
    memory, language = turn.memory, turn.language
    today = turn.at.astimezone(services.team.timezone).date()
    memory.misses += 1
    if order.expected and not order.late(today) and order.status in UNDERWAY:
        text = wording.say(language, "order-still-expected", day=say_day(order.expected, today, language))
    else:
        text = wording.say(language, "order-still", number=order.number)
    sources = _sources(order, wording.say(language, "order-track", number=order.number))
    if memory.misses == 1 and not order.late(today):
        memory.awaiting = "helped"
        person = Button(wording.say(language, "ask-person-button"), "request_human")
        return Result([Said(wording.together(language, [*first, text]), [person], sources)])
    if memory.misses > 1:
        text = wording.say(language, "order-no-news", number=order.number)
    result = offer_ticket(turn, services, [*first, text])
    result.said[-1].sources = sources
    return result


def _sources(order: Order, title: str) -> list[dict[str, Any]]:
    url = order.tracking_url
    return [{"permalink": url, "title": title, "score": 1.0, "url": url}] if url else []


def try_again(turn: Turn, services: Services, first: list[str]) -> Result:
    """Nothing can be told: another try, or a colleague; the same way on whatever the reason was."""
    result = offer_ticket(turn, services, first)
    result.said[-1].buttons.insert(0, Button(wording.say(turn.language, "order-try-again"), TOPICS[0], AGAIN))
    return result
