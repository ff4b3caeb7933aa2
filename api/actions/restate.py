"""Restating: the bot says in one sentence what it understood, and the customer confirms or corrects."""

from api import wording
from api.dialogue.turn import Button, Said, Turn
from handoff.intake import Intake

LONGEST = 280


def restate(turn: Turn, intake: Intake) -> Said:
    """The problem and the details in the customer's own words, with a yes and a way to change something."""
    language = turn.language
    who = [_who(language, intake)]
    order = intake.value("order_number")
    if order:
        who.append(wording.say(language, "restate-order", order=order))
    question = shorten(intake.value("question") or "")
    said = wording.together(language, who)
    if question:
        text = wording.say(language, "restate", question=question, who=said)
    else:
        text = wording.say(language, "restate-no-question", who=said)
    buttons = [
        Button(wording.say(language, "confirm-yes"), "affirm"),
        Button(wording.say(language, "confirm-no"), "deny"),
    ]
    return Said(wording.together(language, [text, wording.say(language, "restate-ask")]), buttons)


def _who(language: str, intake: Intake) -> str:
    name, contact = intake.value("name"), intake.value("email") or intake.value("phone") or intake.value("contact")
    if name and contact:
        return wording.say(language, "restate-who", name=name, contact=contact)
    if name:
        return wording.say(language, "restate-no-contact", name=name)
    if contact:
        return wording.say(language, "restate-no-name", contact=contact)
    return wording.say(language, "restate-nobody")


def shorten(text: str, limit: int = LONGEST) -> str:
    """The text on one line, cut at a word when it is long."""
    line = "; ".join(" ".join(part.split()) for part in text.splitlines() if part.strip())
    if len(line) <= limit:
        return line
    cut = line[:limit]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut) + "…"
