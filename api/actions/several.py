"""Several: two questions in one message are both answered, in their order, and what is unknown is said of its part."""

from api import wording
from api.actions.giving import given
from api.actions.offers import offer_ticket
from api.actions.restate import shorten
from api.actions.result import Result
from api.actions.searching import look_up
from api.actions.services import Services
from api.dialogue.memory import Tried
from api.dialogue.turn import Button, Said, Turn
from api.orders.personal import asks_after_order
from kb_index.answers import Outcome
from kb_index.matters import matters
from kb_index.parts import falls_apart, part_before, place

#: How much of a question is quoted.
QUOTED = 90
#: Articles that are named for one part: there is another part to read.
MOST_GUESSES = 2

Part = tuple[str, Outcome]


async def several(turn: Turn, services: Services) -> list[Part]:
    """The questions of a message with what the articles say to each; none when it is one matter.

    The words propose where a message falls into parts; the search decides: parts that lead to the same place are one
    matter, and so are parts of which none is known.
    """
    parts = matters(turn.matter)
    if len(parts) < 2:
        return []
    found: list[Part] = []
    for part in parts:
        found.append((part, await look_up(turn, services, part, part_before(part, found))))
    split = falls_apart([outcome for _, outcome in found])
    turn.trace["matters"] = {
        "split": split,
        "parts": [{"text": shorten(part, QUOTED), "outcome": o.kind, "place": place(o)} for part, o in found],
    }
    return found if split else []


def tell_several(turn: Turn, services: Services, parts: list[Part], first: list[str]) -> Result:
    """Each part's answer with its source; guesses and "I don't know" for the part they belong to."""
    memory, language = turn.memory, turn.language
    memory.question, memory.root, memory.topic = turn.text, parts[-1][0], turn.intent
    memory.asked_back, memory.matters = 0, [part for part, _ in parts]
    said = [_word(turn, services, part, outcome) for part, outcome in parts]
    said[0].text = wording.together(language, [*first, said[0].text])
    memory.misses = 0
    if any(outcome.kind == "none" for _, outcome in parts):
        # The way on for what is unknown; what was answered needs no more than a yes or no.
        said[-1].buttons.append(Button(wording.say(language, "ask-person-button"), "request_human"))
    if parts[-1][1].kind == "suggest":
        # The last words ask already which one it is.
        memory.awaiting = "choice"
        said[-1].buttons.append(Button(wording.say(language, "suggest-none"), "did_not_help"))
        return Result(said)
    memory.awaiting = "helped"
    said[-1].text = f"{said[-1].text}\n\n{wording.say(language, 'several-helped')}"
    said[-1].buttons[:0] = [
        Button(wording.say(language, "answer-helped"), "that_helped"),
        Button(wording.say(language, "answer-not-it"), "did_not_help"),
    ]
    return Result(said)


def which_part(turn: Turn, services: Services) -> Result | None:
    """After several answers, a bare no is asked back: which of them was not it? None when there was one question."""
    memory, language = turn.memory, turn.language
    parts, memory.matters = memory.matters, []
    if turn.pressed and turn.pressed.value:
        memory.question = memory.root = turn.pressed.value
        return None
    if len(parts) < 2:
        return None
    buttons = [Button(shorten(part, 60), "did_not_help", part) for part in parts]
    result = offer_ticket(turn, services, [wording.say(language, "several-which")])
    result.said[-1].buttons[:0] = buttons
    return result


async def beside_order(turn: Turn, services: Services) -> list[Said]:
    """What the articles say to the other questions of a message that asks after an order, too."""
    parts = matters(turn.matter)
    others = [part for part in parts if not asks_after_order(part)]
    if len(others) == len(parts):
        return []
    return [_word(turn, services, part, await look_up(turn, services, part)) for part in others]


def _word(turn: Turn, services: Services, part: str, outcome: Outcome) -> Said:
    """What is said to one part: the answer, a guess, or that it is unknown."""
    if outcome.kind == "answer" and outcome.answer:
        return given(turn, services, outcome.answer, outcome.confidence, again=outcome.again)
    quoted = shorten(part, QUOTED).rstrip(" ?？!！.。,，;；")
    if outcome.suggestions:
        return _guess(turn, services, quoted, outcome)
    return Said(wording.say(turn.language, "several-unknown", part=quoted))


def _guess(turn: Turn, services: Services, quoted: str, outcome: Outcome) -> Said:
    suggestions = outcome.suggestions[:MOST_GUESSES]
    turn.memory.tried += [Tried(s.permalink, s.title, "", "suggested") for s in suggestions]
    buttons = [Button(s.title, "choose_article", s.permalink) for s in suggestions]
    sources = [services.knowledge.source(s.permalink, s.title, s.score) for s in suggestions]
    return Said(wording.say(turn.language, "several-suggest", part=quoted), buttons, sources)
