"""Intake: what a ticket needs, asked one thing at a time, and nothing asked that was already said.

A pure state machine: the caller asks for `next_field()`, says the question in the customer's language, and
gives the reply to `take()`, which returns the intake as it then is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handoff.answers import Answer, Understood, answers_from
from handoff.details import find_details
from handoff.intake_changes import detour, give
from handoff.intake_replies import read
from handoff.orders import NEEDS_ORDER_NUMBER, OrderFormat

__all__ = ["FIELDS", "NEEDS_ORDER_NUMBER", "Answer", "Intake", "Understood"]

FIELDS = ("question", "name", "contact", "order_number")


@dataclass(frozen=True)
class Intake:
    """What was said so far. Nothing is changed in place: every reply gives a new intake.

    `answers` has question, name, email, phone and order_number; `contact` only when neither e-mail nor phone
    will come. `suggestion` is the mail domain that was probably meant, `declined` are the addresses the
    customer stands by. `confirmed` is False when the ticket is made although nobody confirmed the summary.
    """

    language: str = "en"
    topic: str | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    suggestion: str | None = None
    declined: tuple[str, ...] = ()
    correcting: bool = False
    confirmed: bool | None = None
    abandoned: bool = False
    misses: Mapping[str, int] = field(default_factory=dict)
    detours: Mapping[str, int] = field(default_factory=dict)
    rounds: int = 0
    understood: tuple[Understood, ...] = ()

    @classmethod
    def start(
        cls,
        language: str = "en",
        topic: str | None = None,
        *,
        question: str | None = None,
        known: Mapping[str, str | None] | None = None,
        seq: int | None = None,
    ) -> "Intake":
        """Takes what is known already: topic, question and any details, by field; returns the intake."""
        said = {name: Answer("given", value, value, seq=seq) for name, value in (known or {}).items() if value}
        if question and question.strip():
            said["question"] = Answer("given", question.strip(), question, seq=seq)
        return cls(language=language, topic=topic, answers=said)

    @property
    def done(self) -> bool:
        """Says whether the ticket can be made."""
        return self.confirmed is not None and not self.abandoned

    @property
    def needs_order_number(self) -> bool:
        """Says whether the topic is one where a person would first ask for the order."""
        return self.topic in NEEDS_ORDER_NUMBER

    def next_field(self) -> str | None:
        """Returns what to ask next, or None when there is nothing more to ask.

        One of question, name, contact, order_number, email_typo, confirmation, correction.
        """
        if self.done or self.abandoned:
            return None
        if self.suggestion is not None:
            return "email_typo"
        for needed in FIELDS:
            if not self.has(needed):
                return needed
        return "correction" if self.correcting else "confirmation"

    def has(self, name: str) -> bool:
        """Takes a field; says whether it needs no asking (any more)."""
        if name == "order_number" and not self.needs_order_number:
            return True
        parts = [self.answers[part] for part in parts_of(name) if part in self.answers]
        return bool(parts) and all(part.settled for part in parts)

    def reason(self, name: str) -> str | None:
        """Takes a field that is asked again; returns the code of what was wrong with the first answer."""
        broken = [self.answers[part] for part in parts_of(name) if part in self.answers]
        return next((answer.reason for answer in broken if not answer.settled), None)

    def value(self, name: str) -> str | None:
        """Takes a field (question, name, email, phone, order_number); returns what to put in the ticket."""
        answer = self.answers.get(name)
        return answer.value if answer is not None and answer.settled else None

    @property
    def suggested_email(self) -> str | None:
        """Returns the address we think was meant, while the customer has not said."""
        email = self.value("email")
        return f"{email.rpartition('@')[0]}@{self.suggestion}" if email and self.suggestion else None

    def details(self) -> dict[str, dict[str, Any]]:
        """Returns all that is known, by field, for the ticket: value, status, the customer's own words."""
        return {name: answer.as_dict() for name, answer in self.answers.items() if name != "question"}

    def take(
        self,
        text: str,
        intent: str | None = None,
        requested: str | None = None,
        *,
        seq: int | None = None,
        region_hints: Sequence[str] = (),
        order_pattern: str | OrderFormat | None = None,
    ) -> "Intake":
        """Takes a message, the bot's intent for it, and what it was asked for; returns the intake after it.

        What was understood is in `understood` of the result. With nothing `requested` only details are taken.
        """
        before = replace(self, understood=())
        if self.done or self.abandoned:
            return before
        found = find_details(text, region_hints, order_pattern, expecting=requested)
        return read(before, text, found, intent, requested, seq)

    def add(self, text: str, seq: int | None = None) -> "Intake":
        """Takes more about the matter, told while something else was asked; returns the intake with it.

        What was asked is asked again; when that happens too often, it is let go as after any other detour.
        """
        told = self.value("question")
        longer = give(replace(self, understood=()), "question", f"{told}\n{text}" if told else text, text, seq)
        requested = self.next_field()
        return detour(longer, requested) if requested else longer

    def to_dict(self) -> dict[str, Any]:
        """Returns the intake as JSON has it; `from_dict` is the way back."""
        data = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "understood"}
        answers = {name: answer.as_dict() for name, answer in self.answers.items()}
        counts = {"misses": dict(self.misses), "detours": dict(self.detours)}
        return {**data, **counts, "answers": answers, "declined": list(self.declined)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Intake":
        """Takes what `to_dict` returned; returns the intake."""
        return cls(**{**data, "answers": answers_from(data["answers"]), "declined": tuple(data["declined"])})


def parts_of(name: str) -> tuple[str, ...]:
    """Takes a field; returns the answers that make it up: a contact is an e-mail address or a telephone."""
    return ("email", "phone", "contact") if name == "contact" else (name,)
