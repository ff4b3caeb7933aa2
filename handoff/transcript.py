"""The transcript: who said what and when, as a person reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handoff.database import Database
from handoff.events import Event, Events

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation: the role that spoke, the text, the moment."""

    role: str
    text: str
    at: datetime

    def as_dict(self) -> dict[str, object]:
        """Returns the line as JSON has it."""
        return {"role": self.role, "text": self.text, "at": self.at.isoformat()}


def lines(events: Iterable[Event]) -> list[Line]:
    """Takes events; returns what a reader sees of them: everything with words that was really said."""
    return [Line(event.role, event.text, event.at) for event in events if event.text and event.type != "dropped"]


async def transcript(db: Database, conversation_id: str) -> list[Line]:
    """Takes a conversation; returns all its lines from the beginning."""
    store = Events(db)
    result: list[Line] = []
    seq = 0
    while page := await store.after(conversation_id, seq, _PAGE):
        result += lines(page)
        seq = page[-1].seq
    return result
