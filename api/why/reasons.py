"""Reasons: everything a turn keeps of why it said what it said, put together when it is committed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

import structlog

from api.actions.services import Services
from api.dialogue.turn import Said, Turn
from api.why.bounds import bounded
from api.why.presence import NotedStaff
from api.why.rules import rule_for
from handoff.detection import Reading, words
from handoff.detection.model import load

log = structlog.get_logger()

#: Signs of detection that are kept, the strongest.
SIGNS = 6
#: Characters of a sign's quote; the signal's own row has all of it.
QUOTE = 100
PRODUCT = version("frontdoor")


def reasons_of(turn: Turn, said: Sequence[Said], services: Services) -> dict[str, Any]:
    """A turn's reasons as they are stored, in bounds.

    Args:
        turn: after it was thought about.
        said: the words the customer gets.
    """
    try:
        return bounded(_complete(turn, said, services))
    except Exception:
        # What only helps to understand must not cost the customer their answer.
        log.exception("reasons.failed")
        return bounded(dict(turn.trace))


def _complete(turn: Turn, said: Sequence[Said], services: Services) -> dict[str, Any]:
    trace = dict(turn.trace)
    trace["because"] = _because(turn)
    if turn.reading:
        trace["detection"] = {**trace.get("detection", {}), **_detection(turn.reading, turn.asked_in)}
    if told := [one for word in said for one in word.sources]:
        trace["told"] = [str(one.get("permalink", "")) for one in told][:5]
    if turn.handover:
        trace["handover"] = asdict(turn.handover)
    if isinstance(services.staff, NotedStaff) and (asked := services.staff.told(turn.at)):
        trace["staff"] = asked
    trace["versions"] = {
        "frontdoor": PRODUCT,
        "model": trace.get("model", ""),
        "index": services.knowledge.version,
        "settings": dict(services.versions),
    }
    return trace


def _because(turn: Turn) -> dict[str, Any]:
    """Which way the turn took, and what decided it."""
    memory = turn.trace.get("before", {}).get("memory", {})
    awaiting = memory.get("awaiting")
    in_form = bool(memory.get("intake"))
    told: dict[str, Any] = {
        "how": _how(turn, in_form),
        "awaiting": awaiting,
        "rule": None if in_form else rule_for(turn.intent, awaiting),
        "acted": list(turn.acted),
    }
    if turn.pressed:
        told["button"] = {"text": turn.pressed.text, "intent": turn.pressed.intent}
    if turn.fetch:
        told["fetch"] = turn.fetch
    if turn.read_as:
        told["read_as"] = turn.read_as
    return {name: value for name, value in told.items() if value is not None}


def _how(turn: Turn, in_form: bool) -> str:
    """What decided: the first of these that holds."""
    if turn.pressed and (not turn.fetch or turn.pressed.intent == "request_human"):
        return "button"
    if turn.fetch:
        return "fetched"
    if turn.trace.get("goes_on"):
        return "follow_up"
    if turn.meant:
        return "reply"
    if in_form:
        return "form"
    if turn.trace.get("engine") == "plain":
        return "plain"
    scope = _mapping(_mapping(turn.trace.get("reading")).get("scope"))
    return "rejected" if scope.get("rejected") else "read"


def _detection(reading: Reading, language: str) -> dict[str, Any]:
    model, tongue = load(), words.base(language)
    return {
        "thresholds": {
            "acknowledge": model.acknowledge[tongue],
            "offer": model.offer[tongue],
            "hand_over": model.hand_over[tongue],
        },
        "signals": [
            {"name": one.name, "weight": one.weight, "seq": one.seq, "quote": one.quote[:QUOTE]}
            for one in reading.ledger[:SIGNS]
        ],
    }


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
