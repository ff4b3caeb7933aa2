"""Samples: labelled dialogues, messages and the bot's own examples, as detection learns from them."""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from handoff.detection.ledger import Context, Said
from handoff.detection.moment import Meaning, Moment, lately, see
from handoff.detection.words import LANGUAGES

Kind = Literal["", "request", "danger", "trouble"]
#: The lists of phrases_<language>.yml, and what a message of each is.
LISTS: Mapping[str, Kind] = {
    "person": "trouble", "go_on": "", "asks": "request", "asks_not": "", "danger": "danger", "danger_not": "",
    "asks_unseen": "request", "asks_unseen_not": "", "danger_unseen": "danger", "danger_unseen_not": "",
}  # fmt: skip
#: Lists that the tables of words were not written for.
UNSEEN = ("person", "go_on", "asks_unseen", "asks_unseen_not", "danger_unseen", "danger_unseen_not")
#: The beginning of the names of those that try a question.
UNSEEN_OF = {"request": "asks_unseen", "danger": "danger_unseen"}
#: Samples are parted into fifths by this seed; what is told of a fifth is learnt from the others.
SEED, FOLDS = 5, 5
_REQUEST_INTENT = "request_human"
#: "Have somebody call me" opens a ticket and reaches a person: whether it asks for one is a matter of taste.
_EITHER_WAY = "open_ticket"
_KINDS: Mapping[str, Kind] = {"explicit_request": "request", "safety": "danger"}


@dataclass(frozen=True)
class Sample:
    """A customer's message, and what it is.

    ``group``: samples of one dialogue share it, and are never judged by each other. ``turn``: its place in the
    dialogue, -1 for a message on its own. ``kind``: why a person should take over here; empty when the bot goes on.
    ``unseen``: the tables of words were written without it in sight; it alone shows what they are worth. ``example``:
    it is one of the bot's own.
    """

    group: str
    turn: int
    language: str
    kind: Kind
    reason: str
    moment: Moment
    unseen: bool = False
    example: bool = False

    @property
    def text(self) -> str:
        return self.moment.last.text

    def unseen_of(self, question: str) -> bool:
        """Whether it is of the messages written to tell whether a question is answered rightly."""
        return f"-{UNSEEN_OF[question]}" in self.group

    @property
    def wanted(self) -> bool:
        """Whether a person should take over."""
        return bool(self.kind)


def fold_of(sample: Sample) -> int:
    """The fifth a sample belongs to; a dialogue stays whole, and the same one on every machine."""
    return zlib.crc32(f"{SEED}{sample.group}".encode()) % FOLDS


def of_dialogues(dialogues: Sequence[Mapping[str, Any]], meaning: Meaning | None) -> list[Sample]:
    """The customer's turns up to the handover."""
    found = []
    for dialogue in dialogues:
        said = [Said(turn["role"], turn["text"], place) for place, turn in enumerate(dialogue["turns"])]
        at, reason, language = dialogue["handoff_at"], dialogue["reason"], dialogue["lang"]
        for place, one in enumerate(said):
            if one.role != "customer" or (at is not None and place > at):
                continue
            kind: Kind = _KINDS.get(reason, "trouble") if place == at else ""
            moment = see(lately(said[: place + 1]), language, Context(), meaning if language == "en" else None)
            found.append(Sample(dialogue["id"], place, language, kind, reason, moment, bool(dialogue.get("unseen"))))
    return found


def _alone(text: str, group: str, language: str, kind: Kind, *, unseen: bool = False, example: bool = False) -> Sample:
    moment = see([Said("customer", text, 0)], language, Context())
    return Sample(group, -1, language, kind, "", moment, unseen, example)


def read_dialogues(folder: Path) -> list[dict[str, Any]]:
    """The rows to learn from, of <language>.jsonl; those marked heldout are left alone."""
    files = [folder / f"{language}.jsonl" for language in LANGUAGES]
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [row for row in rows if row.get("split") == "train"]


def read_phrases(folder: Path) -> list[Sample]:
    """Messages on their own, of phrases_<language>.yml."""
    found = []
    for language in LANGUAGES:
        lists = yaml.safe_load((folder / f"phrases_{language}.yml").read_text("utf-8"))
        for name, kind in LISTS.items():
            found += [
                _alone(str(text), f"{language}-{name}-{place}", language, kind, unseen=name in UNSEEN)
                for place, text in enumerate(lists[name])
            ]
    return found


def read_examples(folder: Path) -> list[Sample]:
    """The bot's own examples: those of a request for a person, and all others."""
    found = []
    for language in LANGUAGES:
        for file in sorted((folder / language).glob("*.yml")):
            for entry in yaml.safe_load(file.read_text("utf-8")).get("nlu", []):
                kind: Kind = "request" if entry.get("intent") == _REQUEST_INTENT else ""
                lines = [line.strip().removeprefix("-").strip() for line in str(entry.get("examples", "")).splitlines()]
                if entry.get("intent", _EITHER_WAY) != _EITHER_WAY:
                    found += [
                        _alone(text, f"{file.name}-{language}-{entry['intent']}-{place}", language, kind, example=True)
                        for place, text in enumerate(lines)
                        if text
                    ]
    return found


def hash_of(*folders: Path) -> str:
    """A short hash of the data, so that a model says what it was fitted on."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".jsonl", ".yml"):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]
