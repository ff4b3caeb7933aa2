"""Rules: the name of the bot's rule that a message led to, as it stands in bot/rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from api.bot.python import BOT

FOLDER = BOT / "rules"


@dataclass(frozen=True)
class Rule:
    """A rule: what must have been asked, what the customer means, and what is done first.

    ``waits``: whether it looks at what was asked at all; ``awaiting``: what must have been, None for nothing.
    """

    name: str
    intent: str
    action: str
    waits: bool
    awaiting: str | None


@cache
def rules(folder: Path = FOLDER) -> tuple[Rule, ...]:
    """The rules of a folder that begin with what a customer means; none where the bot's folder is not installed."""
    found = []
    for file in sorted(folder.glob("*.yml")):
        for told in yaml.safe_load(file.read_text("utf-8")).get("rules", []):
            steps = told.get("steps", [])
            if len(steps) > 1 and "intent" in steps[0] and "action" in steps[1]:
                waits, awaiting = _awaiting(told.get("condition", []))
                found.append(Rule(told["rule"], steps[0]["intent"], steps[1]["action"], waits, awaiting))
    return tuple(found)


def rule_for(intent: str | None, awaiting: str | None) -> str | None:
    """The rule for an intent while something is awaited: one that looks at what was asked comes first."""
    fitting = [rule for rule in rules() if rule.intent == intent and (not rule.waits or rule.awaiting == awaiting)]
    best = max(fitting, key=lambda rule: rule.waits, default=None)
    return best.name if best else None


def _awaiting(conditions: list[Mapping[str, Any]]) -> tuple[bool, str | None]:
    for condition in conditions:
        for slot in condition.get("slot_was_set", []):
            if "awaiting" in slot:
                return True, slot["awaiting"]
    return False, None
