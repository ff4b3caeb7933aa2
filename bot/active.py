"""The active model, for a bot that its product did not start: which file to serve, and when to make way for another.

The product writes two files beside its models: ``manifest.json`` (each model it trained, with the hash of its file) and
``active.json`` (which one is live). This process serves the live one. When another becomes live it ends, and whoever
started it starts it again. Replicas take turns, so that one is always there.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import socket
import time
from pathlib import Path
from typing import Any, Optional, Tuple

MANIFEST, ACTIVE, TURN = "manifest.json", "active.json", "exchange.json"
LOOK_EVERY = 1.0
#: Seconds after which a replica that went to fetch another model is taken to be lost, and the next may go. Long, for a
#: model that does not load must not take one replica after the other away from customers.
LOST_AFTER = 900.0

log = logging.getLogger("frontdoor.active")


class NoActiveModel(Exception):
    """There is no model to serve; the message says what to do."""


class ActiveModel:
    """The models folder as a serving process sees it.

    Args:
        folder: the product's models; only read.
        turns: a folder all replicas may write in, by which they take turns; None for a single one.
        name: the replica's own, the same after a restart; the host's by default.
    """

    def __init__(self, folder: Path, turns: Optional[Path] = None, name: Optional[str] = None) -> None:
        self.folder = folder
        self.turn = turns / TURN if turns else None
        self.name = name or socket.gethostname()

    def version(self) -> Optional[str]:
        """The version that is live; None before the first training, or in the middle of nothing readable."""
        state = _read(self.folder / ACTIVE)
        history = state.get("history") if isinstance(state, dict) else None
        return str(history[-1]) if history and isinstance(history, list) else None

    def file(self) -> Path:
        """The live model's file, when it is the one its product trained.

        Raises:
            NoActiveModel: there is none, or it is another file.
        """
        return self.file_and_hash()[0]

    def file_and_hash(self) -> Tuple[Path, str]:
        """The live model's file and its hash in the manifest; raises NoActiveModel likewise."""
        version = self.version()
        entries = _read(self.folder / MANIFEST) or []
        entry = next((e for e in entries if version and e["made_from"].startswith(version)), None)
        if entry is None:
            raise NoActiveModel(f"No model is live in {self.folder}. Train one: `frontdoor train`.")
        file = self.folder / entry["file"]
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != entry["sha256"]:
            raise NoActiveModel(f"{file} is not the model that was trained; it will not be loaded.")
        return file, str(entry["sha256"])

    def wait_for_another(self, than: str) -> None:
        """Returns when another version is live and it is this replica's turn to fetch it."""
        said = ""
        while True:
            time.sleep(LOOK_EVERY)
            try:
                if self.version() not in (None, than) and self._take_turn():
                    return
            except Exception as problem:
                # The disk may be full or away: the model that serves goes on, and it is tried again.
                if repr(problem) != said:
                    log.exception("The turn to fetch another model could not be taken; it is tried again.")
                said = repr(problem)

    def arrived(self) -> None:
        """This replica serves again: the next may go."""
        try:
            if self.turn and self._whose() == self.name:
                self.turn.unlink(missing_ok=True)
        except OSError:
            log.exception("The turn could not be given back; the next replica goes in %.0f s.", LOST_AFTER)

    def _whose(self) -> Optional[str]:
        told = _read(self.turn) if self.turn else None
        return told.get("name") if isinstance(told, dict) else None

    def _take_turn(self) -> bool:
        if self.turn is None:
            return True
        self._clear_lost(self.turn)
        # Its own beside the others', and then put in place whole: a crash on the way holds nobody up.
        draft = self.turn.with_name(f".{TURN}.{self.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o660), "w", encoding="utf-8") as file:
                json.dump({"name": self.name}, file)
            os.link(draft, self.turn)
        except FileExistsError:
            return False
        finally:
            draft.unlink(missing_ok=True)
        return True

    def _clear_lost(self, turn: Path) -> None:
        """Takes the turn from one that went long ago and did not come back."""
        aside = turn.with_name(f".{TURN}.lost.{self.name}.{os.getpid()}")
        try:
            if not _lost(turn):
                return
            turn.rename(aside)
            if not _lost(aside):
                # Another replica cleared it meanwhile, and this is the turn of whoever goes now.
                os.link(aside, turn)
        except (FileNotFoundError, FileExistsError):
            return  # Another replica was quicker: the turn is free or taken, as the next look tells.
        finally:
            aside.unlink(missing_ok=True)


def _lost(turn: Path) -> bool:
    return time.time() - turn.stat().st_mtime > LOST_AFTER


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
