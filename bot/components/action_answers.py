"""Action answers: checked against Rasa's own rules, which are read once and not anew for every answer.

Rasa checks the rules themselves before each use of them. That was most of what a turn cost, and customers waited.
"""

from __future__ import annotations

from typing import Any, Dict, Text

from jsonschema import ValidationError
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

_RULES = RemoteAction.action_response_format_spec()
_CHECK = validator_for(_RULES)(_RULES)


def checked(action: RemoteAction, answer: Dict[Text, Any]) -> bool:
    """Whether an action's answer has the shape Rasa wants.

    Raises:
        ValidationError: it has not; the message names the action and what is wrong.
    """
    # Asking whether all is well costs a fifth of asking for the best of all problems.
    if not _CHECK.is_valid(answer):
        problem = best_match(_CHECK.iter_errors(answer))
        raise ValidationError(f"{action.name()} answered what it may not: {problem.message}")
    return True


def install() -> None:
    """From now on every action's answer is checked so."""
    RemoteAction._validate_action_result = checked
