"""Confirming: what a customer means who is asked whether all is right, what is wrong, or if an address is a typo."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from handoff.answers import Understood
from handoff.details import Details
from handoff.field_words import named_fields
from handoff.intake_changes import another_round, aside, give, keep_email, miss, note, reopen
from handoff.names import bare_name
from handoff.phrases import after_no, after_yes, approves, plain, refuses, refuses_outright, says_no, says_yes, yes_but
from handoff.questions import looks_like_question, question_in, tells_something

if TYPE_CHECKING:
    from handoff.intake import Intake

#: What is said to be polite and fills no field.
SMALL_TALK = frozenset({"greet", "thanks", "goodbye", "affirm", "deny", "praise", "bot_challenge", "open_ticket"})

_WRONG = re.compile(
    r"wrong|incorrect|not (?:right|correct)|change|typo|misspel|错|不对|改|有误|틀|바꾸|바꿔|수정|잘못|변경",
    re.I,
)
# A correction is short when it only says which field is wrong.
_SHORT = 40


def email_typo(intake: "Intake", text: str, found: Details, intent: str | None, seq: int | None) -> "Intake":
    """Takes the reply to "did you mean …?"; returns the intake with the address that is meant."""
    if found.email and any(one.field == "email" for one in intake.understood):
        return intake  # another address: its own domain was looked at when it was taken
    yes = says_yes(text) or (intent == "affirm" and not says_no(text)) or _names_suggestion(intake, text)
    if found.email or (not yes and (says_no(text) or intent == "deny" or refuses(text))):
        return note(keep_email(intake), Understood("email_typo", "typo_declined", intake.value("email"), text))
    meant = intake.suggested_email
    if yes and meant is not None:
        return note(give(intake, "email", meant, text, seq), Understood("email_typo", "typo_accepted", meant, text))
    if looks_like_question(text, intake.language):
        return aside(intake, "email_typo", text)
    return miss(intake, "email_typo", text, "yes_or_no", seq)


def _names_suggestion(intake: "Intake", text: str) -> bool:
    """Says whether a reply is "no, it's hotmail": a no to what was typed, and a yes to what we suggest."""
    meant = (intake.suggestion or "").partition(".")[0]
    typed = (intake.value("email") or "").rpartition("@")[2].partition(".")[0]
    words = plain(text).lower()
    return meant != typed and re.search(rf"\b{re.escape(meant)}\b", words) is not None and typed not in words


def confirmation(intake: "Intake", text: str, found: Details, intent: str | None, seq: int | None) -> "Intake":
    """Takes the reply to "is that right?"; returns the intake confirmed, changed, or asked again."""
    if intake.understood:
        # A correction, with or without a "no" before it: it is restated before the ticket is made.
        return another_round(intake)
    if approves(text):
        return _confirmed(intake, text)
    if says_no(text) or (intent == "deny" and not says_yes(text)):
        denied, rest = note(intake, Understood("confirmation", "denied", None, text)), after_no(text)
        said = says_no(text) and rest and not found
        return _changed(denied, rest, seq, sure=False) if said else another_round(denied, correcting=True)
    if yes_but(text):
        return _changed(intake, after_yes(text), seq)
    if looks_like_question(text, intake.language) and not says_yes(text):
        return aside(intake, "confirmation", question_in(text, intake.language) or text)
    if says_yes(text) or intent == "affirm":
        return _confirmed(intake, text)
    wrong = named_fields(text)
    if wrong and _WRONG.search(plain(text)):
        return reopen(intake, wrong[0]) if len(plain(text)) <= _SHORT else _changed(intake, text, seq)
    return miss(intake, "confirmation", text, "yes_or_no", seq)


def correction(intake: "Intake", text: str, found: Details, intent: str | None, seq: int | None) -> "Intake":
    """Takes the reply to "what should I change?"; returns the intake with the change in it, or asked again."""
    if intake.understood or (found and not _WRONG.search(plain(text))):
        return another_round(intake)  # also when only what is known is said again
    if approves(text) or (says_yes(text) and not after_yes(text)):
        return _confirmed(intake, text)  # "What should I change?" - "it's fine"
    if looks_like_question(text, intake.language):
        return aside(intake, "correction", question_in(text, intake.language) or text)
    rest = after_no(text) if says_no(text) else plain(text)
    if not rest or intent in SMALL_TALK or refuses_outright(text):
        return miss(intake, "correction", text, "no_correction", seq)
    return _changed(intake, rest, seq)


def _confirmed(intake: "Intake", text: str) -> "Intake":
    confirmed = replace(intake, confirmed=True, correcting=False)
    confirmed = note(confirmed, Understood("confirmation", "confirmed", None, text))
    question = question_in(text, intake.language)
    return confirmed if question is None else note(confirmed, Understood("ticket", "aside", question, question))


def _changed(intake: "Intake", words: str, seq: int | None, *, sure: bool = True) -> "Intake":
    """Takes what should be different, without a detail in it: a name, the word for a field, the question.

    Not `sure` that it is a change at all, it has to be long enough to tell of something.
    """
    name, known = bare_name(words), intake.value("name")
    if name and known and name != known and fuzz.ratio(name.lower(), known.lower()) >= 60:
        return another_round(give(intake, "name", name, words, seq))
    wrong = named_fields(words)
    if wrong and len(words) <= _SHORT and (_WRONG.search(words) or len(words) <= 20):
        return reopen(intake, wrong[0])
    if not sure and not tells_something(words):
        # "No idea" and "no, blue" leave open what is meant: that is asked, not guessed.
        return another_round(intake, correcting=True)
    return another_round(give(intake, "question", words, words, seq))
