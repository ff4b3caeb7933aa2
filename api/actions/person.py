"""People first: complaints, ideas, and the wish to talk to a person."""

from api import wording
from api.actions.offers import offer_ticket
from api.actions.result import Result
from api.actions.services import Services
from api.dialogue.attention import because
from api.dialogue.turn import Button, Said, Turn
from handoff.ownership import Handover
from handoff.when import say_when


async def request_person(turn: Turn, services: Services) -> Result:
    """Fetches a person: into the queue when somebody is at the desk, else by a ticket, whose form follows at once."""
    turn.memory.awaiting = None
    if words := await to_queue(turn, services):
        return Result([Said(words)])
    turn.memory.kind = "person"
    team, language = services.team, turn.language
    closes, opens = team.next_closing(turn.at), team.next_opening(turn.at)
    if team.is_open(turn.at) and closes is not None:
        words = say_when(closes, turn.at, team.timezone, language)
        text = wording.say(language, "person-open", closes=words)
    elif opens is not None and not team.is_open(turn.at):
        text = wording.say(language, "person-closed", opens=say_when(opens, turn.at, team.timezone, language))
    else:
        text = wording.say(language, "person-unknown")
    return Result([Said(f"{because(turn)} {text}")])


async def to_queue(turn: Turn, services: Services) -> str | None:
    """Gives the conversation to those at the desk; the words that say so, or None when nobody is there."""
    there = await services.staff.there(turn.at)
    if there == "nobody":
        return None
    turn.handover = Handover("queue", "bot", turn.fetch or "explicit_request")
    # What was asked so far is kept as facts; a form that waits for answers is not.
    turn.memory.intake, turn.memory.kind = None, "question"
    language = turn.language
    what = wording.say(language, "person-coming") if there == "free" else wording.say(language, "person-queue")
    return f"{because(turn)} {what}"


async def complaint(turn: Turn, services: Services) -> Result:
    """The feeling first, then the way to somebody who can look at it."""
    turn.memory.question = turn.text
    turn.memory.topic = turn.intent
    return offer_ticket(turn, services, [wording.say(turn.language, "complaint")])


async def suggestion(turn: Turn, services: Services) -> Result:
    """Thanks, and the offer to pass the idea on."""
    turn.memory.question = turn.text
    turn.memory.topic = turn.intent
    turn.memory.awaiting = "ticket_offer"
    language = turn.language
    text = f"{wording.say(language, 'suggestion')} {wording.say(language, 'offer-suggestion')}"
    buttons = [
        Button(wording.say(language, "open-ticket-button"), "open_ticket"),
        Button(wording.say(language, "no"), "deny"),
    ]
    return Result([Said(text, buttons)])


async def decline_offer(turn: Turn, services: Services) -> Result:
    """The customer does not want what was offered."""
    turn.memory.awaiting = None
    turn.memory.other_article = None
    return Result([Said(wording.say(turn.language, "all-right"))])


async def note_details(turn: Turn, services: Services) -> Result:
    """Details given without being asked: kept (each message is searched for them), and said back."""
    told = ", ".join(fact.value for fact in turn.facts if fact.value)
    if told:
        return Result([Said(wording.say(turn.language, "noted", details=told))])
    return Result([Said(wording.say(turn.language, "noted-nothing"))])
