"""Operations: everything the product asks of its database, timed one by one, and how the database goes about it."""

import itertools
import statistics
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool

from api.operator.ledger import Ledger
from handoff.conversations import Conversations
from handoff.database import Database
from handoff.events import Account, Events, Word
from handoff.facts import Fact, Facts
from handoff.figures import Figures
from handoff.holds import Holds
from handoff.inbound import Arrival, Inbound, Reaction
from handoff.outbox import Outbox
from handoff.tickets import Tickets

Asked = Callable[[], Awaitable[object]]
#: Tables that grow with every turn or conversation; none of them may be read from end to end.
GROWING = (
    "conversations",
    "events",
    "traces",
    "facts",
    "inbound",
    "outbox",
    "tickets",
    "promises",
    "ownership_changes",
)
#: Milliseconds after which an operation is repeated no more.
LONGEST = 20_000.0


@dataclass(frozen=True)
class Plan:
    """A statement that reads a growing table from end to end: in which operation, and how the database says it."""

    operation: str
    statement: str
    how: str


class Operations:
    """The operations, in the order of a customer's message, then what runs beside.

    Args:
        db: connected; it is written to.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._numbers = itertools.count()
        self._holder = "bench"
        self._events = Events(db, self._holder)
        self._conversations = Conversations(db)
        self._holds = Holds(db, self._holder)
        self._figures = Figures(db)
        self._outbox = Outbox(db)
        self._tickets = Tickets(db)
        self._id = ""

    async def open(self) -> None:
        self._id = (await self._conversations.open("web", "en", "hash", datetime.now(UTC))).id

    def all(self) -> dict[str, Asked]:
        """Each by its name. `open` comes first: others go on in the conversation it opened."""
        now = datetime.now(UTC)
        ledger = Ledger(self._figures, ZoneInfo("UTC"), fresh=0)
        return {
            "open a conversation": self.open,
            "receive a message": self._receive,
            "what is unanswered": lambda: self._events.unhandled(self._id),
            "finish a turn": self._turn,
            "what came after": lambda: self._events.after(self._id, 0),
            "look for work nobody has in hand": lambda: self._holds.claim(datetime.now(UTC), 64),
            "keep what is in hand": lambda: self._holds.keep([self._id], datetime.now(UTC)),
            "find a conversation": lambda: self._conversations.find(self._id),
            "change the owner and back": self._move,
            "what the customer told": lambda: Facts(self._db).current(self._id),
            "open a ticket": self._ticket,
            "find a ticket": lambda: self._tickets.find("FD-000000010"),
            "tickets of a conversation": lambda: self._tickets.for_conversation(self._id),
            "open tickets of a team": lambda: self._tickets.queue("support"),
            "take in an app's message": self._arrive,
            "letters that are due": lambda: self._outbox.due(now),
            "when the next letter is due": lambda: self._outbox.next_due(now),
            "letters that are dead": lambda: self._outbox.letters(status="dead", limit=10),
            "today's figures": lambda: ledger.read(datetime.now(UTC)),
            "the figures of thirty days": lambda: Ledger(self._figures, ZoneInfo("UTC")).read(datetime.now(UTC)),
            "what waits": lambda: self._figures.backlog(datetime.now(UTC)),
        }

    async def _receive(self) -> int:
        received = await self._events.receive(self._id, f"n{next(self._numbers)}", "where is it", datetime.now(UTC))
        return received.seq

    async def _turn(self) -> None:
        # What was received and not answered yet is answered together, as a burst is.
        seqs = [one.seq for one in await self._events.unhandled(self._id)] or [await self._receive()]
        at = datetime.now(UTC)
        fact = Fact("email", "jane@example.org", "jane@example.org", seqs[-1])
        await self._events.finish_turn(
            self._id,
            seqs,
            (await self._found()).epoch,
            [Word("message", "bot", "Parcels take three days.", {})],
            {"awaiting": "helped"},
            [fact],
            [{"why": "bench"}],
            at,
            account=Account("answer", "en", 30),
        )

    async def _move(self) -> None:
        for owner in ("agent", "bot"):
            await self._conversations.move(self._id, owner, "Ana", "bench", None, at=datetime.now(UTC))  # type: ignore[arg-type]

    async def _ticket(self) -> None:
        at = datetime.now(UTC)
        await self._tickets.open(
            f"{self._id}:{next(self._numbers)}",
            conversation_id=self._id,
            team="support",
            kind="question",
            language="en",
            subject="late",
            question="where is it",
            at=at,
            reply_by=at + timedelta(hours=4),
            promise_text="soon",
        )

    async def _arrive(self) -> None:
        id_ = uuid.uuid4().hex
        arrival = Arrival("telegram", id_, "text", "{}", conversation_id=id_, address="1", text="hello")
        inbound = Inbound(self._db)
        assert not await inbound.known("telegram", id_)
        await inbound.take(
            arrival, lambda _: Reaction([Word("message", "bot", "hi", {})], handled=True), datetime.now(UTC)
        )

    async def _found(self) -> Any:
        return await self._conversations.find(self._id)


async def timed(dbs: dict[str, Database], repeats: int) -> dict[str, dict[str, float]]:
    """Takes databases by name; returns the median milliseconds of each operation on each.

    They are asked by turns, so that a busy machine is fair to all.
    """
    operations = {name: Operations(db).all() for name, db in dbs.items()}
    found: dict[str, dict[str, float]] = {}
    for asked in next(iter(operations.values())):
        took: dict[str, list[float]] = {name: [] for name in dbs}
        # The first one puts the statement together, and nobody pays that twice.
        for number in range(repeats + 1):
            for name in dbs:
                begun = time.perf_counter()
                await operations[name][asked]()
                if number:
                    took[name].append(1000 * (time.perf_counter() - begun))
            if sum(map(sum, took.values())) > LONGEST:
                break
        found[asked] = {name: round(statistics.median(of_one), 3) for name, of_one in took.items()}
    return found


async def scans(db: Database) -> list[Plan]:
    """Takes a database; returns every statement of an operation that reads a growing table from end to end."""
    operations, found = Operations(db), []
    for name, ask in operations.all().items():
        with _noted() as asked:
            await ask()
        for statement, how in _plans(db, asked):
            found += [Plan(name, statement, line) for line in whole(how)]
    return list(dict.fromkeys(found))


@contextmanager
def _noted() -> Iterator[dict[str, Any]]:
    asked: dict[str, Any] = {}

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.setdefault(statement, parameters)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _plans(db: Database, asked: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    engine = create_engine(db.url, poolclass=NullPool)
    explain = "EXPLAIN QUERY PLAN" if db.is_sqlite else "EXPLAIN"
    with engine.connect() as connection:
        for statement, parameters in asked.items():
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                rows = connection.exec_driver_sql(f"{explain} {statement}", parameters)
                yield " ".join(statement.split()), [str(row[-1]).strip() for row in rows]
    engine.dispose()


def whole(plan: list[str]) -> Iterator[str]:
    """Takes the lines of a plan; gives those that read a growing table, or an index of it, from end to end.

    The index of what is unanswered may be read whole: it holds nothing else.
    """
    for number, line in enumerate(plan):
        said = line.removeprefix("->").strip()
        table = next((table for table in GROWING if f" {table} " in f"{said} "), None)
        if table is None or "ix_events_unhandled" in said:
            continue
        # PostgreSQL says below an index how it is entered. One that is not is read like a table.
        conditions = [below for below in plan[number + 1 : number + 3] if below.startswith("Index Cond:")]
        if said.startswith(("SCAN ", "Seq Scan on ", "Parallel Seq Scan on ")) or (
            said.startswith(("Index Scan ", "Index Only Scan ", "Bitmap Index Scan ")) and not conditions
        ):
            yield said
