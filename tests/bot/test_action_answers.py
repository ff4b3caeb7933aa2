"""Action answers are checked by Rasa's own rules: whatever it would refuse is refused, and nothing else."""

from typing import Any

import pytest
from components.action_answers import checked
from jsonschema import ValidationError, validate
from rasa.core.actions.action import RemoteAction

SLOT = {"event": "slot", "name": "contact", "value": "ana@example.com"}
ANSWERS = [
    {},
    {"events": [], "responses": []},
    {"events": [SLOT], "responses": [{"text": "Thank you.", "custom": {"sources": []}}]},
    {"events": [{"event": "form", "name": None, "timestamp": 1.5}]},
    {"events": [SLOT, {"event": "followup", "name": "action_listen"}, {"event": "slot", "value": "whose?"}]},
    {"events": "none"},
    {"events": [{"event": "slot"}]},
    {"events": [{"event": "no such event"}]},
    {"events": [7]},
    {"responses": {"text": "not in a list"}},
    {"responses": ["not in a box"]},
    {"events": None},
    [],
    "words",
    None,
]


def accepts(check: Any, answer: Any) -> bool:
    try:
        check(answer)
    except ValidationError:
        return False
    return True


def test_the_verdict_on_every_answer_is_rasas_own() -> None:
    action, rules = RemoteAction("action_answer", None), RemoteAction.action_response_format_spec()
    verdicts = [accepts(lambda it: checked(action, it), answer) for answer in ANSWERS]
    assert verdicts == [accepts(lambda it: validate(it, rules), answer) for answer in ANSWERS]
    assert set(verdicts) == {True, False}


def test_a_refusal_names_the_action_and_what_is_wrong() -> None:
    with pytest.raises(ValidationError, match=r"action_answer.*'none' is not of type 'array'"):
        checked(RemoteAction("action_answer", None), {"events": "none"})


def test_a_served_bot_checks_so(bot) -> None:
    assert RemoteAction._validate_action_result is checked
    bot.actions.answers["action_answer"] = (200, {"events": "none"})
    answer = bot.turn("where is my refund?")
    assert answer.status_code == 502 and "action_answer answered what it may not" in answer.json()["error"]
