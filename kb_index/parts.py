"""Parts: whether the parts of a message are questions of their own, as the articles see it."""

from __future__ import annotations

from collections.abc import Sequence

from kb_index.answers import Outcome
from kb_index.leaning import Before
from kb_index.leaning_words import points_back


def falls_apart(outcomes: Sequence[Outcome]) -> bool:
    """Take what the parts of a message lead to; say whether each is a question of its own.

    Parts that lead to the same place are one matter, and so are parts of which none is known.
    """
    places = [place(outcome) for outcome in outcomes]
    return len(set(places)) == len(places) > 1 and any(outcome.kind != "none" for outcome in outcomes)


def place(outcome: Outcome) -> str:
    """Take what a part leads to; give the passage that answers it, or else the best article."""
    if outcome.answer:
        return outcome.answer.passage_id
    return outcome.hits[0].passage.permalink if outcome.hits else ""


def part_before(part: str, earlier: Sequence[tuple[str, Outcome]]) -> Before | None:
    """Take a part and those before it with what they lead to; give what it points back at, None when it does not.

    "How do I return it, and how long does that take?" is of one thing; "and the table?" names another.
    """
    if not earlier or not points_back(part):
        return None
    text, outcome = earlier[-1]
    if outcome.answer:
        return Before(text, (outcome.answer.permalink,))
    return Before(text, tuple(one.permalink for one in outcome.suggestions[:1]))
