"""Searching: a question goes to the articles, without what was told already, and the reasons are kept."""

from api.actions.services import Services
from api.dialogue.turn import Turn
from api.why.look_ups import note_look_up
from kb_index.answers import Outcome
from kb_index.leaning import Before


async def look_up(turn: Turn, services: Services, question: str, before: Before | None = None) -> Outcome:
    """Asks the knowledge base, leaving out what was already told, and keeps the reasons in the trace.

    The same question is looked up once in a turn, however many actions want to know.
    """
    told = turn.memory.given()
    key = (question, before, told)
    outcome = turn.found.get(key)
    if outcome is None:
        outcome = turn.found[key] = await services.knowledge.ask(question, turn.asked_in, told, before)
        note_look_up(turn.trace, question, outcome, services.knowledge.version)
    return outcome
