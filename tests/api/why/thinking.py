"""A turn thought about as Rasa and the knowledge base do it, with everything they say of it."""

from collections.abc import Awaitable, Callable
from typing import Any

from api.actions import ACTIONS
from api.dialogue.turn import Said, Turn
from kb_index.answers import Answer, Outcome
from kb_index.passages import Passage
from kb_index.search import SIGNALS, Hit

from ..stand import Stand

RANKING = [{"name": "return_item", "confidence": 0.82}, {"name": "refund", "confidence": 0.11}]
NEAREST = [
    {"text": f"I want to return number {n}", "intent": "return_item", "similarity": 0.9 - n / 10} for n in range(3)
]
READING: dict[str, Any] = {
    "intent": RANKING[0],
    "ranking": RANKING,
    "scope": {"score": 0.9, "threshold": 0.4, "rejected": False, "nearest": NEAREST},
}


def a_passage(number: int, text: str = "Send it back within 30 days.") -> Passage:
    link = f"/en/help/returns-{number}/"
    return Passage(f"{link}#how", link, "how", f"Returns {number}", "How", text, "en", False, (text,), "returns")


def hits(count: int = 10) -> tuple[Hit, ...]:
    return tuple(Hit(a_passage(n), 2.0 - n / 10, dict.fromkeys(SIGNALS, 0.5 - n / 100)) for n in range(count))


def looked_up(text: str = "Send it back within 30 days.", count: int = 10) -> Outcome:
    """An outcome with the passages that were looked at."""
    first = a_passage(0)
    told = Answer(text, first.title, first.heading, first.permalink, first.anchor, "en", first.id)
    trace: dict[str, object] = {"evidence": "dense", "thresholds": {"answer": 0.6, "suggest": 0.3}}
    return Outcome("answer", "en", 0.91, told, hits=hits(count), trace=trace)


def thinks(stand: Stand, action: str = "action_answer") -> Callable[[Turn], Awaitable[list[Said]]]:
    """An engine that reads every message as a return and looks it up."""

    async def does(turn: Turn) -> list[Said]:
        turn.trace["model"] = "abc"
        turn.intent = turn.known_intent or "return_item"
        said = (await ACTIONS[action](turn, stand.services)).said
        turn.acted.append(action)
        turn.trace["reading"] = READING
        turn.trace["actions"] = [{"name": action, "policy": "policy_0_RulePolicy", "confidence": 1.0}]
        return said

    return does
