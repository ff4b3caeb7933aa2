"""Log lines: one JSON object a line, with the id of the customer's message, and never what the customer wrote."""

from __future__ import annotations

import json
import logging
import os
import time
import traceback
from contextlib import suppress
from contextvars import ContextVar
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

#: The product's log has the same id; a message is followed by it through both.
HEADER = "x-frontdoor-message"
LEVEL_VARIABLE = "FRONTDOOR_LOG_LEVEL"
#: A library's own words, in characters, and the innermost frames of an exception.
LONGEST, FRAMES = 200, 8

_message: "ContextVar[Text]" = ContextVar("message", default="")
_log = logging.getLogger("frontdoor.turn")


def of_message(id_: Optional[Text]) -> None:
    """From now on the lines of this task are about this message of a customer's."""
    _message.set((id_ or "")[:LONGEST])


def turn_ended(begun: float, status: int, outcome: Dict[Text, Any]) -> None:
    """Tell how a turn ended that began at that time of the performance counter: what was read, and what was done."""
    intent = (outcome.get("reading") or {}).get("intent") or {}
    _log.info(
        "turn.ended",
        extra={
            "about": {
                "status": status,
                "intent": intent.get("name"),
                "actions": [one["name"] for one in outcome.get("actions", []) if one["name"] != "action_listen"],
                "milliseconds": round(1000 * (time.perf_counter() - begun)),
            }
        },
    )


class JsonLines(logging.Formatter):
    """A record as JSON. Of libraries only the first line is told, and of an exception only its type and place."""

    def format(self, record: logging.LogRecord) -> Text:
        line: Dict[Text, Any] = {"event": _event(record), "logger": record.name, "level": record.levelname.lower()}
        if _message.get():
            line["message"] = _message.get()
        line.update(getattr(record, "about", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = _told(record.exc_info[1])
        line["timestamp"] = datetime.fromtimestamp(record.created, timezone.utc).isoformat()
        return json.dumps(line, ensure_ascii=False, default=str)


def install() -> None:
    """All of this process writes such lines: ours from the product's level on, libraries' from warnings on."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    wanted = logging.getLevelName(os.environ.get(LEVEL_VARIABLE, "info").upper())
    logging.getLogger("frontdoor").setLevel(wanted if isinstance(wanted, int) else logging.INFO)


def _event(record: logging.LogRecord) -> Text:
    try:
        lines = record.getMessage().strip().splitlines()
    except (TypeError, ValueError):
        lines = [str(record.msg)]
    first = lines[0] if lines else ""
    if first.startswith("{"):
        # Rasa's structured lines are JSON already. Their event says what happened; what else they hold may be a text.
        with suppress(ValueError):
            first = str(json.loads(first).get("event", ""))
    return first[:LONGEST]


def _told(problem: BaseException) -> List[Text]:
    told: List[Text] = []
    seen: List[BaseException] = []
    at: Optional[BaseException] = problem
    while at is not None and at not in seen:
        seen.append(at)
        frames = traceback.extract_tb(at.__traceback__)[-FRAMES:]
        places = (f"{'/'.join(Path(f.filename).parts[-2:])}:{f.lineno} {f.name}" for f in reversed(frames))
        told.append(f"{type(at).__name__} at {' < '.join(places)}")
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return told
