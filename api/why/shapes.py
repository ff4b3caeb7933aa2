"""The shapes of a turn's reasons, as OpenAPI documents them; docs/why.md says what each part means."""

from typing import Any

# pydantic reads the one of typing only from Python 3.12 on.
from typing_extensions import TypedDict


class Likely(TypedDict):
    """An intent and its calibrated probability."""

    name: str
    probability: float


class IntentShape(TypedDict):
    """What the message was taken to mean. Without a probability it was not read but known: a button, a reply."""

    name: str
    probability: float | None
    runner_up: Likely | None
    margin: float | None
    ranking: list[Likely]


class ScopeShape(TypedDict):
    """How likely the message is for us at all, and from where on it counts as such."""

    score: float
    threshold: float
    rejected: bool


class ExampleShape(TypedDict):
    """A training example that is near."""

    text: str
    intent: str
    similarity: float


class ActionShape(TypedDict):
    name: str
    policy: str | None
    confidence: float | None


class RuleShape(TypedDict):
    """Which way the turn took. `how`: fetched, button, reply, form, read, rejected or plain."""

    how: str
    name: str | None
    awaiting: str | None
    button: dict[str, Any] | None
    fetched: str | None
    engine: str
    engine_down: str | None
    actions: list[ActionShape]


class MessageShape(TypedDict):
    seq: int
    text: str


class WordShape(TypedDict):
    seq: int
    type: str
    text: str


class ChangedShape(TypedDict):
    """A version that is another one now."""

    what: str
    was: str
    now: str | None


class WhyShape(TypedDict):
    """Why the bot said what it said in one turn."""

    conversation: str
    turn: int
    seq: int
    at: str
    messages: list[MessageShape]
    words: list[WordShape]
    outcome: str | None
    language: str | None
    milliseconds: int | None
    failed: bool
    intent: IntentShape | None
    scope: ScopeShape | None
    nearest: list[ExampleShape]
    rule: RuleShape
    detection: dict[str, Any] | None
    look_ups: list[dict[str, Any]]
    understanding: dict[str, Any] | None
    order: dict[str, Any] | None
    ticket: str | None
    handover: dict[str, Any] | None
    versions: dict[str, Any]
    cut: list[str]
    changed: list[ChangedShape]
    replay: str | None
