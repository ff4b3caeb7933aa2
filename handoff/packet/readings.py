"""Readings: what the bot took each message for, read from the reasons it kept of its turns."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handoff.packet.parts import Language, Understanding

#: What people say to the bot rather than about their matter, and how sure the bot must have been.
_NO_MATTERS = frozenset(
    {
        "affirm",
        "bot_challenge",
        "deny",
        "did_not_help",
        "give_details",
        "goodbye",
        "greet",
        "never_mind",
        "open_ticket",
        "praise",
        "refuse_details",
        "request_human",
        "thanks",
        "that_helped",
    }
)
_SURE = 0.6

LookedUp = Literal["told", "not_told", "away"]
#: What the bot notes of an order look-up, and what an agent reads of it.
_LOOK_UPS: Mapping[str, LookedUp] = {"told": "told", "not told": "not_told", "order system away": "away"}


@dataclass(frozen=True, slots=True)
class Trace:
    """One turn's reasons as they were kept: `seq` is the last message it answered."""

    seq: int
    data: object
    language: str | None


@dataclass(frozen=True, slots=True)
class OrderLookUp:
    """An order the bot looked up, and what came of it."""

    number: str
    outcome: LookedUp
    seq: int


def understanding(traces: Sequence[Trace], topic: str | None) -> Understanding | None:
    """Takes traces, oldest first, and the matter's intent; returns how the bot read it, or its last reading."""
    read = [one for one in map(_understood, traces) if one is not None]
    of_the_matter = [one for one in read if one.intent == topic]
    found = of_the_matter or read
    return found[-1] if found else None


def said_nothing_new(traces: Sequence[Trace]) -> frozenset[int]:
    """Takes traces; returns the messages the bot surely read as an answer, a courtesy or a wish for a person."""
    read = (one for one in map(_understood, traces) if one is not None)
    return frozenset(one.seq for one in read if one.intent in _NO_MATTERS and one.confidence >= _SURE)


def probability(traces: Sequence[Trace]) -> float | None:
    """Takes traces, oldest first; returns how likely detection last found it that a person is needed."""
    for trace in reversed(traces):
        value = _mapping(_mapping(trace.data).get("detection")).get("probability")
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return min(max(round(float(value), 4), 0.0), 1.0)
    return None


def look_ups(traces: Sequence[Trace]) -> list[OrderLookUp]:
    """Takes traces, oldest first; returns the orders that were looked up."""
    found = []
    for trace in traces:
        order = _mapping(_mapping(trace.data).get("order"))
        number, outcome = order.get("number"), order.get("outcome")
        if isinstance(number, str) and isinstance(outcome, str) and outcome in _LOOK_UPS:
            found.append(OrderLookUp(number, _LOOK_UPS[outcome], trace.seq))
    return found


def language(traces: Sequence[Trace], now: str) -> Language:
    """Takes traces, oldest first, and the present language; returns it with those the customer wrote in before."""
    asked = [_mapping(trace.data).get("asked_in") or trace.language for trace in traces]
    spoken = [one.split("-")[0].lower() for one in asked if isinstance(one, str) and one]
    base = now.replace("_", "-").split("-")[0].lower()
    before = tuple(dict.fromkeys(one for one in spoken if one not in (base, "other")))
    return Language(now=base, before=before, changed=bool(before))


def _understood(trace: Trace) -> Understanding | None:
    reading = _mapping(_mapping(trace.data).get("reading"))
    best = _named(reading.get("intent"))
    if best is None:
        return None
    ranking = reading.get("ranking")
    ranked = [_named(one) for one in ranking] if isinstance(ranking, list) else []
    second = next((one for one in ranked if one is not None and one[0] != best[0]), None)
    return Understanding(best[0], best[1], second[0] if second else None, second[1] if second else None, trace.seq)


def _named(value: object) -> tuple[str, float] | None:
    entry = _mapping(value)
    name, confidence = entry.get("name"), entry.get("confidence")
    if not isinstance(name, str) or not name:
        return None
    sure = isinstance(confidence, int | float) and math.isfinite(confidence)
    return name, min(max(round(float(confidence), 4), 0.0), 1.0) if sure else 0.0  # type: ignore[arg-type]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
