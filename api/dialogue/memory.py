"""Memory: what the bot remembers of a conversation between two messages."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from api.dialogue.choosing import chosen
from handoff.intake import Intake

Awaiting = Literal["helped", "choice", "ticket_offer", "language_offer", "order_number", "order_contact", "more"]
#: What is asked of a customer who wants to know about an order, in this order.
ORDER_QUESTIONS = ("order_number", "order_contact")
#: How much of a long conversation is remembered, so that its two-thousandth message costs what its second did. The
#: oldest is forgotten first: an answer may then be given again, after so many other ones.
ANSWERS, SUGGESTED, NUMBERS = 100, 20, 50


@dataclass
class Offered:
    """A button the customer was shown: its words, and what pressing it means."""

    text: str
    intent: str
    value: str | None = None


@dataclass
class Tried:
    """An article the customer was given, and what came of it."""

    permalink: str
    title: str
    passage: str
    outcome: Literal["shown", "suggested", "helped", "rejected"] = "shown"


@dataclass
class LookUp:
    """An order the customer asked after.

    ``round``: the ticket round it was asked in; a ticket ends it. ``open``: nothing was told yet. ``misses``: replies
    of no use to what was asked last. ``failed``: a mark of the number and contact that led to nothing.
    """

    round: int = 0
    open: bool = True
    misses: int = 0
    failed: str | None = None


@dataclass
class Memory:
    """The bot's part of a conversation's durable state.

    ``question``: the last matter the customer raised, in their words. ``topic``: its intent. ``misses``: how many
    questions in a row had no answer. ``ticket_round``: counts the tickets. ``asked_for``: the message with which the
    present request for help began: however the turn that ends it is repeated, it makes one ticket. ``felt``,
    ``offered_person``: a feeling was named, a person offered, and it has not been calm since.
    ``told_orders``: the numbers of orders this customer was told about. ``root``: the question that those after it may
    lean on. ``asked_back``: how often the bot asked what is meant by it. ``matters``: the last message's questions,
    where there were several.
    """

    awaiting: Awaiting | None = None
    question: str | None = None
    topic: str | None = None
    kind: Literal["question", "person"] = "question"
    intake: Intake | None = None
    tried: list[Tried] = field(default_factory=list)
    offered: list[Offered] = field(default_factory=list)
    other_article: str | None = None
    misses: int = 0
    ticket_round: int = 0
    asked_for: int | None = None
    tickets: list[str] = field(default_factory=list)
    told_of_trouble: bool = False
    felt: bool = False
    offered_person: bool = False
    look_up: LookUp | None = None
    told_orders: list[str] = field(default_factory=list)
    root: str | None = None
    asked_back: int = 0
    matters: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The state as JSON has it; ``from_dict`` is the way back."""
        data = {name: getattr(self, name) for name in self.__dataclass_fields__}
        data["intake"] = self.intake.to_dict() if self.intake else None
        data["tried"] = [asdict(t) for t in _lately(self.tried)]
        data["tickets"], data["told_orders"] = self.tickets[-NUMBERS:], self.told_orders[-NUMBERS:]
        data["offered"] = [asdict(o) for o in self.offered]
        data["look_up"] = asdict(self.look_up) if self.look_up else None
        return data

    @classmethod
    def from_dict(cls, data: object) -> "Memory":
        if not isinstance(data, Mapping):
            return cls()
        values = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        if values.get("intake"):
            values["intake"] = Intake.from_dict(values["intake"])
        if values.get("look_up"):
            values["look_up"] = LookUp(**values["look_up"])
        values["tried"] = [Tried(**t) for t in values.get("tried", [])]
        values["offered"] = [Offered(**o) for o in values.get("offered", [])]
        return cls(**values)

    def given(self) -> frozenset[str]:
        """Passages the customer has already been told: they are not told again."""
        return frozenset(t.passage for t in self.tried if t.passage)

    def pressed(self, text: str) -> Offered | None:
        """The button these words belong to, when the last ones shown had one."""
        said = " ".join(text.split()).casefold()
        exact = next((o for o in self.offered if " ".join(o.text.split()).casefold() == said), None)
        return exact or self._chosen(text)

    def _chosen(self, text: str) -> Offered | None:
        """What was offered and is named by its number or a part of its name: an article, or a question of theirs."""
        articles = [one for one in self.offered if one.intent == "choose_article"]
        # "Which of them isn't answered yet?" - "the first one".
        articles = articles or [one for one in self.offered if one.intent == "did_not_help" and one.value]
        place = chosen([one.text for one in articles], text)
        return None if place is None else articles[place]


def _lately(tried: Sequence[Tried]) -> list[Tried]:
    """What was tried last, in order, each thing once: passages that were told, and what was only named or looked up."""
    told: dict[str, int] = {}
    named: dict[str, int] = {}
    for place, one in enumerate(tried):
        (told if one.passage else named)[one.passage or one.permalink] = place
    places = sorted([*sorted(told.values())[-ANSWERS:], *sorted(named.values())[-SUGGESTED:]])
    return [tried[place] for place in places]
