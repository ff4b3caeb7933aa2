"""Logs: one JSON object a line, with ids and reasons, and never what a customer wrote."""

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import structlog
from sqlalchemy.exc import DBAPIError
from structlog.types import EventDict, Processor, WrappedLogger

#: Frames of an exception that are told, the innermost ones.
FRAMES = 8
#: A library's own words in a log, in characters: enough for what happened, too short for a story.
LONGEST = 200


def configure(level: str) -> None:
    """Set up logging for the process; ``level`` is debug, info, warning or error."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_words,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(number),
    )
    of_libraries = logging.StreamHandler()
    of_libraries.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, first_line, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            # The traceback is ours to tell; the formatter's own would quote what the exception says.
            keep_exc_info=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [of_libraries]
    root.setLevel(max(number, logging.WARNING))


def message_id(conversation_id: str, seq: int) -> str:
    """The one id by which a customer's message is found in the logs of every process."""
    return f"{conversation_id}:{seq}"


def about(conversation_id: str, seq: int) -> AbstractContextManager[None]:
    """A context in which every line of this task carries the message's id as ``message``."""
    return structlog.contextvars.bound_contextvars(message=message_id(conversation_id, seq))


def reason(problem: BaseException) -> str:
    """What kind of failure it was. An exception's own words may quote a customer, so they are left out.

    A database that cannot be reached says where it was looked for, and has seen nothing of a customer yet.
    """
    if isinstance(problem, DBAPIError):
        own = problem.orig
        kind = f"{_name(problem)} ({_name(own) if own else 'no cause'})"
        return f"{kind}: {_short(str(own))}" if problem.statement is None and own else kind
    if isinstance(problem, OSError) and problem.strerror:
        return f"{_name(problem)}: {problem.strerror}"
    return _name(problem)


def without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A processor: exceptions are told by type and place, wherever in the line they stand."""
    info = event.pop("exc_info", None)
    if info:
        problem = info if isinstance(info, BaseException) else _current(info)
        if problem is not None:
            event["exception"] = list(_told(problem))
    for name, value in event.items():
        if isinstance(value, BaseException):
            event[name] = reason(value)
    return event


def first_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A processor for lines of libraries: what happened stands first, and values after it."""
    event["event"] = _short(str(event.get("event", "")))
    return event


def _told(problem: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    at: BaseException | None = problem
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        frames = traceback.extract_tb(at.__traceback__)[-FRAMES:]
        places = " < ".join(f"{_file(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        yield f"{reason(at)} at {places}" if places else reason(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)


def _current(info: object) -> BaseException | None:
    if isinstance(info, tuple):
        return info[1] if isinstance(info[1], BaseException) else None
    return sys.exc_info()[1]


def _file(name: str) -> str:
    return "/".join(Path(name).parts[-2:])


def _name(problem: BaseException) -> str:
    kind = type(problem)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _short(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[0][:LONGEST] if lines else ""
