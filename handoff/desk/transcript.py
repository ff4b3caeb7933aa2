"""The transcript as the desk shows it: everything that happened, the newest first to be read from the database."""

from sqlalchemy import select

from handoff.database import Database
from handoff.stream import Event, event_from
from handoff.tables import events


async def newest_events(db: Database, id_: str, limit: int, before: int | None = None) -> tuple[list[Event], bool]:
    """Takes a conversation, how many, and the seq they end before; returns them oldest first, and whether there is
    more before them."""
    here = [events.c.conversation_id == id_, *([events.c.seq < before] if before is not None else [])]
    query = select(events).where(*here).order_by(events.c.seq.desc()).limit(limit + 1)
    async with db.session() as connection:
        found = [event_from(row) for row in await connection.execute(query)]
    return found[:limit][::-1], len(found) > limit
