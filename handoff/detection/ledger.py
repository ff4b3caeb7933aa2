"""Ledger: the signs that a customer needs a person, each with its weight and the customer's own words."""

from dataclasses import dataclass
from typing import Literal

Decision = Literal["go_on", "acknowledge", "offer", "hand_over"]


@dataclass(frozen=True)
class Said:
    """One thing that was said. ``seq``: its place in the conversation, as the ledger names it."""

    role: Literal["customer", "bot", "agent"]
    text: str
    seq: int


@dataclass(frozen=True)
class Context:
    """What the product knows besides the words; what it does not know stays as it is here.

    ``request_human``: the probability with which the message was read as a request for a person. ``form_asked``: how
    often in a row the same field of the form was asked. ``misses``: questions in a row without an answer.
    ``same_answer``: the bot's last answer had been given before. ``waited``: seconds the customer has waited for a
    reply or a person.
    """

    request_human: float = 0.0
    form_asked: int = 0
    misses: int = 0
    same_answer: bool = False
    waited: float = 0.0


@dataclass(frozen=True)
class Signal:
    """A sign. ``weight``: what it adds to the sum (log-odds). ``quote``: the words that raised it, exactly as said.

    ``seq``: of the turn the quote stands in.
    """

    name: str
    weight: float
    quote: str
    seq: int


@dataclass(frozen=True)
class Reading:
    """What a turn says. ``reason``: the strongest sign's name as figures and packet know it; empty when going on.

    ``probability``: that a person should take over now. ``ledger``: the strongest sign first.
    """

    probability: float
    decision: Decision
    reason: str
    ledger: tuple[Signal, ...]
