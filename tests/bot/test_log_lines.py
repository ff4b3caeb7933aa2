"""The bot's log: JSON lines with the message's id, and nothing the customer wrote."""

import json
import logging
import time
from typing import Any, Dict, Iterator, List

import pytest
from components import log_lines

OUTCOME = {
    "words": [{"text": "Thank you, Jane"}],
    "reading": {"intent": {"name": "give_details", "confidence": 0.9}},
    "actions": [{"name": "action_note_details"}, {"name": "action_listen"}],
}


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> Iterator[Any]:
    """Gives a function that returns what was logged since ``install``; afterwards the log is as it was."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    monkeypatch.setenv(log_lines.LEVEL_VARIABLE, "debug")

    def logged() -> List[Dict[str, Any]]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    yield logged
    log_lines.of_message(None)
    root.handlers[:] = before
    root.setLevel(level)


def test_a_turn_is_told_with_its_message_and_without_its_words(lines: Any) -> None:
    log_lines.install()
    log_lines.of_message("c1:7")
    log_lines.turn_ended(time.perf_counter(), 200, OUTCOME)
    [line] = lines()
    assert (line["event"], line["message"], line["status"]) == ("turn.ended", "c1:7", 200)
    assert (line["intent"], line["actions"]) == ("give_details", ["action_note_details"])
    assert "Jane" not in json.dumps(line)


def test_a_turn_that_names_no_message_does_not_go_under_the_one_before(lines: Any) -> None:
    log_lines.install()
    log_lines.of_message("c1:7")
    log_lines.of_message(None)
    log_lines.turn_ended(time.perf_counter(), 502, {})
    [line] = lines()
    assert "message" not in line and line["status"] == 502


def test_an_exception_is_told_by_type_and_place(lines: Any) -> None:
    log_lines.install()
    try:
        raise ValueError("not a number: Jane")
    except ValueError:
        logging.getLogger("components.channel").exception("turn failed")
    [line] = lines()
    assert line["exception"][0].startswith("ValueError at bot/test_log_lines.py:")
    assert "Jane" not in json.dumps(line)


def test_of_rasas_own_lines_only_the_event_is_told(lines: Any) -> None:
    log_lines.install()
    logging.getLogger("rasa.core").warning('{"text": "I am Jane", "event": "processor.no_intent"}')
    logging.getLogger("rasa.core").warning("Something happened:\nJane")
    logging.getLogger("rasa.core").info("Jane says hello")
    assert [line["event"] for line in lines()] == ["processor.no_intent", "Something happened:"]
