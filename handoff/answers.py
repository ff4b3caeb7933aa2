"""Answers: what the intake knows of one field, and what it understood from one message."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["given", "refused", "invalid", "unverified"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one field.

    given: a good value; refused: the customer will not or cannot say; invalid: to be asked once more,
    `reason` says why.
    unverified: kept as it was typed, after the second failure. `seq` is the message it was said in.
    """

    status: Status
    value: str | None = None
    raw: str = ""
    reason: str | None = None
    seq: int | None = None

    @property
    def settled(self) -> bool:
        """Says whether nothing more is to be asked."""
        return self.status != "invalid"

    def as_dict(self) -> dict[str, Any]:
        """Returns the answer as JSON has it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing a message told us.

    `how`: given, replaced, refused, invalid, unverified (for a field); confirmed, denied, typo_accepted,
    typo_declined, abandoned; aside (a question asked in the middle, in `value`: answer it and go on).
    """

    field: str
    how: str
    value: str | None = None
    raw: str = ""
    reason: str | None = None


def answers_from(data: Mapping[str, Mapping[str, Any]]) -> dict[str, Answer]:
    """Takes answers as JSON has them; returns them."""
    return {field: Answer(**answer) for field, answer in data.items()}
