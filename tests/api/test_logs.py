"""The log: JSON, one object a line, with an id to follow, and nothing that an exception quotes."""

import asyncio
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy.exc import IntegrityError, OperationalError

from api import logs

CUSTOMER = "Jane Miller, jane@example.com"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """A test that sets the log up as a running product does leaves it as it was."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


def fails() -> None:
    raise ValueError(f"not a number: {CUSTOMER}")


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """What was written, ours and of libraries."""
    written = capsys.readouterr()
    return [json.loads(line) for line in (*written.out.splitlines(), *written.err.splitlines())]


def test_an_exception_is_told_by_kind_and_place_and_not_in_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("debug")
    try:
        try:
            fails()
        except ValueError as problem:
            raise KeyError(CUSTOMER) from problem
    except KeyError:
        structlog.get_logger().exception("turn.failed")
    [line] = told(capsys)
    assert line["event"] == "turn.failed"
    exception = line["exception"]
    assert isinstance(exception, list) and len(exception) == 2
    assert exception[0].startswith("KeyError at api/test_logs.py:")
    assert "ValueError at api/test_logs.py:" in exception[1] and " fails" in exception[1]
    assert "Jane" not in str(line)


def test_what_libraries_log_is_json_as_well_and_told_in_its_first_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("debug")
    try:
        fails()
    except ValueError as problem:
        logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: %r", problem, exc_info=problem)
    logging.getLogger("httpx").info("HTTP Request: POST https://api.example.org/bot12345:token/sendMessage")
    [line] = told(capsys)
    assert (line["event"], line["logger"], line["level"]) == ("Task exception was never retrieved", "asyncio", "error")
    assert "Jane" not in str(line)


async def test_each_message_has_its_own_id_although_they_are_thought_about_at_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("debug")
    everybody = asyncio.Barrier(3)

    async def turn(seq: int) -> None:
        with logs.about("c1", seq):
            await everybody.wait()
            structlog.get_logger().info("turn.ended", seq=seq)

    await asyncio.gather(*(turn(seq) for seq in (1, 3, 5)))
    structlog.get_logger().info("idle")
    *turns, idle = told(capsys)
    assert sorted((line["seq"], line["message"]) for line in turns) == [(1, "c1:1"), (3, "c1:3"), (5, "c1:5")]
    assert "message" not in idle


def test_a_database_that_is_away_says_where_and_one_that_refuses_a_row_does_not_say_which() -> None:
    away = OperationalError(None, None, Exception("connection to server at 127.0.0.1, port 5432 failed\nmore"))
    assert logs.reason(away).endswith("(Exception): connection to server at 127.0.0.1, port 5432 failed")
    twice = IntegrityError("INSERT INTO facts", {"value": CUSTOMER}, Exception(f"Key (value)=({CUSTOMER}) exists"))
    assert logs.reason(twice) == "sqlalchemy.exc.IntegrityError (Exception)"
    assert (
        logs.reason(ConnectionRefusedError(111, "Connection refused")) == "ConnectionRefusedError: Connection refused"
    )
    assert logs.reason(ValueError(CUSTOMER)) == "ValueError"


def test_an_exception_given_as_a_value_is_told_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("debug")
    structlog.get_logger().warning("sweep.failed", reason=ValueError(CUSTOMER))
    assert [line["reason"] for line in told(capsys)] == ["ValueError"]
