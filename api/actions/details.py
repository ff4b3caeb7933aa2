"""Details: what a customer says of themselves or their order without being asked for it."""

import re

from api import wording
from api.actions.answer import answer
from api.actions.offers import offer_ticket
from api.actions.result import Result
from api.actions.searching import look_up
from api.actions.services import Services
from api.dialogue.turn import Said, Turn
from handoff.questions import looks_like_question
from handoff.troubles import names_trouble
from kb_index.vague_words import asks_something

# "전화번호 뭐예요" and "전화번호 알려주세요" are no refusal to give one.
_ASKS = re.compile(
    r"뭐(?:예요|에요|죠|야)|뭔가요|알려\s?(?:주세요|줘)|告诉我|是多少|\b(?:tell|give) me\b", re.IGNORECASE
)
#: After these words of the bot the customer's matter is still open.
OPEN = ("helped", "choice", "ticket_offer")


async def note_details(turn: Turn, services: Services) -> Result:
    """Details given without being asked: kept (each message is searched for them), and said back.

    Whose matter is known is not asked what it is about: with an order number or a name the next step is a colleague.
    What holds no detail at all was no detail, and is looked up when the articles know of it.
    """
    memory, language = turn.memory, turn.language
    told = ", ".join(fact.value for fact in turn.facts if fact.value)
    if not told and await _is_a_matter(turn, services):
        turn.trace["taken_as"] = "a matter"
        return await answer(turn, services)
    if told and memory.question and memory.awaiting in OPEN:
        return offer_ticket(turn, services, [wording.say(language, "noted-for-it", details=told)])
    if told:
        return Result([Said(wording.say(language, "noted", details=told))])
    return Result([Said(wording.say(language, "noted-nothing"))])


async def no_details(turn: Turn, services: Services) -> Result:
    """Unwilling to give what nobody asked for: nothing needs to be given, unless it was a question all along."""
    if await _is_a_matter(turn, services):
        turn.trace["taken_as"] = "a matter"
        return await answer(turn, services)
    return Result([Said(wording.say(turn.language, "no-details-needed"))])


async def _is_a_matter(turn: Turn, services: Services) -> bool:
    if looks_like_question(turn.matter, turn.language) or asks_something(turn.matter) or _ASKS.search(turn.matter):
        return True
    found = await look_up(turn, services, turn.matter)
    return found.kind == "answer" or (found.kind == "suggest" and names_trouble(turn.matter))
