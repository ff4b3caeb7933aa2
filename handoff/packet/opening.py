"""The opening: a first sentence for the agent: the feeling first, then the matter, then what happens now."""

import re
from collections.abc import Sequence

from handoff.packet.parts import Given, Problem, Reason
from handoff.packet.sentences import shortened
from handoff.packet.wording import say, spoken

#: What is acknowledged, by the reason a person was asked in.
FEELINGS = {
    "explicit_request": "asked",
    "loop": "circles",
    "repeated_question": "circles",
    "rejected_answer": "circles",
    "misses": "circles",
    "form_again": "circles",
    "frustration": "upset",
    "anger": "upset",
    "insult": "upset",
    "sarcasm": "upset",
    "shouting": "upset",
    "despair": "worn",
    "resignation": "worn",
    "waiting": "waiting",
    "threat": "threat",
    "safety": "safety",
}
#: A quoted question has its own mark, and needs no full stop behind it.
_STOPS = re.compile("([?!？！…]”)[.。]")
#: Longer than that, a problem is not quoted whole: the customer knows what they wrote.
_LONGEST = 120


def opening(reason: Reason, problem: Problem | None, given: Sequence[Given], language: str) -> str:
    """Takes why a person was asked in, the problem and the details; returns words in the customer's language.

    Nothing is promised in it: a time is said only by what has hours behind it.
    """
    known = {one.field: one.value for one in given if one.value}
    name = known.get("name")
    parts = [say(language, "greeting-name", name=name) if name else say(language, "greeting")]
    parts.append(say(language, f"feeling-{FEELINGS.get(reason.code, 'asked')}"))
    if problem is None:
        parts.append(say(language, "nothing-told"))
    else:
        values = {"problem": _quoted(problem.text)}
        order = known.get("order_number")
        if order and order not in problem.text:
            parts.append(say(language, "restate-order", order=order, **values))
        else:
            parts.append(say(language, "restate", **values))
        parts.append(say(language, "next"))
    # Chinese sentences stand right behind each other.
    return ("" if spoken(language) == "zh" else " ").join(_STOPS.sub(r"\1", part) for part in parts)


def _quoted(problem: str) -> str:
    return shortened(problem, _LONGEST).rstrip(" .。")
