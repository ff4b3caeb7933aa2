"""The dialogue engine's port: who decides which actions a message leads to."""

from typing import Protocol

from api.dialogue.turn import Said, Turn


class EngineDown(Exception):
    """The engine gave no usable answer; the message says why."""


class Engine(Protocol):
    """Thinks about one turn."""

    async def think(self, turn: Turn) -> list[Said]:
        """The bot's words for the turn; ``turn.memory`` and ``turn.trace`` are changed on the way.

        Raises:
            EngineDown: silent, slow, down or wrong.
        """
        ...
