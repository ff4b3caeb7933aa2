"""People first: complaints, ideas, and the wish to talk to a person."""

from api import wording
from api.actions.matter import matter_beside_request
from api.actions.offers import offer_ticket
from api.actions.result import Result
from api.actions.services import Services
from api.desk.staff import Standing
from api.dialogue.attention import AT_ONCE, because
from api.dialogue.turn import Button, Said, Turn
from handoff.desk.order import RISKS, RISKY, Urgency
from handoff.ownership import Handover
from handoff.when import say_when


async def request_person(turn: Turn, services: Services) -> Result:
    """Fetches a person: into the queue when somebody is at the desk, else by a ticket, whose form follows at once."""
    turn.memory.awaiting = None
    if said := await to_queue(turn, services):
        return Result([said])
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
    return Result([Said(wording.together(language, [because(turn), text]))])


async def to_queue(turn: Turn, services: Services) -> Said | None:
    """Gives the conversation to those at the desk; the words that say so, or None when nobody is there."""
    there = await services.staff.there(turn.at)
    if there == "nobody":
        return None
    turn.handover = Handover("queue", "bot", turn.fetch or "explicit_request")
    # Told with the request, it is not asked again when a ticket is made after all.
    turn.memory.question = turn.memory.question or matter_beside_request(turn)
    # What was asked so far is kept as facts; a form that waits for answers is not.
    turn.memory.intake, turn.memory.kind = None, "question"
    language, busy = turn.language, there == "busy"
    words = [because(turn), wording.say(language, "person-queue" if busy else "person-coming")]
    standing = await services.staff.standing(_urgency(turn), turn.at)
    if standing is not None and (busy or standing.place > 1):
        words += _where(standing, language)
    if busy:
        words.append(wording.say(language, "queue-or-ticket"))
    # The website shows the way out beside the place, for as long as they wait.
    apps = turn.conversation.channel != "web"
    leave = [Button(wording.say(language, "queue-leave"), "open_ticket")] if apps else []
    return Said(wording.together(language, words), leave)


def _where(standing: Standing, language: str) -> list[str]:
    """A place in the queue in words, with the minutes when they can be estimated."""
    if standing.place == 1:
        words = [wording.say(language, "queue-next")]
    else:
        words = [wording.say(language, "queue-place", place=standing.place)]
    if standing.minutes is not None:
        words.append(wording.say(language, "queue-minutes", minutes=standing.minutes))
    return words


def _urgency(turn: Turn) -> Urgency:
    """What the queue will go by, as far as this turn says it."""
    reading = turn.reading
    if reading is None:
        return Urgency(turn.at)
    risks = tuple(one.name for one in reading.ledger if one.name in RISKS and one.weight >= RISKY)
    mood = 0.0 if reading.reason in AT_ONCE else reading.probability
    return Urgency(turn.at, risks, mood)


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
    text = wording.together(language, [wording.say(language, "suggestion"), wording.say(language, "offer-suggestion")])
    buttons = [
        Button(wording.say(language, "open-ticket-button"), "open_ticket"),
        Button(wording.say(language, "no"), "deny"),
    ]
    return Result([Said(text, buttons)])


async def decline_offer(turn: Turn, services: Services) -> Result:
    """The customer does not want what was offered."""
    turn.memory.awaiting = "more"
    turn.memory.other_article = None
    return Result([Said(wording.say(turn.language, "all-right"))])
