"""What an action gives back: words, and what the dialogue engine is to know."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from api.actions.services import Services
from api.dialogue.turn import Said, Turn


@dataclass
class Result:
    """``slots`` are set in the engine's tracker, in order; ``requested_slot`` None ends the form."""

    said: list[Said] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)

    def events(self) -> list[dict[str, Any]]:
        """The slots in Rasa's action protocol."""
        return [{"event": "slot", "name": name, "value": value} for name, value in self.slots.items()]


Action = Callable[[Turn, Services], Awaitable[Result]]
