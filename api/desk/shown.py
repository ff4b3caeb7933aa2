"""What the desk's API shows: conversations, events, colleagues and alerts as JSON. See docs/desk-api.md."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.desk import shapes
from api.desk.places import CustomersPlace
from handoff.agents import Agent, Colleague
from handoff.desk.alerts import Alert, BrokenPromise
from handoff.desk.board import Place
from handoff.desk.items import Item
from handoff.desk.saved_replies import SavedReply
from handoff.desk.talks import Last
from handoff.events import Event
from handoff.tickets import Ticket

#: Of a long message, a list shows the beginning.
LONGEST_LAST = 200

Displays = Mapping[str, str]


def moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def person(name: str | None, displays: Displays) -> shapes.Person | None:
    """Somebody at the desk, by name and as people call them."""
    return None if name is None else {"name": name, "display": displays.get(name, name)}


def user(agent: Agent) -> shapes.UserShape:
    """Who is signed in."""
    return {
        "id": agent.id,
        "name": agent.name,
        "display": agent.display,
        "role": agent.role,
        "languages": list(agent.languages),
        "teams": list(agent.teams),
        "capacity": agent.capacity,
        "available": agent.available,
    }


def colleague(one: Colleague) -> shapes.ColleagueShape:
    """Somebody of the team, whether they are there, and how much they have."""
    agent = one.agent
    return {
        "id": agent.id,
        "name": agent.name,
        "display": agent.display,
        "role": agent.role,
        "languages": list(agent.languages),
        "capacity": agent.capacity,
        "available": agent.available,
        "present": one.present,
        "load": one.load,
    }


def item(one: Item, place: Place | None, displays: Displays, suggested: Agent | None = None) -> shapes.ItemShape:
    """A conversation in a list."""
    conversation = one.conversation
    return {
        "id": conversation.id,
        "customer": dict(one.customer),
        "language": conversation.language or conversation.locale,
        "channel": conversation.channel,
        "owner": conversation.owner,
        "agent": person(conversation.agent, displays),
        "epoch": conversation.epoch,
        "team": one.team,
        "reason": one.reason,
        "since": one.since.isoformat(),
        "waiting_since": moment(one.urgency.waiting_since if place else one.waiting_since),
        "last": _last(one.last),
        "place": _place(place),
        "unread": one.unread,
        "suggested_agent": person(suggested.name, displays) if suggested else None,
        "snoozed_until": moment(one.snoozed_until),
        "outcome": one.outcome,
        "ticket": _ticket(one.ticket),
        "risks": list(one.risks),
        "frustration": round(one.frustration, 2),
    }


def event(one: Event, displays: Displays) -> shapes.EventShape:
    """An event as agents see it: everything, with who said it."""
    data: Mapping[str, Any] = one.data
    shown: shapes.EventShape = {
        "seq": one.seq,
        "type": one.type,
        "role": one.role,
        "text": one.text,
        "speaker": _speaker(data, displays),
        "sources": data.get("sources", []),
        "buttons": data.get("buttons", []),
        "at": one.at.isoformat(),
        "client_id": one.client_id,
    }
    if "ticket" in data:
        shown["ticket"] = data["ticket"]
    if one.type == "owner":
        agent = person(data.get("agent"), displays)
        shown["owner"] = {"from": data.get("from"), "to": data.get("to"), "agent": agent}
    if one.type == "dropped":
        shown["was"] = data.get("was")
    if one.type in ("undelivered", "delivered"):
        shown["about"], shown["reason"] = data.get("seq"), data.get("reason")
    return shown


def reply(one: SavedReply, agent: Agent) -> shapes.ReplyShape:
    """A saved reply."""
    return {
        "id": one.id,
        "language": one.language,
        "title": one.title,
        "text": one.text,
        "mine": one.author == agent.name,
    }


def alert(one: Alert, displays: Displays) -> shapes.AlertShape:
    """An alert with its evidence."""
    return {
        "kind": one.kind,
        "name": one.name,
        "conversation": one.conversation,
        "evidence": one.evidence,
        "seq": one.seq,
        "at": one.at.isoformat(),
        "owner": one.owner,
        "agent": person(one.agent, displays),
    }


def broken(one: BrokenPromise, now: datetime, displays: Displays) -> shapes.BrokenShape:
    """A promise that was not kept in time."""
    return {
        "conversation": one.conversation,
        "ticket": one.ticket,
        "text": one.text,
        "due_at": one.due_at.isoformat(),
        "late_seconds": round((now - one.due_at).total_seconds()),
        "owner": one.owner,
        "agent": person(one.agent, displays),
    }


def place(one: CustomersPlace) -> shapes.CustomersPlaceShape:
    """A customer's place."""
    return {
        "owner": one.owner,
        "place": one.place,
        "minutes": one.minutes,
        "agent": one.agent,
        "typing": one.typing,
        "can_leave": one.can_leave,
        "mark": one.mark,
    }


def _last(one: Last | None) -> shapes.LastShape | None:
    if one is None:
        return None
    return {"text": one.text[:LONGEST_LAST], "role": one.role, "at": one.at.isoformat()}


def _ticket(one: Ticket | None) -> shapes.TicketShape | None:
    if one is None:
        return None
    return {
        "number": one.number,
        "status": one.status,
        "subject": one.subject,
        "reply_by": moment(one.reply_by),
        "opened_at": one.opened_at.isoformat(),
    }


def _place(place: Place | None) -> shapes.PlaceShape | None:
    if place is None:
        return None
    why: list[shapes.ReasonShape] = [
        {"name": one.name, "value": one.value, "points": one.points} for one in place.standing.why
    ]
    return {"rank": place.rank, "score": place.standing.score, "why": why}


def _speaker(data: Mapping[str, Any], displays: Displays) -> shapes.Person | None:
    agent = data.get("agent")
    if not isinstance(agent, dict):
        return None
    name = str(agent.get("name") or "")
    return {"name": name, "display": str(agent.get("display") or displays.get(name, name))}
