"""News: every open desk hears which conversation to look at again, and why."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

import structlog
from sqlalchemy import and_, select

from api import logs
from api.broadcast import Broadcast
from handoff.database import Database
from handoff.stream import DROPPED, NOTE
from handoff.tables import conversations, events

log = structlog.get_logger()

What = Literal["queue", "message", "owner", "note", "presence", "alert"]
PRESENCE = "desk:presence"
_OURS, _DESKS = "desk:", "desk:open"
#: Conversations whose last event is remembered. Of others, the latest is looked at.
_KNOWN = 5000
#: News a desk may leave unread; then it is told to read everything again, by being cut off.
_UNREAD = 500
_LATEST = 5


@dataclass(frozen=True, slots=True)
class News:
    """Something to read again; `conversation` is None when it is no conversation's."""

    conversation: str | None
    what: What


class OpenDesk:
    """What is news for one open desk, until it is closed.

    Args:
        woken: set when there is something, and when the product stops.
    """

    def __init__(self, woken: asyncio.Event) -> None:
        self._woken = woken
        self._unread: deque[News] = deque()

    def put(self, news: News) -> bool:
        """Something is news; False when nobody reads it."""
        self._unread.append(news)
        self._woken.set()
        return len(self._unread) <= _UNREAD

    async def get(self, within: float) -> News | None:
        """What is news next; None after some seconds of nothing, or when the product stops."""
        if not self._unread:
            self._woken.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), within)
        return self._unread.popleft() if self._unread else None

    def __len__(self) -> int:
        return len(self._unread)


class Newsroom:
    """Built with the desk; hears of every conversation in every process."""

    def __init__(self, database: Database, broadcast: Broadcast) -> None:
        self._database = database
        self._broadcast = broadcast
        self._desks: set[OpenDesk] = set()
        self._waiting: dict[str, None] = {}
        self._filled = asyncio.Event()
        self._seen: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None
        broadcast.listen(self._heard)

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def presence(self) -> None:
        """A colleague came, went, or has had enough; told in all processes."""
        self._broadcast.tell(PRESENCE)

    def alert(self, conversation_id: str) -> None:
        """There is a new alert; told here, for each process finds alerts by itself."""
        self._tell([News(conversation_id, "alert")])

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[OpenDesk]:
        """What is news from now on, for one open desk."""
        async with self._broadcast.watch(_DESKS) as woken:
            desk = OpenDesk(woken)
            self._desks.add(desk)
            try:
                yield desk
            finally:
                self._desks.discard(desk)

    def open(self, desk: OpenDesk) -> bool:
        """Whether a desk still hears news."""
        return desk in self._desks and not self._broadcast.closed

    def _heard(self, told: str) -> None:
        if not self._desks:
            return
        if told == PRESENCE:
            self._tell([News(None, "presence")])
        elif not told.startswith(_OURS):
            self._waiting[told] = None
            self._filled.set()

    async def _run(self) -> None:
        while True:
            await self._filled.wait()
            self._filled.clear()
            told, self._waiting = list(self._waiting), {}
            try:
                self._tell(await self._looked_up(told))
            except Exception as problem:  # noqa: BLE001
                # The database may be away; a desk that hears nothing asks by itself from time to time.
                log.warning("desk.news_lost", reason=logs.reason(problem))

    async def _looked_up(self, ids: Iterable[str]) -> list[News]:
        found: dict[News, None] = {}
        async with self._database.session() as connection:
            for id_ in ids:
                here = and_(events.c.conversation_id == id_, events.c.seq > self._seen.get(id_, 0))
                query = select(events.c.seq, events.c.type, events.c.role, events.c.data, conversations.c.owner)
                query = query.join(conversations, conversations.c.id == events.c.conversation_id).where(here)
                rows = (await connection.execute(query.order_by(events.c.seq.desc()).limit(_LATEST))).all()
                if not rows:
                    continue
                if id_ not in self._seen:
                    # Never heard of here: only what came last is sure to be news.
                    rows = rows[:3]
                self._remember(id_, rows[0][0])
                for _, type_, role, data, owner in reversed(rows):
                    found |= dict.fromkeys(_news(id_, type_, role, data, owner))
        return list(found)

    def _remember(self, id_: str, seq: int) -> None:
        self._seen.pop(id_, None)
        self._seen[id_] = seq
        if len(self._seen) > _KNOWN:
            del self._seen[next(iter(self._seen))]

    def _tell(self, news: Iterable[News]) -> None:
        for one in news:
            for desk in list(self._desks):
                if not desk.put(one):
                    self._desks.discard(desk)


def _news(id_: str, type_: str, role: str, data: object, owner: str) -> Iterator[News]:
    if type_ == "owner":
        yield News(id_, "owner")
        if isinstance(data, dict) and data.get("to") == "queue":
            yield News(id_, "queue")
    elif type_ == "ticket":
        yield News(id_, "queue")
    elif type_ == NOTE or (type_ == DROPPED and role == "bot" and owner != "bot"):
        # What the bot had to say when it was no longer its turn is for the team's eyes, like a note.
        yield News(id_, "note")
    elif owner != "bot" and type_ != DROPPED and role != "bot":
        # What customers say to the bot is nobody's work, and there is much of it.
        yield News(id_, "message")
