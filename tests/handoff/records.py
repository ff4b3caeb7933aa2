"""Records: what stands in the database of one customer after a step, read without the code that wrote it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from handoff.database import Database
from handoff.stream import Event, event_from
from handoff.tables import conversations, events, outbox, tickets, traces

_ORDER = ((events, events.c.seq), (traces, traces.c.id), (tickets, tickets.c.id), (outbox, outbox.c.seq))
_ALL = [select(table).where(table.c.conversation_id == bindparam("of")).order_by(order) for table, order in _ORDER]
_HELD = select(conversations.c.held_until).where(conversations.c.id == bindparam("of"))


@dataclass(frozen=True)
class Record:
    """All events, turns that ever counted (`answers`: seqs, `ticket`: number), tickets by key, and letters."""

    events: Sequence[Event]
    turns: Sequence[Mapping[str, Any]]
    tickets: Mapping[str, str]
    letters: Sequence[Mapping[str, Any]]
    held_until: datetime | None

    @property
    def messages(self) -> list[Event]:
        """What the customer wrote."""
        return [event for event in self.events if event.role == "customer"]

    @property
    def waiting(self) -> bool:
        """Whether a message is to be answered yet."""
        return any(event.handled_at is None for event in self.messages)

    def held(self, now: datetime) -> bool:
        """Whether somebody has it in hand."""
        return self.held_until is not None and self.held_until > now

    @property
    def owner(self) -> str:
        """Who has the conversation, as its events tell it."""
        return next((str(event.data["to"]) for event in reversed(self.events) if event.type == "owner"), "bot")

    @property
    def answered(self) -> list[int]:
        """The messages that turns answered, in the order in which they did."""
        return [seq for turn in self.turns for seq in turn["answers"]]

    @property
    def said(self) -> list[Event]:
        """The words that customers see."""
        return [event for event in self.events if event.type in ("message", "ticket") and event.role != "customer"]

    def check(self) -> None:
        """Raises AssertionError, with what is wrong, when anything was done twice or by the wrong speaker."""
        assert [event.seq for event in self.events] == list(range(1, len(self.events) + 1)), "a place is missing"
        keys = Counter(own_id(event) for event in self.messages)
        assert max(keys.values(), default=0) <= 1, f"stored twice: {keys}"
        assert len(set(self.answered)) == len(self.answered), f"answered by two turns: {self.turns}"
        assert self.answered == sorted(self.answered), f"not answered in order: {self.turns}"
        handled = {event.seq for event in self.messages if event.handled_at}
        assert set(self.answered) <= handled, "answered, and still waiting"
        self._check_words()
        self._check_tickets()
        assert [letter["seq"] for letter in self.letters] in ([], [event.seq for event in self.said])

    def _check_words(self) -> None:
        words = [event for event in self.events if event.role == "bot"]
        said = Counter((event.turn, event.text) for event in words)
        assert max(said.values(), default=0) <= 1, f"said twice: {said}"
        assert {event.turn for event in words} <= {max(turn["answers"]) for turn in self.turns}
        owner = "bot"
        for event in self.events:
            if event.type == "owner":
                owner = str(event.data["to"])
            elif event in self.said:
                assert event.role == owner, f"{event.text!r} is shown while the conversation belongs to: {owner}"

    def _check_tickets(self) -> None:
        promised = [turn["ticket"] for turn in self.turns if turn["ticket"]]
        assert len(set(promised)) == len(promised), f"two requests were given one ticket: {self.turns}"
        assert set(promised) <= set(self.tickets.values()), "a ticket was promised that does not exist"


async def read(database: Database, id_: str) -> Record:
    """The record of a conversation."""
    async with database.session() as connection:
        rows = [list(await connection.execute(query, {"of": id_})) for query in _ALL]
        held_until = (await connection.execute(_HELD, {"of": id_})).scalar()
    return Record(
        events=[event_from(row) for row in rows[0]],
        turns=[row.data for row in rows[1]],
        tickets={row.key: row.number for row in rows[2]},
        letters=[dict(row._mapping) for row in rows[3]],
        held_until=held_until,
    )


def own_id(event: Event) -> str:
    """The id the customer's client gave a message."""
    return str(event.client_id).removeprefix("app:")
