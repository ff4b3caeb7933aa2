"""Signals: what was noticed in the customer's messages, kept with the words that raised it."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import bindparam, insert, select

from handoff.connection import Connection
from handoff.packet.parts import Evidence
from handoff.tables import signals as signals_table

#: A name fits its column; a quote is a sentence, not a novel.
LONGEST_NAME, LONGEST_QUOTE = 64, 500
_MOST = 100

# Put together once: doing it for each message costs more than running it.
_KNOWN = select(signals_table.c.seq, signals_table.c.name).where(
    signals_table.c.conversation_id == bindparam("of"),
    signals_table.c.seq.in_(bindparam("those", expanding=True)),
)
_KEEP = insert(signals_table)
_LATEST = (
    select(signals_table.c.seq, signals_table.c.name, signals_table.c.weight, signals_table.c.quote)
    .where(signals_table.c.conversation_id == bindparam("of"))
    .order_by(signals_table.c.seq.desc(), signals_table.c.id.desc())
    .limit(_MOST)
)


class Noticed(Protocol):
    """A signal as detection raises it."""

    @property
    def name(self) -> str: ...
    @property
    def weight(self) -> float: ...
    @property
    def quote(self) -> str: ...
    @property
    def seq(self) -> int: ...


async def record_signals(
    connection: Connection, conversation_id: str, signals: Sequence[Noticed], at: datetime
) -> None:
    """Takes a write transaction that has the conversation locked, and signals; keeps each once for its message.

    Detection looks at the whole conversation and may name an old signal again: the first record stays. Of several
    with one name in one message the heaviest is kept.
    """
    heaviest: dict[tuple[int, str], Noticed] = {}
    for one in signals:
        place = (one.seq, one.name[:LONGEST_NAME])
        if place not in heaviest or abs(one.weight) > abs(heaviest[place].weight):
            heaviest[place] = one
    if not heaviest:
        return
    seqs = sorted({seq for seq, _ in heaviest})
    known = {tuple(row) for row in await connection.execute(_KNOWN, {"of": conversation_id, "those": seqs})}
    rows = [
        {
            "conversation_id": conversation_id,
            "seq": seq,
            "name": name,
            # A weight that is no number counts for nothing, and must not cost the customer their turn.
            "weight": float(one.weight) if math.isfinite(one.weight) else 0.0,
            "quote": one.quote[:LONGEST_QUOTE],
            "at": at,
        }
        for (seq, name), one in heaviest.items()
        if (seq, name) not in known
    ]
    if rows:
        await connection.execute(_KEEP, rows)


async def ledger_of(connection: Connection, conversation_id: str) -> tuple[Evidence, ...]:
    """Takes a connection and a conversation; returns its signals, oldest first; of many, the newest 100."""
    rows = list(await connection.execute(_LATEST, {"of": conversation_id}))
    return tuple(Evidence(row.seq, row.name, row.weight or 0.0, row.quote) for row in reversed(rows))
