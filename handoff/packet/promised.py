"""Promised: what the customer was told would happen, by when, and whether it did."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from handoff.packet.parts import Promised
from handoff.packet.record import TicketRow
from handoff.promises import MadePromise

State = Literal["open", "kept", "kept_late", "broken"]


def promised(promises: Sequence[MadePromise], tickets: Sequence[TicketRow], now: datetime) -> tuple[Promised, ...]:
    """Takes promises, the conversation's tickets and the present moment; returns the promises and how each stands."""
    numbers = {ticket.id: ticket.number for ticket in tickets}
    return tuple(
        Promised(
            one.kind, one.text, one.due_at, one.made_at, one.kept_at, state(one, now), numbers.get(one.ticket_id or "")
        )
        for one in promises
    )


def state(promise: MadePromise, now: datetime) -> State:
    """Takes a promise and a moment; says how it stands then. Kept at the very minute is kept."""
    if promise.kept_at is not None:
        return "kept" if promise.kept_at <= promise.due_at else "kept_late"
    return "broken" if promise.due_at < now else "open"
