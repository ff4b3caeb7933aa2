"""Stopping: a product that is asked to end finishes what is in hand and is gone within ten seconds."""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from api.cli.progress import console

Handler = Callable[[int, FrameType | None], None]
ASKED = (signal.SIGINT, signal.SIGTERM)
#: What uvicorn says, as an error, when somebody is still in the middle of sending something.
UVICORN_CUTS_SHORT = "Cancel %s running task(s), timeout graceful shutdown exceeded"


@contextmanager
def stoppable() -> Iterator[None]:
    """While the product prepares itself, Ctrl-C or SIGTERM ends it at once, and that is no failure."""
    with listening(_end):
        yield


@contextmanager
def listening(told: Handler) -> Iterator[None]:
    """Within, Ctrl-C and SIGTERM are told to ``told``; afterwards to whom they were before, unless one is obeyed."""
    before = {number: signal.signal(number, told) for number in ASKED}
    try:
        yield
    finally:
        for number, handler in before.items():
            # Once it is on its way out, another signal must not look as if somebody had killed it.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, handler)


def deaf() -> None:
    """From here on nobody needs to ask again: the process is ending."""
    for number in ASKED:
        signal.signal(number, signal.SIG_IGN)


def _end(number: int, frame: FrameType | None) -> None:
    deaf()
    console.print("Frontdoor was asked to stop before it was ready.")
    sys.exit(0)


class NotCutShort(logging.Filter):
    """Lets nothing through about requests that were cut short because the product stops: they are no failures."""

    def filter(self, record: logging.LogRecord) -> bool:
        problem = record.exc_info[1] if record.exc_info else None
        return not isinstance(problem, asyncio.CancelledError) and record.msg != UVICORN_CUTS_SHORT
