"""Remembered: what the bot's memory of a conversation tells an agent, however that memory is written.

The memory is the bot's own and may be older than this code, or damaged. Whatever cannot be read is left out: a packet
with less in it is better than none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

#: What the bot notes of an article it gave or named.
OUTCOMES = ("shown", "suggested", "helped", "rejected")


@dataclass(frozen=True, slots=True)
class Tried:
    """An article the customer was given or named, or an order they were told about."""

    permalink: str
    title: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What the ticket form has of one field; `value` is None when the customer would not say."""

    value: str | None
    raw: str
    seq: int | None
    settled: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """The bot's memory, as far as an agent needs it. `confirmed`: None while the form is not at its end."""

    question: str | None = None
    topic: str | None = None
    wants_person: bool = False
    tried: tuple[Tried, ...] = ()
    form: Mapping[str, Noted] | None = None
    confirmed: bool | None = None


def remembered(dialogue: object) -> Remembered:
    """Takes what a conversation keeps of its dialogue; returns what can be read of it. Never raises."""
    memory = _mapping(dialogue)
    intake = _mapping(memory.get("intake"))
    confirmed = intake.get("confirmed")
    return Remembered(
        question=_text(memory.get("question")),
        topic=_text(memory.get("topic")),
        wants_person=memory.get("kind") == "person",
        tried=tuple(_tried(_list(memory.get("tried")))),
        form=_form(_mapping(intake.get("answers"))) if intake and intake.get("abandoned") is not True else None,
        confirmed=confirmed if isinstance(confirmed, bool) else None,
    )


def _tried(entries: list[object]) -> list[Tried]:
    found = []
    for entry in map(_mapping, entries):
        permalink, outcome = _text(entry.get("permalink")), entry.get("outcome")
        if permalink is not None:
            title = _text(entry.get("title")) or permalink
            found.append(Tried(permalink, title, outcome if outcome in OUTCOMES else "shown"))
    return found


def _form(answers: Mapping[str, object]) -> dict[str, Noted]:
    noted = {}
    for field, answer in answers.items():
        said = _mapping(answer)
        value, status, seq = _text(said.get("value")), said.get("status"), said.get("seq")
        if value is not None or status == "refused":
            raw = _text(said.get("raw")) or value or ""
            noted[field] = Noted(value, raw, whole(seq), status in ("given", "refused", "unverified"))
    return noted


def whole(value: object) -> int | None:
    """Takes anything; returns it when it is a place in a conversation."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
