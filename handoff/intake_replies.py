"""Intake replies: what a customer's message means, read in the order a careful person would read it."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from handoff.answers import Understood
from handoff.details import Details
from handoff.field_words import named_fields
from handoff.intake_changes import (
    aside,
    detour,
    fail,
    give,
    learn,
    miss,
    note,
    refuse,
)
from handoff.intake_confirming import SMALL_TALK, confirmation, correction, email_typo
from handoff.names import bare_name
from handoff.orders import NEEDS_ORDER_NUMBER
from handoff.phrases import (
    never_minds,
    plain,
    refuses,
    refuses_outright,
)
from handoff.questions import looks_like_question, question_in, without_questions

if TYPE_CHECKING:
    from handoff.intake import Intake


def read(
    intake: "Intake", text: str, found: Details, intent: str | None, requested: str | None, seq: int | None
) -> "Intake":
    """Takes an intake, a message, its details, its intent and what was asked; returns the intake after it."""
    if never_minds(text) or (intent == "never_mind" and not found):
        return note(replace(intake, abandoned=True), Understood("ticket", "abandoned", None, text))
    learnt = learn(intake, found, seq)
    reader = _READERS.get(requested or "")
    if reader is None or requested is None:
        return learnt
    result = reader(learnt, text, found, intent, seq)
    stands_still = (intake.misses, intake.detours, intake.rounds) == (
        result.misses,
        result.detours,
        result.rounds,
    )
    return detour(result, requested) if result.next_field() == requested and stands_still else result


def _question(intake: "Intake", text: str, found: Details, intent: str | None, seq: int | None) -> "Intake":
    words = plain(text)
    if found and len(found.rest) < 12 and not looks_like_question(found.rest, intake.language):
        return intake  # only details: the question is still to come, and nothing was wrong with the reply
    if intent == "refuse_details" or refuses_outright(text):
        return refuse(intake, "question", text, seq)
    if intent in SMALL_TALK or len(words) < 2:
        return fail(intake, "question", text, "no_question", seq)
    topic = intent if intent in NEEDS_ORDER_NUMBER else intake.topic
    return give(replace(intake, topic=topic), "question", text.strip(), text, seq)


def _name(intake: "Intake", text: str, found: Details, intent: str | None, seq: int | None) -> "Intake":
    if found.name:
        return _with_asides(intake, text, found, "name")
    if not found.rest:
        return intake  # only other details
    if refuses(text) or intent == "refuse_details":
        return _refused(intake, text, "name", seq)
    question = question_in(found.rest, intake.language)
    name = bare_name(without_questions(found.rest, intake.language))
    if name is not None:
        given = give(intake, "name", name, text, seq)
        return note(given, Understood("name", "aside", question, question)) if question else given
    if question is not None or looks_like_question(found.rest, intake.language):
        return aside(intake, "name", question or text)
    return intake if found else miss(intake, "name", text, "not_a_name", seq)


def _contact(intake: "Intake", text: str, found: Details, intent: str | None, seq: int | None) -> "Intake":
    if found.email or found.phone:
        return _with_asides(intake, text, found, "contact")
    if any(attempt.field in ("email", "phone") for attempt in found.attempts):
        return intake
    return _refusal_or_question(intake, text, found, intent, seq, "contact", "no_contact")


def _order_number(intake: "Intake", text: str, found: Details, intent: str | None, seq: int | None) -> "Intake":
    if found.order_number:
        return _with_asides(intake, text, found, "order_number")
    if any(attempt.field == "order_number" for attempt in found.attempts):
        return intake
    return _refusal_or_question(intake, text, found, intent, seq, "order_number", "no_order_number")


def _refusal_or_question(
    intake: "Intake", text: str, found: Details, intent: str | None, seq: int | None, field: str, reason: str
) -> "Intake":
    asks = looks_like_question(found.rest, intake.language)
    if refuses(text) and not (asks and plain(text).endswith("?")):
        return _refused(intake, text, field, seq)
    if asks:
        return aside(intake, field, question_in(text, intake.language) or text)
    if intent in ("refuse_details", "deny"):
        return _refused(intake, text, field, seq)
    return intake if found else miss(intake, field, text, reason, seq)


def _refused(intake: "Intake", text: str, requested: str, seq: int | None) -> "Intake":
    # "I won't give my e-mail" while we ask for the name is about the e-mail, and the name stays asked.
    named = {"contact" if name in ("email", "phone") else name for name in named_fields(text)} - {"question"}
    others = [name for name in sorted(named - {requested}) if not intake.has(name)]
    for name in others:
        intake = refuse(intake, name, text, seq)
    return intake if others and requested not in named else refuse(intake, requested, text, seq)


def _with_asides(intake: "Intake", text: str, found: Details, requested: str) -> "Intake":
    """The reply gave what was asked; whatever else it asks is passed on."""
    question = question_in(text, intake.language, tuple(hit.raw for hit in found.found.values()))
    return intake if question is None else note(intake, Understood(requested, "aside", question, question))


_READERS: dict[str, Callable[["Intake", str, Details, str | None, int | None], "Intake"]] = {
    "question": _question,
    "name": _name,
    "contact": _contact,
    "order_number": _order_number,
    "email_typo": email_typo,
    "confirmation": confirmation,
    "correction": correction,
}
