"""Offers: the way to a person, with a reply time that follows from the team's hours."""

from dataclasses import replace
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


def or_person(turn: Turn, said: Said, wanted: bool = True) -> Said:
    """The same words and, when wanted, the way to a person after them."""
    if not wanted or any(button.intent == "request_human" for button in said.buttons):
        return said
    button = Button(wording.say(turn.language, "ask-person-button"), "request_human")
    return replace(
        said, text=f"{said.text}\n\n{wording.say(turn.language, 'offer-person')}", buttons=[*said.buttons, button]
    )


async def with_person(turn: Turn, services: Services, said: list[Said]) -> list[Said]:
    """While somebody is at the desk, whoever is offered a ticket is offered a person beside it."""
    offers = [any(button.intent == "open_ticket" for button in one.buttons) for one in said]
    if turn.handover or not any(offers) or await services.staff.there(turn.at) == "nobody":
        return said
    return [or_person(turn, one, offered) for one, offered in zip(said, offers, strict=True)]


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
    return Result([Said(wording.together(language, [*first, text]), buttons)])
