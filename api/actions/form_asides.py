"""Form asides: what is said in the form beside its questions, and what of a reply is kept out of the ticket."""

from dataclasses import replace

from api import wording
from api.actions.form_replies import sighs, wants_no_form, wants_to_change
from api.actions.services import Services
from api.dialogue.declining import declines
from api.dialogue.memory import Tried
from api.dialogue.turn import Said, Turn
from handoff.courtesies import is_courtesy
from handoff.intake import Intake
from handoff.intake_changes import detour, refuse
from handoff.phrases import refuses, says_yes
from handoff.questions import tells_something
from kb_index.answers import Outcome


def no_answer(turn: Turn, before: Intake) -> list[Said] | None:
    """What is said to a reply that answers nothing and is no matter; None when the intake is to read it."""
    requested = before.next_field()
    if requested is None or turn.pressed is not None or requested in ("confirmation", "correction", "email_typo"):
        return None
    if wants_no_form(turn.text) and before.detours.get(requested, 0):
        turn.memory.intake = replace(before, abandoned=True)
        return []
    if requested == "question" and declines(turn.text):
        turn.memory.intake = replace(before, abandoned=True)
        return []
    if wants_no_form(turn.text):
        key = "no-form"
    elif wants_to_change(turn.text):
        key = "change-any-time"
    elif sighs(turn.text):
        key = "ack-complaint"
    else:
        return None
    turn.memory.intake = detour(before, requested)
    return [Said(wording.say(turn.language, key))]


def not_confirmed(turn: Turn, before: Intake, after: Intake) -> list[Said]:
    """Neither a yes nor a no to the summary: more of the matter is added to it, anything else is asked back."""
    if tells_something(turn.text) and not refuses(turn.text):
        turn.memory.intake = before.add(turn.text, turn.message.seq)
        return [Said(wording.say(turn.language, "added"))]
    turn.memory.intake = after
    return [Said(wording.say(turn.language, "confirm-unclear"))]


def in_passing(turn: Turn, services: Services, outcome: Outcome) -> Said:
    """The answer to a question asked in the middle of the form, without leaving the form."""
    if outcome.kind == "answer" and outcome.answer:
        found = outcome.answer
        # Told is told: asked once more, in the form or after it, they get something else.
        turn.memory.tried.append(Tried(found.permalink, found.title, found.passage_id))
        source = services.knowledge.source(found.permalink, found.title, outcome.confidence, found.anchor)
        return Said(found.text, sources=[source])
    if outcome.kind == "suggest":
        sources = [services.knowledge.source(s.permalink, s.title, s.score) for s in outcome.suggestions]
        return Said(wording.say(turn.language, "suggest-in-passing"), sources=sources)
    return Said(wording.say(turn.language, "unknown-in-passing"))


def without_empty_words(after: Intake, seq: int) -> Intake:
    """The intake without what is none: "yes" said twice is no order number, and "thanks!" is nobody's name."""
    number = after.answers.get("order_number")
    if number is not None and number.status == "unverified" and not any(map(str.isdigit, number.value or "")):
        after = refuse(after, "order_number", number.raw, seq)
    name = after.answers.get("name")
    if name is not None and name.reason == "not_a_name" and (is_courtesy(name.raw) or says_yes(name.raw)):
        after = refuse(after, "name", name.raw, seq) if name.status == "unverified" else after
    return after
