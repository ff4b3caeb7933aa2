"""Giving: an answer with what was understood before it, and the question whether it helped after it."""

from api import wording
from api.actions.services import Services
from api.dialogue.frames import framed
from api.dialogue.memory import Tried
from api.dialogue.turn import Button, Said, Turn
from kb_index.answers import Answer


def given(turn: Turn, services: Services, found: Answer, score: float, again: bool = False) -> Said:
    """What was understood, in the article's own name for it, and the step; remembered as told.

    Args:
        again: it stands in what was told before; only the line that is meant is said.
    """
    turn.memory.tried.append(Tried(found.permalink, found.title, found.passage_id))
    source = services.knowledge.source(found.permalink, found.title, score, found.anchor)
    return Said(framed(turn.language, found, again), sources=[source])


def asked_if_it_helped(turn: Turn, said: Said, first: list[str]) -> Said:
    """The answer with what is said before it, and the question whether it helped with its buttons."""
    language = turn.language
    turn.memory.awaiting = "helped"
    begin = [wording.together(language, first)] if first else []
    text = "\n\n".join([*begin, said.text, wording.say(language, "helped-ask")])
    buttons = [
        Button(wording.say(language, "answer-helped"), "that_helped"),
        Button(wording.say(language, "answer-not-it"), "did_not_help"),
    ]
    return Said(text, [*said.buttons, *buttons], said.sources)
