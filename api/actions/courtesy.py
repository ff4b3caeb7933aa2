"""Courtesy: a thank-you is answered, and what is still open is not taken for finished."""

from api import wording
from api.actions.answer import answer
from api.actions.offers import offer_ticket
from api.actions.result import Result
from api.actions.services import Services
from api.dialogue.memory import ORDER_QUESTIONS
from api.dialogue.turn import Button, Said, Turn
from handoff.courtesies import is_courtesy
from handoff.questions import looks_like_question


async def thanks(turn: Turn, services: Services) -> Result:
    """After an answer: is there anything else? With a question of ours still open: that one, and how to go on."""
    memory, language = turn.memory, turn.language
    if looks_like_question(turn.text, language) and not is_courtesy(turn.text):
        # "Thanks, but is there another way?"
        turn.trace["taken_as"] = "a matter"
        return await answer(turn, services)
    welcome = wording.say(language, "welcome")
    if memory.awaiting in ORDER_QUESTIONS:
        key = "order-still-number" if memory.awaiting == "order_number" else "order-still-contact"
        return Result([Said(wording.together(language, [welcome, _still(turn, services, key)]), _shown(turn))])
    if memory.awaiting == "choice" and memory.offered:
        return Result([Said(wording.together(language, [welcome, wording.say(language, "which-one")]), _shown(turn))])
    if memory.awaiting == "ticket_offer":
        stands = wording.say(language, "offer-stands")
        return Result([Said(wording.together(language, [welcome, stands]), _shown(turn))])
    # A "no" to what follows is no verdict on the answer before it.
    memory.awaiting = "more"
    return Result([Said(wording.together(language, [welcome, wording.say(language, "anything-else")]))])


async def cannot_do(turn: Turn, services: Services) -> Result:
    """Told how to cancel or delete something, they ask us to do it: said plainly that the chat cannot, and who can."""
    return offer_ticket(turn, services, [wording.say(turn.language, "cannot-do")])


def _still(turn: Turn, services: Services, key: str) -> str:
    values = {"example": services.order_example} if key == "order-still-number" else {}
    return wording.say(turn.language, key, **values)


def _shown(turn: Turn) -> list[Button]:
    return [Button(one.text, one.intent, one.value) for one in turn.memory.offered]
