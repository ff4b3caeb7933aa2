"""Dialogues: what the customers of the benchmark write, always the same and in the same order."""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: Sentences written apart from the training examples; neither bot has seen them.
HELD_OUT = "heldout/intents_en.csv"
MATTERS = (
    "ask_kb",
    "order_status",
    "delivery_late",
    "return_item",
    "refund",
    "damaged_item",
    "wrong_item",
    "invoice",
    "payment_failed",
    "account_access",
    "cancel_order",
    "change_order",
)
#: By turns: a question answered, one not answered, two in a row, and a ticket with details.
PATTERNS = (
    ("greet", "matter", "that_helped", "goodbye"),
    ("matter", "did_not_help", "deny"),
    ("matter", "matter", "thanks"),
    ("person", "matter", "name", "mail", "order", "send"),
)
FORM = ("person", "name", "mail", "order", "send")
NAMES = ("Jane Miller", "Tom Baker", "Ines Costa", "Lena Vogel")
SEED = 7


@dataclass(frozen=True)
class Dialogue:
    """One conversation's messages of a customer, in order, and what kind each is."""

    messages: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def wants_ticket(self) -> bool:
        return "order" in self.kinds


def dialogues(training_data: Path, count: int = 80) -> list[Dialogue]:
    """Take the folder of training data; give that many dialogues, the same on every machine."""
    with (training_data / HELD_OUT).open(encoding="utf-8-sig", newline="") as file:
        said: dict[str, list[str]] = {}
        for row in csv.DictReader(file):
            said.setdefault(row["label"], []).append(row["text"])
    pick = random.Random(SEED)
    return [_dialogue(PATTERNS[number % len(PATTERNS)], said, pick) for number in range(count)]


def _dialogue(pattern: Sequence[str], said: dict[str, list[str]], pick: random.Random) -> Dialogue:
    name = pick.choice(NAMES)
    details = {
        "name": name,
        "mail": f"{name.lower().replace(' ', '.')}@example.org",
        "order": f"LL-{pick.randrange(10**7, 10**8)}",
        "person": "I want to talk to a person please",
        "send": "yes, send it",
    }
    texts = [
        details[kind] if kind in details else pick.choice(said[pick.choice(MATTERS) if kind == "matter" else kind])
        for kind in pattern
    ]
    return Dialogue(tuple(texts), tuple(pattern))


def mix(found: Sequence[Dialogue]) -> dict[str, float]:
    """The share of messages that raise a matter, that are turns of the ticket form, and that are neither."""
    kinds = [kind for each in found for kind in each.kinds]
    matters, form = kinds.count("matter"), sum(kinds.count(kind) for kind in FORM)
    total = len(kinds)
    return {
        "matter": matters / total,
        "ticket form": form / total,
        "small talk and replies": (total - matters - form) / total,
    }
