"""Fill: a database as it looks after so many turns, written in bulk through the product's own tables."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, create_engine, insert, text
from sqlalchemy.pool import NullPool

from handoff import tables
from handoff.database import normalise_url, prepare_sqlite

#: Turns of a conversation, on average; the sample conversations of the benchmark have about as many.
TURNS = 4
#: What so many turns were spread over: two years.
SPAN = timedelta(days=730)
#: Conversations written at a time.
BATCH = 2_000
SEED = 11
OUTCOMES = ("answer", "suggest", "none", "small_talk", "form", "ticket", "person", "rejected")
LANGUAGES = ("en", "en", "zh", "ko")
ASKED = "My parcel should have been here on Tuesday and the tracking page has not changed since, where is it?"
SAID = "Parcels take three to five working days. " * 4
#: As large as what a turn really keeps; what stands in it is read by nobody here.
TRACE = {"reading": {"intent": {"name": "delivery_late", "confidence": 0.93}}, "why": "x" * 4_100}
MEMORY = {"awaiting": "helped", "question": ASKED, "tried": [{"permalink": "/en/late/", "title": "x" * 600}]}

Rows = dict[Table, list[dict[str, Any]]]


def fill(url: str, turns: int, until: datetime) -> dict[str, int]:
    """Takes the url of a migrated database; adds so many turns that end at a moment. Returns the rows by table."""
    parsed = normalise_url(url)
    engine = create_engine(parsed, poolclass=NullPool)
    if parsed.drivername.startswith("sqlite"):
        prepare_sqlite(engine)
    counted: dict[str, int] = {}
    conversations = max(1, turns // TURNS)
    step = SPAN / conversations
    pick = random.Random(SEED)
    with engine.connect() as connection:
        for batch in _batches(conversations):
            rows: Rows = {}
            for number in batch:
                # The first one is the oldest; the last one is going on now.
                _conversation(rows, number, until - step * (conversations - number), number >= conversations - 3, pick)
            _write(connection, rows)
            for table, of_table in rows.items():
                counted[table.name] = counted.get(table.name, 0) + len(of_table)
        if not parsed.drivername.startswith("sqlite"):
            # As autovacuum does by itself in time. SQLite has no statistics in production either.
            connection.execute(text("ANALYZE"))
            connection.commit()
    engine.dispose()
    return counted


def _batches(count: int) -> Iterator[range]:
    return (range(first, min(first + BATCH, count)) for first in range(0, count, BATCH))


def _conversation(rows: Rows, number: int, at: datetime, waiting: bool, pick: random.Random) -> None:
    id_, language = f"{number:032x}", pick.choice(LANGUAGES)
    app = number % 20 == 0
    channel = "telegram" if app else "web"
    _add(
        rows,
        tables.conversations,
        id=id_,
        channel=channel,
        locale=language,
        language=language,
        token_hash="0" * 64,
        owner="agent" if number % 50 == 0 else "bot",
        agent="Ana" if number % 50 == 0 else None,
        epoch=1 if number % 50 == 0 else 0,
        dialogue=MEMORY,
        created_at=at,
        updated_at=at,
        address=f"{number}" if app else None,
    )
    for turn in range(TURNS):
        last = waiting and turn == TURNS - 1
        _turn(rows, id_, channel, language, 2 * turn + 1, at + timedelta(seconds=turn), last, pick)
    if number % 50 == 0:
        change = {"from": "bot", "to": "agent", "actor": "Ana", "agent": "Ana", "reason": "they asked for a person"}
        _add(rows, tables.ownership_changes, conversation_id=id_, epoch=1, at=at, **change)
    if number % 2 == 0:
        fact = {"field": "email", "value": "jane@example.org", "raw": "jane@example.org", "seq": 3, "confirmed": False}
        _add(rows, tables.facts, conversation_id=id_, at=at, **fact)
    if number % 10 == 0:
        _ticket(rows, number, id_, language, at)


def _turn(
    rows: Rows, id_: str, channel: str, language: str, seq: int, at: datetime, waiting: bool, pick: random.Random
) -> None:
    event = {"conversation_id": id_, "type": "message", "data": {}, "epoch": 0, "at": at}
    asked = {**event, "seq": seq, "role": "customer", "text": ASKED, "client_id": f"m{seq}", "turn": None}
    _add(rows, tables.events, **asked, handled_at=None if waiting else at)
    if channel != "web":
        arrival = {"provider_id": f"{id_}:{seq}", "kind": "text", "payload": ASKED, "at": at}
        _add(rows, tables.inbound, channel=channel, conversation_id=id_, **arrival)
    if waiting:
        return
    _add(rows, tables.events, **event, seq=seq + 1, role="bot", text=SAID, client_id=None, turn=seq, handled_at=at)
    _add(
        rows,
        tables.traces,
        conversation_id=id_,
        seq=seq,
        data=TRACE,
        at=at,
        language=language,
        outcome=pick.choice(OUTCOMES),
        milliseconds=int(pick.lognormvariate(4, 0.6)),
        channel=channel,
        trouble="slow 8 s" if pick.random() < 0.002 else None,
    )
    if channel != "web":
        dead = pick.random() < 0.001
        letter: dict[str, Any] = {
            "channel": channel,
            "status": "dead" if dead else "sent",
            "attempts": 1,
            "parts_sent": 1,
        }
        letter |= {"due_at": at, "at": at, "done_at": at, "reason": None, "sent": []}
        _add(rows, tables.outbox, conversation_id=id_, seq=seq + 1, **letter)


def _ticket(rows: Rows, number: int, id_: str, language: str, at: datetime) -> None:
    recent = datetime.now(UTC) - at < timedelta(days=3)
    _add(
        rows,
        tables.tickets,
        id=f"{number:032x}",
        number=f"FD-{number:09}",
        key=f"{id_}:0",
        conversation_id=id_,
        team="support",
        kind="question",
        # Somebody works: what is older than three days is closed.
        status="open" if recent else "closed",
        language=language,
        subject=ASKED[:60],
        question=ASKED,
        details={"email": {"value": "jane@example.org"}},
        intent="delivery_late",
        tried=[],
        transcript=[{"role": "customer", "text": ASKED}, {"role": "bot", "text": SAID}] * TURNS,
        opened_at=at,
        reply_by=at + timedelta(hours=4),
    )
    promise: dict[str, Any] = {
        "kind": "reply",
        "text": "Within four hours.",
        "due_at": at + timedelta(hours=4),
        "made_at": at,
    }
    promise["kept_at"] = None if recent else at + timedelta(hours=2)
    _add(rows, tables.promises, id=f"{number:032x}", conversation_id=id_, ticket_id=f"{number:032x}", **promise)


def _add(rows: Rows, table: Table, **values: Any) -> None:
    rows.setdefault(table, []).append(values)


def _write(connection: Connection, rows: Rows) -> None:
    with connection.begin():
        for table in tables.metadata.sorted_tables:
            if table in rows:
                connection.execute(insert(table), rows[table])
