"""The packet: everything an agent needs to take over, made from what is in the database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any

from handoff.packet.json_form import json_form
from handoff.packet.parts import (
    Attempted,
    Earlier,
    Evidence,
    Given,
    Language,
    Mood,
    Passage,
    Problem,
    Promised,
    Reach,
    Reason,
    Telling,
    Understanding,
)

#: Major and minor. Fields are only ever added (minor); one that goes or changes its meaning raises the major.
VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Packet:
    """What a conversation comes to, for the person who takes it over."""

    version: Annotated[str, "major.minor of this document's form"]
    conversation: Annotated[str, "the conversation's id"]
    made_at: Annotated[datetime, "when it was made, in UTC; it is true of that moment"]
    as_of_seq: Annotated[int, "the last event it knows of"]
    owner: Annotated[str, "bot, queue, agent or closed"]
    agent: Annotated[str | None, "who has it, when an agent does"]
    epoch: Annotated[int, "counts the changes of owner"]
    reason: Reason
    ledger: Annotated[tuple[Evidence, ...], "what was noticed, oldest first; of many, the newest"]
    telling: Annotated[tuple[Telling, ...], "at most three sentences of the customer's, in their order"]
    problem: Annotated[Problem | None, "null when nothing was told yet"]
    given: Annotated[tuple[Given, ...], "details; nothing in here is to be asked again"]
    understanding: Annotated[Understanding | None, "null when the bot read no message"]
    tried: tuple[Attempted, ...]
    promises: tuple[Promised, ...]
    mood: Annotated[tuple[Mood, ...], "the customer's latest messages, oldest first"]
    language: Language
    reach: Reach
    earlier: Annotated[tuple[Earlier, ...], "the newest first"]
    passages: tuple[Passage, ...]
    opening: Annotated[str, "a first sentence in the customer's language, for the agent to change as they like"]

    def to_dict(self) -> dict[str, Any]:
        """Returns the packet as JSON has it: docs/packet.schema.json says how."""
        form: dict[str, Any] = json_form(self)
        return form

    def with_passages(self, passages: Iterable[Passage]) -> "Packet":
        """Takes passages that may answer; returns the same packet with them."""
        return replace(self, passages=tuple(passages))

    def value(self, field: str) -> str | None:
        """Takes a detail's field; returns its value, or None when it is not known."""
        return next((one.value for one in self.given if one.field == field), None)
