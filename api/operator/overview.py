"""The overview: parts and figures at one moment, the one source of the page, its JSON and the metrics."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.operator.ledger import Book
from api.operator.parts import Parts, look
from api.operator.summary import Summary, by_channel, by_language, summarise
from api.state import State
from handoff.figures import Trouble
from handoff.outbox import Undelivered

log = structlog.get_logger()

#: Words that were given up are listed up to so many, the latest first; `frontdoor outbox list` has the others.
LISTED = 20


@dataclass(frozen=True)
class Overview:
    """``book`` is None when the database cannot be asked. ``lost``: the latest words to an app that were given up."""

    at: datetime
    zone: str
    parts: Parts
    book: Book | None
    lost: tuple[Undelivered, ...] = ()


async def gather(state: State) -> Overview:
    """Everything the operator is shown."""
    at = state.clock()
    try:
        book = await state.ledger.read(at)
        # Asked anew each time: who has just had one sent again does not want to see it still standing there.
        lost = tuple(await state.messaging.outbox.undelivered(LISTED))
    except (SQLAlchemyError, OSError) as problem:
        # The page is wanted most when something is away; the parts are shown without the figures.
        log.error("figures.not_read", reason=type(problem).__name__)
        book, lost = None, ()
    return Overview(at, str(state.ledger.zone), await look(state), book, lost)


def as_json(overview: Overview) -> dict[str, Any]:
    """The overview as plain values: moments in ISO 8601, durations in seconds, memory in bytes."""
    book = overview.book
    told = {"at": overview.at, "time_zone": overview.zone, "parts": asdict(overview.parts), "figures": None}
    if book:
        told["figures"] = {
            "counted_at": book.at,
            "today": asdict(summarise(book.today)),
            "by_language": {name: asdict(found) for name, found in by_language(book.today).items()},
            "by_channel": {name: asdict(found) for name, found in by_channel(book.today).items()},
            "now": asdict(book.backlog),
            "hours": [{"start": window.start, **_short(summarise(tally))} for window, tally in book.hours],
            "days": [{"start": window.start, **_short(summarise(tally))} for window, tally in book.days],
            "troubles": [_trouble(trouble) for trouble in book.troubles],
            "undelivered": [asdict(word) for word in overview.lost],
        }
    return told


def _short(summary: Summary) -> dict[str, Any]:
    return {name: value for name, value in asdict(summary).items() if name != "outcomes"}


def _trouble(trouble: Trouble) -> dict[str, Any]:
    kind, _, detail = trouble.why.partition(" ")
    return {"at": trouble.at, "channel": trouble.channel, "kind": kind, "detail": detail}
