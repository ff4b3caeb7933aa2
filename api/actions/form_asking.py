"""Form asking: the form's questions in words, each once in the same way."""

from api import wording
from api.actions.restate import restate
from api.actions.result import Action, Result
from api.actions.services import Services
from api.dialogue.turn import Button, Said, Turn


def ask(field: str) -> Action:
    """The action that asks for one field."""

    async def asking(turn: Turn, services: Services) -> Result:
        intake = turn.memory.intake
        if intake is None:
            return Result()
        if field == "confirmation":
            return Result([restate(turn, intake)])
        again = "-again" if intake.reason(field) or (field == "question" and intake.detours.get(field)) else ""
        if field == "order_number" and intake.reason(field) == "no_order_number":
            raw = intake.answers["order_number"].raw or ""
            again = again if any(map(str.isdigit, raw)) else "-or-none"
        values = {"example": services.order_example} if field == "order_number" else {}
        if field == "email_typo":
            values = {"email": intake.suggested_email or ""}
            again = ""
        text = wording.say(turn.language, f"ask-{field}{again}", **values)
        return Result([Said(text, _buttons(turn, field))])

    return asking


def _buttons(turn: Turn, field: str) -> list[Button]:
    language = turn.language
    if field == "email_typo":
        return [Button(wording.say(language, "yes"), "affirm"), Button(wording.say(language, "no"), "deny")]
    if field in ("name", "contact"):
        return [Button(wording.say(language, "skip"), "refuse_details")]
    if field == "order_number":
        return [Button(wording.say(language, "no-order-number"), "refuse_details")]
    return []
