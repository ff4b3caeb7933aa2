"""Outcome: what a turn came to, in one word of a small closed list; everything the operator counts is counted by it."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from api.dialogue.engine import EngineDown
from api.dialogue.turn import Said, Turn
from api.wording import LANGUAGES

Outcome = Literal[
    "answer",  # a question was looked up and a passage of an article was given
    "suggest",  # a question was looked up and articles were named, or one in another language was offered
    "none",  # a question was looked up and the bot said that it does not know
    "opened",  # the customer chose an article that had been named
    "helped",  # the customer said that it helped
    "rejected",  # the customer said that it did not help
    "order",  # an order was looked up, or asked about
    "form",  # a step of the ticket form, or the form given up
    "ticket",  # a ticket was opened
    "person",  # the customer asked for a person
    "complaint",  # a complaint or an idea: a ticket was offered
    "small_talk",  # greetings, thanks, details given in passing, a bare yes or no
    "other",  # anything else, such as an action that is not in the table below
    "dropped",  # a person took over in the middle of the turn, and the customer saw nothing of it
    "error",  # the turn failed every time; the customer was told so
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
#: The first look at a question. Their sum is what the answered, suggested and unanswered shares are shares of.
LOOKED_UP: tuple[Outcome, ...] = ("answer", "suggest", "none")

#: What a turn came to by the first action that was taken in it; action_answer is told apart below.
BY_ACTION: dict[str, Outcome] = {
    "action_open_article": "opened",
    "action_show_offered": "opened",
    "action_which_one": "small_talk",
    "action_that_helped": "helped",
    "action_did_not_help": "rejected",
    "action_complaint": "complaint",
    "action_suggestion": "complaint",
    "action_request_person": "person",
    "action_note_details": "small_talk",
    "action_no_details": "small_talk",
    "action_thanks": "small_talk",
    "action_cannot_do": "complaint",
    "action_decline_offer": "small_talk",
    "action_open_ticket": "form",
    "validate_ticket_form": "form",
}
#: What the bot waits for after it looked a question up, and what that says about the look.
BY_WAITING: dict[str | None, Outcome] = {"helped": "answer", "choice": "suggest", "language_offer": "suggest"}

#: What api/actions/order.py notes when it leaves a question to the articles, and what came of a look-up.
PASSED_ON = ("a general question", "no orders to look up", "goes on with an article")
LOOK_UPS = {"told": "told", "not told": "not_told", "order system away": "away"}

Trouble = Literal["slow", "away", "refused", "wrong", "silent", "action", "engine", "failed", "orders"]
TROUBLES: tuple[Trouble, ...] = get_args(Trouble)
LANGUAGE_GROUPS = (*LANGUAGES, "other")


def outcome_of(turn: Turn, said: Iterable[Said]) -> Outcome:
    """What the turn came to.

    Args:
        turn: after it was thought about.
        said: the words the customer gets.
    """
    if any(word.type == "ticket" for word in said):
        return "ticket"
    if not turn.acted:
        return "small_talk" if _only_replies(turn.trace) else "other"
    first = turn.acted[0]
    if turn.trace.get("person_noted"):
        # In the middle of the form they asked for a person: that is a request like any other.
        return "person"
    if first == "action_answer" or _of_order(turn) in PASSED_ON or turn.trace.get("taken_as"):
        return BY_WAITING.get(turn.memory.awaiting, "none")
    if "order" in first and "ticket_form" not in first:
        return "order"
    return BY_ACTION.get(first, "other")


def _only_replies(trace: Mapping[str, object]) -> bool:
    """Whether the engine answered with ready sentences alone, which need no action of ours."""
    actions = trace.get("actions")
    names = [one.get("name", "") for one in actions if isinstance(one, dict)] if isinstance(actions, list) else []
    return any(str(name).startswith("utter_") for name in names)


def look_up_of(turn: Turn) -> str | None:
    """What came of looking an order up: `told`, `not_told` or `away`; None when none was looked up."""
    return LOOK_UPS.get(_of_order(turn))


def _of_order(turn: Turn) -> str:
    noted = turn.trace.get("order")
    return str(noted.get("outcome", "")) if isinstance(noted, dict) else ""


def trouble_of(problem: Exception) -> str:
    """Why the engine was of no use, as ``kind detail``: a word of TROUBLES, and never anything a customer wrote."""
    if isinstance(problem, EngineDown):
        return f"{problem.kind} {problem.detail}".strip()
    return f"engine {type(problem).__name__}"


def language_group(language: str) -> str:
    """The language in figures: one we speak, or ``other``."""
    base = language.lower().replace("_", "-").split("-")[0]
    return base if base in LANGUAGES else "other"
