"""Intake changes: what one reply does to what is known: give, replace, break, refuse, tire us out."""

from dataclasses import replace
from typing import TYPE_CHECKING

from handoff.answers import Answer, Understood
from handoff.details import Details
from handoff.mail_domains import likely_typo

if TYPE_CHECKING:
    from handoff.intake import Intake

# How many replies to one and the same question may be of no use before we go on without an answer.
PATIENCE = 2
# The same for replies that are about something else: a question asked in the middle, another detail.
PATIENCE_WITH_DETOURS = 4
# How often the customer may send the summary back before the ticket is made as it is.
ROUNDS = 6

_CONTACT = ("email", "phone", "contact")


def learn(intake: "Intake", found: Details, seq: int | None) -> "Intake":
    """Takes the details of a message; a good one replaces what was known, a broken one is noted."""
    for name, hit in found.found.items():
        intake = give(intake, name, hit.value, hit.raw, seq)
    for attempt in found.attempts:
        settled = attempt.field in found.found or (attempt.field in _CONTACT and (found.email or found.phone))
        if not settled:
            intake = fail(intake, attempt.field, attempt.raw, attempt.reason, seq)
    return intake


def give(intake: "Intake", name: str, value: str, raw: str, seq: int | None) -> "Intake":
    """Takes a good value; it replaces whatever was there."""
    before = intake.answers.get(name)
    if before is not None and before.status == "given" and before.value == value:
        return intake
    answers = dict(intake.answers)
    if name in _CONTACT:
        # A good contact settles the matter: a broken or refused one need not be asked again.
        answers = {part: a for part, a in answers.items() if part != "contact" and (part not in _CONTACT or a.settled)}
    answers[name] = Answer("given", value, raw, seq=seq)
    how = "replaced" if before is not None and before.value is not None else "given"
    intake = note(replace(intake, answers=answers), Understood(name, how, value, raw))
    if name != "email":
        return intake
    return replace(intake, suggestion=None if value in intake.declined else likely_typo(value))


def fail(intake: "Intake", name: str, raw: str, reason: str, seq: int | None) -> "Intake":
    """Takes something that cannot be used: the first time it is asked again, then kept as it was typed."""
    counted = "contact" if name in _CONTACT else name
    misses = intake.misses.get(counted, 0) + 1
    answers = {
        part: answer
        for part, answer in intake.answers.items()
        if counted != "contact" or part not in _CONTACT or answer.settled
    }
    answer = Answer("unverified" if misses >= PATIENCE else "invalid", raw.strip(), raw, reason, seq)
    intake = replace(intake, answers={**answers, name: answer}, misses={**intake.misses, counted: misses})
    if name == "email":
        intake = replace(intake, suggestion=None)
    return note(intake, Understood(name, answer.status, answer.value, raw, reason))


def refuse(intake: "Intake", name: str, raw: str, seq: int | None) -> "Intake":
    """Takes a refusal; the field is not asked again."""
    answers = {
        part: answer
        for part, answer in intake.answers.items()
        if name != "contact" or part not in _CONTACT or answer.settled
    }
    answers[name] = Answer("refused", None, raw, seq=seq)
    return note(replace(intake, answers=answers), Understood(name, "refused", None, raw))


def miss(intake: "Intake", name: str, raw: str, reason: str, seq: int | None) -> "Intake":
    """Takes a reply that was of no use for what was asked; after the second we go on without."""
    if name not in ("confirmation", "correction", "email_typo"):
        return fail(intake, name, raw, reason, seq)
    misses = intake.misses.get(name, 0) + 1
    intake = replace(intake, misses={**intake.misses, name: misses})
    if misses >= PATIENCE:
        return give_up(intake, name)
    return note(intake, Understood(name, "invalid", None, raw, reason))


def aside(intake: "Intake", name: str, question: str) -> "Intake":
    """Takes a question asked in the middle: it is answered by the caller, and the field stays asked."""
    return detour(note(intake, Understood(name, "aside", question, question)), name)


def detour(intake: "Intake", name: str) -> "Intake":
    """Counts a reply that was about something else, so that nobody is asked the same for ever."""
    detours = intake.detours.get(name, 0) + 1
    intake = replace(intake, detours={**intake.detours, name: detours})
    return give_up(intake, name) if detours >= PATIENCE_WITH_DETOURS else intake


def give_up(intake: "Intake", name: str) -> "Intake":
    """Takes a field nothing will come of; goes on without it, so that there is a ticket at the end."""
    if name == "email_typo":
        return keep_email(intake)
    if name in ("confirmation", "correction"):
        return replace(intake, confirmed=False, correcting=False)
    parts = _CONTACT if name == "contact" else (name,)
    known = [part for part in parts if part in intake.answers]
    answers = dict(intake.answers)
    for part in known:
        if not answers[part].settled:
            answers[part] = replace(answers[part], status="unverified")
    if not known:
        answers[name] = Answer("unverified")
    return note(replace(intake, answers=answers), Understood(name, "unverified"))


def keep_email(intake: "Intake") -> "Intake":
    """The customer stands by the address: it is not doubted again."""
    email = intake.value("email")
    return replace(intake, suggestion=None, declined=(*intake.declined, email) if email else intake.declined)


def another_round(intake: "Intake", *, correcting: bool = False) -> "Intake":
    """The summary was not right: it is put together and shown again, though not for ever."""
    rounds = intake.rounds + 1
    if rounds >= ROUNDS:
        return replace(intake, confirmed=False, correcting=False, rounds=rounds)
    return replace(intake, correcting=correcting, rounds=rounds)


def reopen(intake: "Intake", name: str) -> "Intake":
    """Takes a field the customer calls wrong, without saying what is right: it is asked again."""
    counted = "contact" if name in _CONTACT else name
    answers = {part: answer for part, answer in intake.answers.items() if (counted, part) != ("contact", "contact")}
    if name in answers:
        answers[name] = replace(answers[name], status="invalid", reason="said_wrong")
    misses = {part: count for part, count in intake.misses.items() if part != counted}
    return another_round(replace(intake, answers=answers, misses=misses))


def note(intake: "Intake", understood: Understood) -> "Intake":
    """Adds to what was understood from this message."""
    return replace(intake, understood=(*intake.understood, understood))
