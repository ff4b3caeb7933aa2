"""Readings: what a trained bot took held-out sentences for."""

from dataclasses import dataclass

from training_data.intents import OUT_OF_SCOPE_MARK


@dataclass(frozen=True)
class Reading:
    """One held-out sentence and what it was read as. ``taught``: the bot had learnt it, so it proves nothing."""

    language: str
    text: str
    label: str
    read_as: str
    taught: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.language, self.text, self.label

    @property
    def right(self) -> bool:
        return self.read_as == self.label

    @property
    def stranger(self) -> bool:
        """Whether the sentence is none of our business, and should be recognised as that."""
        return self.label == OUT_OF_SCOPE_MARK


@dataclass(frozen=True)
class Score:
    """So many right of so many."""

    right: int
    rows: int

    @property
    def share(self) -> float | None:
        """Right of all, 0 to 1; None of nothing."""
        return self.right / self.rows if self.rows else None


def score(readings: list[Reading]) -> Score:
    """Takes readings; returns how many of them are right."""
    return Score(sum(reading.right for reading in readings), len(readings))
