"""A turn: what a customer wrote at a time, and everything the bot makes of it until it is committed."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from api.dialogue.burst import joined
from api.dialogue.memory import Memory, Offered
from api.steps import Steps
from handoff.conversations import Conversation
from handoff.detection import Reading
from handoff.events import Event, Word
from handoff.facts import Fact
from handoff.ownership import Handover


@dataclass
class Button:
    """A quick reply: its words, and what pressing it means."""

    text: str
    intent: str
    value: str | None = None


@dataclass
class Said:
    """One thing the bot says: text, and what hangs on it."""

    text: str
    buttons: list[Button] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    type: str = "message"
    ticket: dict[str, Any] | None = None

    def as_word(self) -> Word:
        data: dict[str, Any] = {}
        if self.buttons:
            data["buttons"] = [{"title": b.text, "text": b.text} for b in self.buttons]
        if self.sources:
            data["sources"] = self.sources
        if self.ticket:
            data["ticket"] = self.ticket
        return Word(self.type, "bot", self.text, data)


@dataclass
class Turn:
    """What is being thought about. Actions change ``memory`` and ``facts``; nothing is durable until the commit.

    ``message`` is the last one it answers, ``earlier`` those of the same burst before it.
    ``key`` is its name towards the engine: what the engine still does for a turn that was given up must not reach
    the conversation's next one.
    """

    conversation: Conversation
    message: Event
    memory: Memory
    language: str
    asked_in: str
    at: datetime
    earlier: tuple[Event, ...] = ()
    pressed: Offered | None = None
    intent: str | None = None
    confidence: float = 1.0
    facts: list[Fact] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    trace: dict[str, Any] = field(default_factory=dict)
    reading: Reading | None = None
    fetch: str | None = None  # why a person is fetched, when what was said calls for one
    handover: Handover | None = None  # who has the conversation after this turn, when that is not the bot
    trouble: str | None = None
    away: Exception | None = None  # why an action could not ask the database, which is waited for
    engine_trouble: str | None = None  # why the engine was of no use, as ``kind detail`` of api/dialogue/outcome.py
    read_as: str | None = None  # the message without its details, when what is left tells of a matter
    meant: str | None = None  # the intent, where a reply to the bot's question says it
    acted: list[str] = field(default_factory=list)
    found: dict[Hashable, Any] = field(default_factory=dict)  # what was looked up in this turn, by what was asked
    steps: Steps = field(default_factory=Steps)
    key: str = field(default_factory=lambda: uuid4().hex)

    @property
    def text(self) -> str:
        return joined((*self.earlier, self.message))

    @property
    def known_intent(self) -> str | None:
        """The intent, where the product knows it without the engine's reading."""
        if self.fetch:
            return "request_human"
        return self.pressed.intent if self.pressed else self.meant

    @property
    def seqs(self) -> list[int]:
        """The messages it answers."""
        return [event.seq for event in (*self.earlier, self.message)]

    @property
    def matter(self) -> str:
        """What to look up: the message, without details that would only mislead."""
        return self.read_as or self.text

    def slots(self) -> dict[str, Any]:
        """The dialogue engine's slots as they follow from memory; the engine itself remembers nothing."""
        intake = self.memory.intake
        slots: dict[str, Any] = {"language": self.language}
        if self.memory.awaiting:
            slots["awaiting"] = self.memory.awaiting
        if intake is not None:
            slots["requested_slot"] = intake.next_field()
        return slots

    @property
    def expecting(self) -> str | None:
        """What was asked of the customer, as the search for details knows it: digits may be one or the other."""
        asked = {"order_number": "order_number", "order_contact": "contact"}
        return asked.get(self.memory.awaiting or "")

    @property
    def in_form(self) -> bool:
        return self.memory.intake is not None
