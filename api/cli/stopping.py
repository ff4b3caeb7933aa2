"""Stopping: a product that is asked to end finishes what is in hand and is gone within ten seconds."""

import asyncio
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from api.cli.progress import console

ASKED = (signal.SIGINT, signal.SIGTERM)
#: What uvicorn says, as an error, when somebody is still in the middle of sending something.
UVICORN_CUTS_SHORT = "Cancel %s running task(s), timeout graceful shutdown exceeded"


@contextmanager
def stoppable() -> Iterator[None]:
    """While the product prepares itself, Ctrl-C or SIGTERM ends it at once, and that is no failure."""
    before = {number: signal.signal(number, _end) for number in ASKED}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, frame: FrameType | None) -> None:
    for asked in ASKED:
        # Asked twice, it is already on its way.
        signal.signal(asked, signal.SIG_IGN)
    console.print("Frontdoor was asked to stop before it was ready.")
    sys.exit(0)


class NotCutShort(logging.Filter):
    """Lets nothing through about requests that were cut short because the product stops: they are no failures."""

    def filter(self, record: logging.LogRecord) -> bool:
        problem = record.exc_info[1] if record.exc_info else None
        return not isinstance(problem, asyncio.CancelledError) and record.msg != UVICORN_CUTS_SHORT
