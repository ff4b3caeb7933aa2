"""Replay: labelled dialogues read turn by turn as in service, and how often a person was fetched rightly."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from handoff.detection.detector import Detector
from handoff.detection.ledger import Said

ROLES = ("customer", "bot", "agent")


class BadDialogues(Exception):
    """A file of dialogues that cannot be read; names the file, the line, the field and what to do."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")


@dataclass(frozen=True)
class Dialogue:
    """``handoff_at``: the place of the turn at which a person should take over; None when the bot should go on."""

    id: str
    language: str
    said: tuple[Said, ...]
    handoff_at: int | None
    reason: str


@dataclass(frozen=True)
class Replayed:
    """A dialogue with what detection made of it. ``ledger``: of the turn at which it handed over."""

    dialogue: Dialogue
    predicted_at: int | None
    reason: str | None
    ledger: tuple[dict[str, Any], ...]

    def row(self) -> dict[str, Any]:
        """As the report has it."""
        return {
            "id": self.dialogue.id,
            "predicted_at": self.predicted_at,
            "reason": self.reason,
            "ledger": list(self.ledger),
        }


def read_dialogues(file: Path) -> list[Dialogue]:
    """The dialogues of a JSONL file; fields it does not know are left alone.

    Raises:
        BadDialogues: with file, line, field and what to do.
    """
    found: list[Dialogue] = []
    ids: dict[str, int] = {}
    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError as problem:
        raise BadDialogues(file, 1, f"the file is not UTF-8 (byte {problem.start}). Save it as UTF-8.") from problem
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except ValueError as problem:
            raise BadDialogues(file, number, f"this is not JSON ({problem}). Write one dialogue a line.") from problem
        try:
            dialogue = _dialogue(data)
        except ValueError as problem:
            raise BadDialogues(file, number, str(problem)) from problem
        if dialogue.id in ids:
            earlier = ids[dialogue.id]
            raise BadDialogues(file, number, f"id {dialogue.id!r} stands in line {earlier} too. Give each its own.")
        ids[dialogue.id] = number
        found.append(dialogue)
    if not found:
        raise BadDialogues(file, 1, "there is no dialogue in it. Write one JSON object a line.")
    return found


def _dialogue(data: object) -> Dialogue:
    if not isinstance(data, dict):
        raise ValueError("a dialogue must be a JSON object {id, lang, turns, handoff_at, reason}.")
    for field in ("id", "lang"):
        if not isinstance(data.get(field), str) or not data[field].strip():
            raise ValueError(f"{field} must be a text; it is {_short(data.get(field))}.")
    turns = data.get("turns")
    if not isinstance(turns, list) or not turns:
        raise ValueError(f"turns must be a list of {{role, text}} with at least one; it is {_short(turns)}.")
    said = tuple(_said(turn, place) for place, turn in enumerate(turns))
    if "handoff_at" not in data:
        raise ValueError("handoff_at is missing; write the place of a turn, counted from 0, or null.")
    at = data["handoff_at"]
    if at is not None:
        if isinstance(at, bool) or not isinstance(at, int) or not 0 <= at < len(said):
            raise ValueError(f"handoff_at must be null or a turn from 0 to {len(said) - 1}; it is {_short(at)}.")
        if said[at].role != "customer":
            raise ValueError(f"handoff_at must be a customer's turn; turn {at} is the {said[at].role}'s.")
    reason = data.get("reason")
    if reason is not None and not isinstance(reason, str):
        raise ValueError(f"reason must be a text or null; it is {_short(reason)}.")
    return Dialogue(data["id"], data["lang"], said, at, reason or "")


def _said(turn: object, place: int) -> Said:
    if not isinstance(turn, dict) or turn.get("role") not in ROLES:
        role = turn.get("role") if isinstance(turn, dict) else turn
        raise ValueError(f"turns[{place}].role must be customer, bot or agent; it is {_short(role)}.")
    if not isinstance(turn.get("text"), str):
        raise ValueError(f"turns[{place}].text must be a text; it is {_short(turn.get('text'))}.")
    return Said(cast(Any, turn["role"]), turn["text"], place)


def _short(value: object) -> str:
    told = json.dumps(value, ensure_ascii=False)
    return "missing" if value is None else told if len(told) <= 40 else told[:37] + "…"


def replay(dialogue: Dialogue, detector: Detector) -> Replayed:
    """Reads a dialogue as it went on, and stops at the first handover. An offer of a person lets the bot go on."""
    for place, one in enumerate(dialogue.said):
        if one.role != "customer":
            continue
        reading = detector.read(dialogue.said[: place + 1], dialogue.language)
        if reading.decision == "hand_over":
            ledger = tuple(
                {"turn": signal.seq, "signal": signal.name, "weight": signal.weight, "quote": signal.quote}
                for signal in reading.ledger
            )
            return Replayed(dialogue, place, reading.reason, ledger)
    return Replayed(dialogue, None, None, ())


def evaluate(dialogues: Sequence[Dialogue], detector: Detector) -> dict[str, Any]:
    """The report of ``frontdoor eval handoff``: all, by language, by reason, and a row for each dialogue."""
    done = [replay(one, detector) for one in dialogues]
    languages = sorted({one.language for one in dialogues})
    reasons = sorted({one.reason for one in dialogues if one.handoff_at is not None})
    return {
        **figures(done),
        "by_language": {name: figures([one for one in done if one.dialogue.language == name]) for name in languages},
        "by_reason": {
            name: _of_reason(
                [one for one in done if one.dialogue.handoff_at is not None and one.dialogue.reason == name]
            )
            for name in reasons
        },
        "explicit_request": _requests(done),
        "rows": [one.row() for one in done],
    }


def figures(done: Sequence[Replayed]) -> dict[str, Any]:
    """What counting gives; a figure with nothing behind it is None.

    A dialogue is found when it needed a person and got one, whenever that was. The delay counts turns of the dialogue
    between the labelled turn and the handover; an early handover has no delay and is counted as ``early`` as well.
    """
    needed = [one for one in done if one.dialogue.handoff_at is not None]
    calm = [one for one in done if one.dialogue.handoff_at is None]
    found = [one for one in needed if one.predicted_at is not None]
    alarms = [one for one in calm if one.predicted_at is not None]
    precision, recall = _share(len(found), len(found) + len(alarms)), _share(len(found), len(needed))
    f1 = None
    if precision is not None and recall is not None:
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    delays = [max(0, _delay(one)) for one in found]
    return {
        "dialogues": len(done),
        "handoffs": len(needed),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "false_alarm_rate": _share(len(alarms), len(calm)),
        "mean_delay_turns": sum(delays) / len(delays) if delays else None,
        "early": sum(_delay(one) < 0 for one in found),
    }


def _of_reason(done: Sequence[Replayed]) -> dict[str, Any]:
    delays = [max(0, _delay(one)) for one in done if one.predicted_at is not None]
    return {
        "handoffs": len(done),
        "recall": _share(sum(one.predicted_at is not None for one in done), len(done)),
        "mean_delay_turns": sum(delays) / len(delays) if delays else None,
        "reason_agrees": _share(
            sum(one.reason == one.dialogue.reason for one in done if one.predicted_at is not None), len(delays)
        ),
    }


def _requests(done: Sequence[Replayed]) -> Mapping[str, float | None]:
    """How well a request in words is told from everything else: by the reason the product would give."""
    asked = [one for one in done if one.dialogue.reason == "explicit_request" and one.dialogue.handoff_at is not None]
    said_so = [one for one in done if one.reason == "explicit_request"]
    right = sum(one in asked for one in said_so)
    return {
        "recall": _share(sum(one.predicted_at is not None for one in asked), len(asked)),
        "precision": _share(right, len(said_so)),
    }


def _delay(one: Replayed) -> int:
    return (one.predicted_at or 0) - (one.dialogue.handoff_at or 0)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
