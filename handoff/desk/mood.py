"""Mood: how a customer feels, as detection read it last, or as the signals of their words say by themselves."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from handoff.connection import Connection
from handoff.desk.view import FELT, LATELY
from handoff.tables import signals, traces

#: Whoever calmly asks for a person should have one, and is not unhappy; a danger counts by itself.
_NO_MOOD = ("explicit_request", "safety")
_SCALE = 2.0


async def signals_of(connection: Connection, ids: Sequence[str], now: datetime) -> defaultdict[str, dict[str, float]]:
    """Takes conversations and the moment; returns the strongest weight of each signal of late."""
    query = select(signals.c.conversation_id, signals.c.name, func.max(signals.c.weight))
    query = query.where(signals.c.conversation_id.in_(ids), signals.c.at > now - LATELY)
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for id_, name, weight in await connection.execute(query.group_by(signals.c.conversation_id, signals.c.name)):
        found[id_][name] = weight
    return found


async def readings_of(connection: Connection, ids: Sequence[str]) -> dict[str, float]:
    """The probability that detection gave last, where the latest turn kept one and it was for a bad mood."""
    latest = select(func.max(traces.c.id)).where(traces.c.conversation_id.in_(ids)).group_by(traces.c.conversation_id)
    query = select(traces.c.conversation_id, traces.c.data).where(traces.c.id.in_(latest))
    found = {}
    for id_, data in await connection.execute(query):
        detection = data.get("detection") if isinstance(data, dict) else None
        value = detection.get("probability") if isinstance(detection, dict) else None
        if not isinstance(detection, dict) or detection.get("reason") in _NO_MOOD:
            continue
        if isinstance(value, int | float) and math.isfinite(value):
            found[id_] = float(value)
    return found


def felt_of(weights: Mapping[str, float]) -> float:
    """What signals say by themselves, where no probability was kept."""
    total = sum(max(weight, 0.0) for name, weight in weights.items() if name in FELT)
    return math.tanh(total / _SCALE)
