"""The dialogue engine's port: who decides which actions a message leads to."""

from typing import Protocol

from api.dialogue.turn import Said, Turn


class EngineDown(Exception):
    """The engine gave no usable answer; the message says why.

    Args:
        kind: the reason in one word, as figures have it (TROUBLES in api/dialogue/outcome.py).
        detail: a name or a number that goes with it; never anything a customer wrote.
    """

    def __init__(self, message: str, kind: str = "wrong", detail: str = "") -> None:
        super().__init__(message)
        self.kind, self.detail = kind, detail


class Engine(Protocol):
    """Thinks about one turn."""

    async def think(self, turn: Turn) -> list[Said]:
        """The bot's words for the turn; ``turn.memory`` and ``turn.trace`` are changed on the way.

        Raises:
            EngineDown: silent, slow, down or wrong.
        """
        ...
