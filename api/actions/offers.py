"""Offers: the way to a person, with a reply time that follows from the team's hours."""

from datetime import datetime

from api import wording
from api.actions.result import Result
from api.actions.services import Services
from api.dialogue.turn import Button, Said, Turn
from handoff.promises import reply_promise
from handoff.when import say_when


def moment(turn: Turn, services: Services, due: datetime) -> str:
    """A moment in the customer's language, on the team's clock."""
    return say_when(due, turn.at, services.team.timezone, turn.language)


def offer_ticket(turn: Turn, services: Services, first: list[str]) -> Result:
    """Offers a ticket, says honestly when somebody would reply, and waits for a yes or no."""
    language, team = turn.language, services.team
    promise = reply_promise(team, turn.at)
    if promise.due_at is None:
        # No rule backs a time, so none is said.
        text = wording.say(language, "offer-ticket-unknown")
    elif promise.open_now or promise.next_opening is None:
        text = wording.say(language, "offer-ticket-open", reply_by=moment(turn, services, promise.due_at))
    else:
        opens = say_when(promise.next_opening, turn.at, team.timezone, language, name_zone=False)
        text = wording.say(
            language, "offer-ticket-closed", opens=opens, reply_by=moment(turn, services, promise.due_at)
        )
    turn.memory.awaiting = "ticket_offer"
    buttons = [
        Button(wording.say(language, "open-ticket-button"), "open_ticket"),
        Button(wording.say(language, "no"), "deny"),
    ]
    return Result([Said(" ".join([*first, text]), buttons)])
