"""Order answers: what is said of an order, and the way on after it."""

from api import wording
from api.actions.answer import SORRY
from api.actions.offers import offer_ticket
from api.actions.result import Result
from api.actions.services import Services
from api.dialogue.memory import Tried
from api.dialogue.turn import Button, Said, Turn
from api.orders.book import Order
from api.orders.telling import tell_order

#: What a customer who asks after an order may mean.
TOPICS = ("order_status", "delivery_late")
#: The value of the button that starts over with number and contact.
AGAIN = "again"


def told(turn: Turn, services: Services, order: Order, first: list[str]) -> Result:
    """The order in words; when it is late, the way to a colleague at once."""
    memory, language = turn.memory, turn.language
    today = turn.at.astimezone(services.team.timezone).date()
    text = tell_order(order, language, today)
    memory.misses = 0
    title = wording.say(language, "order-track", number=order.number)
    memory.tried.append(Tried(f"order:{order.number}", text, ""))
    url = order.tracking_url
    sources = [{"permalink": url, "title": title, "score": 1.0, "url": url}] if url else []
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
    return Result([Said(" ".join([*first, text]), buttons, sources)])


def try_again(turn: Turn, services: Services, first: list[str]) -> Result:
    """Nothing can be told: another try, or a colleague; the same way on whatever the reason was."""
    result = offer_ticket(turn, services, first)
    result.said[-1].buttons.insert(0, Button(wording.say(turn.language, "order-try-again"), TOPICS[0], AGAIN))
    return result
