"""What Rasa swallows: it notes a failed action in its log and goes on. We listen, so that the product hears of it."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Iterator, List, Optional

_heard: "ContextVar[Optional[List[str]]]" = ContextVar("heard", default=None)


class _Listener(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        heard = _heard.get()
        if heard is None:
            return
        problem = record.exc_info[1] if record.exc_info else None
        heard.append(f"{type(problem).__name__}: {problem}" if problem else record.getMessage())


# A failed action, a tripped circuit breaker and an unknown follow-up action are all told here and nowhere else.
logging.getLogger("rasa.core.processor").addHandler(_Listener(logging.WARNING))


@contextmanager
def listening() -> Iterator[List[str]]:
    """While it is open, what Rasa swallows in this turn (and in no other) is put into the list."""
    heard: List[str] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)
