"""The estimate: how long a customer in the queue will wait, said only when there is something to go on."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import select

from handoff.database import Database
from handoff.tables import ownership_changes as changes

#: Handling times needed before one is believed, and how many of the latest are looked at.
FEWEST, LATEST = 5, 50
#: Older ones were another season.
LATELY = timedelta(days=7)
#: Beyond it an estimate is a guess.
LONGEST_MINUTES = 60
_STEP = 5


def estimate(position: int, handling_seconds: Sequence[float], room: int) -> int | None:
    """Takes a place in the queue (1: the next), recent handling times, and how many conversations the agents who
    are there take at once; returns the minutes to wait, rounded up to 5, or None when nothing honest can be said.
    """
    if position < 1 or room < 1 or len(handling_seconds) < FEWEST:
        return None
    # Each place becomes free once in a handling time, so the queue moves `room` places in that time.
    minutes = position * median(handling_seconds) / room / 60
    rounded = max(_STEP, math.ceil(minutes / _STEP) * _STEP)
    return rounded if rounded <= LONGEST_MINUTES else None


async def handling_seconds(db: Database, now: datetime) -> list[float]:
    """Takes the database and the moment; returns how long agents had the latest conversations they ended."""
    ended = changes.alias()
    query = (
        select(changes.c.at, ended.c.at)
        .join(ended, (ended.c.conversation_id == changes.c.conversation_id) & (ended.c.epoch == changes.c.epoch + 1))
        .where(changes.c.to == "agent", ended.c.to.in_(("closed", "bot")), ended.c.actor == changes.c.agent)
        .where(ended.c.at > now - LATELY)
        .order_by(ended.c.id.desc())
        .limit(LATEST)
    )
    async with db.session() as connection:
        return [(end - begin).total_seconds() for begin, end in await connection.execute(query)]
