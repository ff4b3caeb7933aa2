"""The order of the queue: one function that says who comes first, and gives its reasons in points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

#: What no customer should wait with: whoever is in danger comes before everybody else. A risk that is not listed counts
#: as the least of them.
RISKS: Mapping[str, float] = {
    "safety": 200.0,
    "threat": 40.0,
    "legal": 40.0,
    "regulator": 40.0,
    "press": 30.0,
    "chargeback": 30.0,
    "social_media": 20.0,
}
#: The weight (log-odds) from which a signal of a risk is one; detection also keeps what speaks against it.
RISKY = 1.5
FRUSTRATION = 30.0
#: Points a minute while somebody sits in the chat, for the first half hour and after it.
PER_MINUTE, LATER, FIRST = 1.5, 0.1, 30.0
#: Nobody sits waiting for a ticket: it ages slowly, and comes forward when its promise does.
TICKET, TICKET_PER_MINUTE, TICKET_MOST = -20.0, 0.005, 10.0
BROKEN, WITHIN_HOUR, LATER_TODAY = 35.0, (25.0, 5.0), 5.0
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Urgency:
    """What is known of a waiting conversation. `ticket`: nobody sits in the chat, a ticket waits."""

    waiting_since: datetime
    risks: Sequence[str] = ()
    frustration: float = 0.0
    promise_due: datetime | None = None
    ticket: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a place: its name, what it is about, and the points it gave."""

    name: str
    value: str | float | bool
    points: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation stands: the sum of its points, and what it is made of, most points first."""

    score: float
    why: tuple[Reason, ...]


def standing(urgency: Urgency, now: datetime) -> Standing:
    """Takes what is known of a waiting conversation and the moment; returns its points with the reasons."""
    reasons = [*_risk(urgency), *_frustration(urgency), _waiting(urgency, now), *_promise(urgency, now)]
    if urgency.ticket:
        reasons.append(Reason("ticket", True, TICKET))
    why = sorted((one for one in reasons if one.points), key=lambda one: -one.points)
    return Standing(round(sum(one.points for one in why), 1), tuple(why))


def in_order(waiting: Iterable[tuple[str, Urgency]], now: datetime) -> list[tuple[str, Standing]]:
    """Takes waiting conversations by id; returns them with their standing, who should be taken first in front."""
    placed = [(id_, urgency, standing(urgency, now)) for id_, urgency in waiting]
    placed.sort(key=lambda one: (-one[2].score, one[1].waiting_since, one[0]))
    return [(id_, stands) for id_, _, stands in placed]


def _risk(urgency: Urgency) -> list[Reason]:
    if not urgency.risks:
        return []
    worst = max(urgency.risks, key=lambda name: (RISKS.get(name, min(RISKS.values())), name))
    return [Reason("risk", worst, RISKS.get(worst, min(RISKS.values())))]


def _frustration(urgency: Urgency) -> list[Reason]:
    value = round(min(max(urgency.frustration, 0.0), 1.0), 2)
    return [Reason("frustration", value, round(FRUSTRATION * value, 1))]


def _waiting(urgency: Urgency, now: datetime) -> Reason:
    seconds = max((now - urgency.waiting_since).total_seconds(), 0.0)
    minutes = seconds / 60
    if urgency.ticket:
        points = min(TICKET_PER_MINUTE * minutes, TICKET_MOST)
    else:
        points = PER_MINUTE * min(minutes, FIRST) + LATER * max(minutes - FIRST, 0.0)
    return Reason("waiting", round(seconds), round(points, 1))


def _promise(urgency: Urgency, now: datetime) -> list[Reason]:
    if urgency.promise_due is None:
        return []
    left = (urgency.promise_due - now).total_seconds()
    if left < 0:
        points = BROKEN
    elif left <= _HOUR:
        near, far = WITHIN_HOUR
        points = near - (near - far) * left / _HOUR
    else:
        points = LATER_TODAY if left <= 4 * _HOUR else 0.0
    return [Reason("promise", round(left), round(points, 1))]
