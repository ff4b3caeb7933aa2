"""Opening a ticket: the row first, then the number, then the promise its hours allow."""

from datetime import datetime
from typing import Any

from api import wording
from api.actions.offers import moment
from api.actions.restate import shorten
from api.actions.result import Result
from api.actions.services import Services
from api.dialogue.turn import Said, Turn
from handoff.intake import Intake
from handoff.promises import reply_promise
from handoff.tickets import Ticket

#: So much of the end of a conversation goes into its ticket; whoever wants more opens the conversation.
TRANSCRIPT = 200


async def open_ticket(turn: Turn, services: Services) -> Result:
    """Makes the ticket when the form is complete, or says that none was made when it was given up."""
    memory = turn.memory
    intake = memory.intake
    if turn.handover:
        # Somebody at the desk has it already.
        return Result()
    if intake is None or not (intake.done or intake.abandoned):
        # The form ended without an outcome: a failed step. The turn is in trouble, and says so to its caller.
        turn.trouble = turn.trouble or "the ticket form ended before it was complete"
        return Result()
    memory.intake = None
    if intake.abandoned:
        memory.kind = "question"
        return Result([Said(wording.say(turn.language, "abandoned"))])
    ticket, said = await _make(turn, services, intake)
    memory.tickets.append(ticket.number)
    turn.trace["ticket"] = {"number": ticket.number, "kind": ticket.kind}
    memory.ticket_round += 1
    memory.asked_for = None
    memory.kind, memory.misses, memory.question, memory.topic = "question", 0, None, None
    # What was asked before has been passed on: nothing leans on it any more.
    memory.root, memory.asked_back, memory.matters = None, 0, []
    return Result([said])


async def _make(turn: Turn, services: Services, intake: Intake) -> tuple[Ticket, Said]:
    memory, language = turn.memory, turn.language
    question = intake.value("question") or ""
    promise = reply_promise(services.team, turn.at)
    contact = intake.value("email") or intake.value("phone") or intake.value("contact")
    ticket = await services.tickets.open(
        # One request for help makes one ticket, however often the turn is repeated.
        f"{turn.conversation.id}:{memory.ticket_round if memory.asked_for is None else f'asked-{memory.asked_for}'}",
        conversation_id=turn.conversation.id,
        team=services.team.name,
        kind=memory.kind,
        language=language,
        subject=shorten(question or wording.say(language, "ticket-subject-person"), 80),
        question=question,
        details={**intake.details(), "confirmed": intake.confirmed},
        intent=memory.topic,
        tried=[{"permalink": t.permalink, "title": t.title, "outcome": t.outcome} for t in memory.tried],
        transcript=await _transcript(turn, services),
        reply_by=promise.due_at,
        promise_text=_when(turn, services, promise.due_at, contact),
        at=turn.at,
    )
    parts = [wording.say(language, "ticket-opened", number=ticket.number)]
    if memory.kind == "person":
        parts.append(wording.say(language, "ticket-person"))
    card = {"number": ticket.number, "reply_by": ticket.reply_by.isoformat() if ticket.reply_by else None}
    # From the row: when the turn is repeated, the promise is the one that was made the first time.
    parts.append(_when(turn, services, ticket.reply_by, contact))
    return ticket, Said(wording.together(language, parts), type="ticket", ticket=card)


def _when(turn: Turn, services: Services, due: datetime | None, contact: str | None) -> str:
    where, values = ("contact", {"contact": contact}) if contact else ("here", {})
    if due is None:
        return wording.say(turn.language, f"ticket-no-time-{where}", **values)
    return wording.say(turn.language, f"ticket-reply-{where}", reply_by=moment(turn, services, due), **values)


async def _transcript(turn: Turn, services: Services) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    last = max(0, turn.message.seq - TRANSCRIPT)
    while page := await services.events.after(turn.conversation.id, last):
        lines += [{"role": e.role, "text": e.text, "at": e.at.isoformat(), "seq": e.seq} for e in page if e.text]
        last = page[-1].seq
    return lines
