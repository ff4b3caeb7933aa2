"""The board: what an agent sees, view by view, with each conversation's place in the queue and the reasons for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from handoff.connection import Connection
from handoff.database import Database
from handoff.desk.items import Item, items_of
from handoff.desk.order import Standing, in_order
from handoff.desk.view import MOST, View, Viewer, closed_lately, counted, wanted
from handoff.ownership import UnknownConversation

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation stands in the queue: 1 is taken first."""

    rank: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a view. `next` is what to ask for after it, None at the end."""

    items: Sequence[tuple[Item, Place | None]]
    next: str | None


class Board:
    """Shows views. Takes the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def page(self, view: View, viewer: Viewer, now: datetime, after: str = "", limit: int = 50) -> Page:
        """Takes a view, who looks, the moment, and the last conversation they have; returns what comes after it."""
        async with self._db.session(long=True) as connection:
            if view == "closed":
                return await self._closed(connection, viewer, now, after, limit)
            placed = await _placed(connection, view, viewer, now)
        start = next((n + 1 for n, (item, _) in enumerate(placed) if item.conversation.id == after), 0)
        shown = placed[start : start + limit]
        more = len(placed) > start + limit
        return Page(shown, shown[-1][0].conversation.id if more else None)

    async def counts(self, viewer: Viewer, now: datetime) -> dict[View, int]:
        """Takes who looks and the moment; returns how many conversations are in each view."""
        async with self._db.session(long=True) as connection:
            in_queue = (await connection.execute(counted("queue", viewer, now))).scalar() or 0
            mine = (await connection.execute(counted("mine", viewer, now))).scalar() or 0
            closed = (await connection.execute(closed_lately(viewer, now))).scalar() or 0
            unhappy = await _placed(connection, "unhappy", viewer, now)
            waiting = await _placed(connection, "waiting", viewer, now)
        return {"queue": in_queue, "mine": mine, "unhappy": len(unhappy), "waiting": len(waiting), "closed": closed}

    async def queue(self, now: datetime) -> list[tuple[Item, Place | None]]:
        """Takes the moment; returns the whole queue of all teams in its order."""
        async with self._db.session(long=True) as connection:
            return await _placed(connection, "queue", Viewer(""), now)

    async def item(self, id_: str, now: datetime) -> tuple[Item, Place | None]:
        """Takes a conversation; returns it with its place, if it is in the queue. Raises UnknownConversation."""
        async with self._db.session(long=True) as connection:
            found = (await items_of(connection, [id_], now)).get(id_)
            if found is None:
                raise UnknownConversation(id_)
            if not _queued(found):
                return found, None
            everybody = await _placed(connection, "queue", Viewer(""), now)
        return next((one for one in everybody if one[0].conversation.id == id_), (found, None))

    async def _closed(self, connection: Connection, viewer: Viewer, now: datetime, after: str, limit: int) -> Page:
        # The latest first; nobody pages through years of them.
        ids = [str(id_) for id_ in (await connection.execute(wanted("closed", viewer, now).limit(MOST))).scalars()]
        start = ids.index(after) + 1 if after in ids else 0
        shown = ids[start : start + limit]
        items = await items_of(connection, shown, now)
        more = len(ids) > start + limit
        return Page([(item, None) for item in items.values()], shown[-1] if more else None)


def _queued(item: Item) -> bool:
    owner = item.conversation.owner
    return owner == "queue" or (owner in ("bot", "closed") and item.ticket is not None and item.ticket.status == "open")


async def _placed(connection: Connection, view: View, viewer: Viewer, now: datetime) -> list[tuple[Item, Place | None]]:
    ids = [str(id_) for id_ in (await connection.execute(wanted(view, viewer, now))).scalars()]
    items = await items_of(connection, ids, now)
    if view == "queue":
        order = in_order(((id_, item.urgency) for id_, item in items.items()), now)
        return [(items[id_], Place(rank, stands)) for rank, (id_, stands) in enumerate(order, 1)]
    if view == "unhappy":
        felt = [item for item in items.values() if item.unhappy]
        felt.sort(key=lambda one: (-len(one.risks), -one.frustration, one.since))
        return [(item, None) for item in felt]
    if view == "waiting":
        theirs = [item for item in items.values() if item.waiting_since is None or item.snoozed_until]
        theirs.sort(key=lambda one: one.last.at if one.last else _LONG_AGO, reverse=True)
        return [(item, None) for item in theirs]
    mine = sorted(items.values(), key=_patience)
    return [(item, None) for item in mine]


def _patience(item: Item) -> tuple[bool, datetime]:
    """Who waits for me, the longest first; then those I wait for."""
    return item.waiting_since is None, item.waiting_since or item.since
