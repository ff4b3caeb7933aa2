"""What the stub knows: conversations with their events, and the calls it saw."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


class Event(dict[str, Any]):
    """One thing that happened in a conversation."""

    def sse(self) -> str:
        """The event on a stream, spread over several data lines and after a comment, as the format allows."""
        data = json.dumps(self, indent=1, ensure_ascii=False).replace("\n", "\ndata: ")
        return f": still here\nid: {self['seq']}\nevent: {self['type']}\ndata: {data}\n\n"


@dataclass
class Conversation:
    """One customer's conversation: its secret, and everything that happened."""

    id: str
    token: str
    locale: str
    events: list[Event] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)

    def add(self, role: str, text: str | None, type_: str = "message", **more: Any) -> Event:
        seq, now = len(self.events) + 1, datetime.now(UTC).isoformat()
        event = Event({"seq": seq, "type": type_, "role": role, "text": text, "at": now, **more})
        self.events.append(event)
        return event

    def has(self, after: int) -> bool:
        return len(self.events) > after

    def pending(self, after: int) -> Iterator[Event]:
        return iter(self.events[after:])


@dataclass(frozen=True)
class Call:
    """A request the server saw."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: dict[str, Any]
