"""Bounds: what a turn keeps of itself stays small, however much was said; what was left out is named."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from api.why.before import CUT

#: Bytes one turn may keep, as the database writes them.
LIMIT = 8192
#: What stays when nothing else fits: what the rest of the product reads.
CORE = ("intent", "language", "asked_in", "model", "detection", "engine", "failed")

Trace = dict[str, Any]


def bounded(trace: Trace) -> Trace:
    """A turn's reasons in at most LIMIT bytes; ``cut`` names what was left out, in the order it was."""
    if size_of(trace) <= LIMIT:
        return trace
    cut: list[str] = []
    for name, smaller in STEPS:
        less = smaller(trace)
        if less == trace:
            continue
        cut.append(name)
        trace = {**less, "cut": cut}
        if size_of(trace) <= LIMIT:
            return trace
    return {**{name: _short(trace[name], 40) for name in CORE if name in trace}, "cut": ["everything else"]}


def size_of(trace: Trace) -> int:
    """Bytes of a trace in the database."""
    return len(json.dumps(trace))


def _texts(longest: int) -> Callable[[Trace], Trace]:
    return lambda trace: {name: _short(value, longest) for name, value in trace.items()}


def _short(value: Any, longest: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= longest else value[: longest - 1] + CUT
    if isinstance(value, Mapping):
        return {name: _short(one, longest) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_short(one, longest) for one in value]
    return value


def _without(name: str) -> Callable[[Trace], Trace]:
    return lambda trace: {key: value for key, value in trace.items() if key != name}


def _passages(most: int) -> Callable[[Trace], Trace]:
    def smaller(trace: Trace) -> Trace:
        found = trace.get("knowledge")
        if not isinstance(found, dict):
            return trace
        less = {name: value for name, value in found.items() if name != "features"}
        return {**trace, "knowledge": {**less, "passages": less.get("passages", [])[:most]}}

    return smaller


def _tried(most: int) -> Callable[[Trace], Trace]:
    def smaller(trace: Trace) -> Trace:
        before = trace.get("before") or {}
        memory = before.get("memory") or {}
        if len(memory.get("tried", [])) <= most:
            return trace
        return {**trace, "before": {**before, "memory": {**memory, "tried": memory["tried"][-most:]}}}

    return smaller


def _no_memory(trace: Trace) -> Trace:
    before = {name: value for name, value in (trace.get("before") or {}).items() if name != "memory"}
    return {**trace, "before": before}


#: What is given up, the least missed first.
STEPS: tuple[tuple[str, Callable[[Trace], Trace]], ...] = (
    ("texts", _texts(400)),
    ("earlier look-ups", _without("earlier_look_ups")),
    ("passages", _passages(5)),
    ("tried", _tried(20)),
    ("texts", _texts(120)),
    ("tried", _tried(5)),
    ("passages", _passages(3)),
    ("signals", _without("signals")),
    ("memory", _no_memory),
    ("texts", _texts(60)),
)
