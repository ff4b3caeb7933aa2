"""Typing: an agent is writing; the customer sees it for a few seconds, and it is kept nowhere."""

import asyncio
from collections.abc import Callable
from urllib.parse import quote, unquote

from api.broadcast import Broadcast

#: Seconds it is shown after a key was pressed. The desk tells of it at most every few seconds.
SHOWN = 6.0
_MARK = "desk:typing:"


class Typing:
    """Who writes in which conversation, in all processes.

    Args:
        broadcast: carries it to the process the customer is connected to.
    """

    def __init__(self, broadcast: Broadcast, clock: Callable[[], float] | None = None) -> None:
        self._broadcast = broadcast
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._until: dict[str, tuple[str, float]] = {}
        broadcast.listen(self._heard)

    def begin(self, conversation_id: str, display: str) -> None:
        """Somebody presses keys."""
        self._broadcast.tell(f"{_MARK}{conversation_id}:{quote(display)}")

    def stop(self, conversation_id: str) -> None:
        """They have sent it."""
        self._broadcast.tell(f"{_MARK}{conversation_id}:")

    def who(self, conversation_id: str) -> str | None:
        """Who writes now, as customers know them."""
        display, until = self._until.get(conversation_id, ("", 0.0))
        return display if display and until > self._clock() else None

    def _heard(self, news: str) -> None:
        if not news.startswith(_MARK):
            return
        conversation_id, _, display = news.removeprefix(_MARK).partition(":")
        now = self._clock()
        self._until = {id_: kept for id_, kept in self._until.items() if kept[1] > now}
        if display:
            self._until[conversation_id] = (unquote(display), now + SHOWN)
        else:
            self._until.pop(conversation_id, None)
        self._broadcast.hear(conversation_id)
