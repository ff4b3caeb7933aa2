"""Parts: the pieces a packet is made of, each as an agent reads it.

What stands beside each field is its description in docs/packet.schema.json, which is drawn from here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

Seq = Annotated[int | None, "the place in the conversation where it was said; null when that is not known"]
Moment = Annotated[datetime, "a moment in UTC"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing a message gave away: a row of the ledger."""

    seq: Annotated[int, "the customer's message"]
    name: Annotated[str, "the signal, such as explicit_request or anger"]
    weight: Annotated[float, "how much it counted; negative when it spoke against a hand-over"]
    quote: Annotated[str, "the words that raised it"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person is asked in."""

    code: Annotated[str, "as detection calls it, such as explicit_request; none: nothing asked for a person"]
    words: Annotated[str, "the reason as it was recorded with the change of owner, else empty"]
    source: Annotated[
        Literal["owner", "signals", "request", "none"],
        "where the code is from: the change of owner, the heaviest signal, the customer's request, or nowhere",
    ]
    at: Annotated[datetime | None, "when the conversation left the bot; null while the bot has it"]
    probability: Annotated[float | None, "that a person is needed, as detection last saw it; null: it did not look"] = (
        None
    )


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence of the customer's that says the most, letter for letter."""

    seq: Seq
    text: str
    why: Annotated[Literal["problem", "signal", "question", "matter"], "what made it be chosen"]


@dataclass(frozen=True, slots=True)
class Problem:
    """The problem, in the customer's words on one line."""

    text: str
    topic: Annotated[str | None, "the bot's intent for it"]
    confirmed: Annotated[bool, "whether the customer agreed when it was read back to them"]
    source: Annotated[Literal["form", "dialogue", "ticket", "fact", "words"], "where it is from"]


@dataclass(frozen=True, slots=True)
class Given:
    """Something the customer told us about themselves or their case."""

    field: Annotated[str, "name, email, phone, order_number …"]
    value: Annotated[str | None, "null when the customer would not or could not say"]
    status: Annotated[
        Literal["confirmed", "claimed", "refused"],
        "confirmed: the customer agreed to it when it was read back. It says nothing of who they are",
    ]
    said: Annotated[str, "the customer's own words"]
    seq: Seq


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the bot took the matter for."""

    intent: str
    confidence: Annotated[float, "calibrated probability, 0 to 1"]
    runner_up: Annotated[str | None, "the next likely intent"]
    runner_up_confidence: Annotated[float | None, "its probability"]
    seq: Annotated[int, "the message it was read from"]


@dataclass(frozen=True, slots=True)
class Attempted:
    """Something that was tried already, by the bot or by the customer."""

    kind: Annotated[
        Literal["article", "order", "step"], "an article given, an order looked up, a step of the customer's"
    ]
    name: Annotated[str, "the article's permalink, the order's number, or the step's name"]
    title: Annotated[str, "as the customer saw it, or the customer's words for a step"]
    outcome: Annotated[
        Literal["shown", "suggested", "helped", "rejected", "told", "not_told", "away", "done"],
        "what came of it; rejected: the customer said it did not help",
    ]
    seq: Seq


@dataclass(frozen=True, slots=True)
class Promised:
    """Something the customer was told would happen."""

    kind: str
    text: Annotated[str, "the words in which it was promised"]
    due_at: Moment
    made_at: Moment
    kept_at: Annotated[datetime | None, "when it was kept"]
    state: Annotated[Literal["open", "kept", "kept_late", "broken"], "as of the moment the packet was made"]
    ticket: Annotated[str | None, "the number of its ticket"]


@dataclass(frozen=True, slots=True)
class Mood:
    """How one message of the customer's sounded."""

    seq: int
    value: Annotated[float, "0 calm, towards -1 worse, above 0 better"]
    why: Annotated[tuple[str, ...], "the signals it follows from, the heaviest first"]


@dataclass(frozen=True, slots=True)
class Language:
    """The language the customer writes in."""

    now: str
    before: Annotated[tuple[str, ...], "languages of earlier messages, in order, without the present one"]
    changed: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Where an answer goes, and until when."""

    channel: str
    last_heard: Annotated[datetime | None, "the customer's last message"]
    window_hours: Annotated[int | None, "hours for which the app delivers answers; null: no limit"]
    until: Annotated[datetime | None, "the end of that time; null: no limit"]
    person_until: Annotated[datetime | None, "the same for an answer marked as a person's, where there is that"]
    open: Annotated[bool, "whether an ordinary answer is still delivered"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier ticket or conversation of the same customer."""

    kind: Literal["ticket", "conversation"]
    id: Annotated[str, "the ticket's number, or the conversation's id"]
    conversation: Annotated[str, "the conversation's id"]
    at: Moment
    state: Annotated[str, "the ticket's status, or the conversation's owner"]
    about: Annotated[str, "the ticket's subject, else empty"]
    topic: Annotated[str | None, "the bot's intent"]
    channel: str
    known_by: Annotated[Literal["this_conversation", "address", "email", "phone"], "what ties it to this customer"]
    identity: Annotated[
        Literal["same", "claimed"],
        "claimed: only the e-mail address or number is the same. Tell nothing of it before they show who they are",
    ]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article that may answer, found by whoever asked for the packet."""

    permalink: str
    title: str
    text: str
    score: float
