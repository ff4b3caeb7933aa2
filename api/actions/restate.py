"""Restating: the bot says in one sentence what it understood, and the customer confirms or corrects."""

from api import wording
from api.dialogue.turn import Button, Said, Turn
from handoff.intake import Intake

LONGEST = 280


def restate(turn: Turn, intake: Intake) -> Said:
    """The problem and the details in the customer's own words, with a yes and a way to change something."""
    language = turn.language
    name = intake.value("name") or wording.say(language, "restate-no-name")
    contact = intake.value("email") or intake.value("phone") or intake.value("contact")
    key = "restate-who" if contact else "restate-no-contact"
    who = [wording.say(language, key, name=name, **({"contact": contact} if contact else {}))]
    order = intake.value("order_number")
    if order:
        who.append(wording.say(language, "restate-order", order=order))
    question = shorten(intake.value("question") or "")
    text = wording.say(language, "restate", question=question, who=" ".join(who))
    buttons = [
        Button(wording.say(language, "confirm-yes"), "affirm"),
        Button(wording.say(language, "confirm-no"), "deny"),
    ]
    return Said(f"{text} {wording.say(language, 'restate-ask')}", buttons)


def shorten(text: str, limit: int = LONGEST) -> str:
    """The text on one line, cut at a word when it is long."""
    line = "; ".join(" ".join(part.split()) for part in text.splitlines() if part.strip())
    if len(line) <= limit:
        return line
    cut = line[:limit]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut) + "…"
