"""Outcome: what the knowledge base has to say to a question, as everybody else sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kb_index.choices import Choice
from kb_index.search import Hit

Kind = Literal["answer", "suggest", "none"]


@dataclass(frozen=True)
class Answer:
    """A passage in the article's own words, short enough for a chat, and where it stands."""

    text: str
    title: str
    heading: str
    permalink: str
    anchor: str
    lang: str
    passage_id: str


@dataclass(frozen=True)
class Suggestion:
    """An article that may help, by name."""

    title: str
    permalink: str
    lang: str
    score: float


@dataclass(frozen=True)
class Outcome:
    """What the knowledge base has to say to a question, how sure it is, and why.

    `leans`: the message was understood together with what was before it, to which `nearness` says how plainly a section
    answers (1: enough). `again`: the answer stands in what the
    customer was told, and is the line of it that is meant. `choices`: what a vague message may have meant.
    """

    kind: Kind
    lang: str
    confidence: float
    answer: Answer | None = None
    suggestions: tuple[Suggestion, ...] = ()
    hits: tuple[Hit, ...] = ()
    other_language: Suggestion | None = None
    trace: dict[str, object] = field(default_factory=dict)
    leans: bool = False
    nearness: float = 0.0
    again: bool = False
    choices: tuple[Choice, ...] = ()
