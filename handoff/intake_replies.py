"""Intake replies: what a customer's message means, read in the order a careful person would read it."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from handoff.answers import Understood
from handoff.details import Details
from handoff.intake_changes import (
    another_round,
    aside,
    detour,
    fail,
    give,
    keep_email,
    learn,
    miss,
    note,
    refuse,
    reopen,
)
from handoff.names import bare_name
from handoff.orders import NEEDS_ORDER_NUMBER
from handoff.phrases import (
    after_no,
    after_yes,
    approves,
    never_minds,
    plain,
    refuses,
    refuses_outright,
    says_no,
    says_yes,
    yes_but,
)
from handoff.questions import looks_like_question, question_in, tells_something, without_questions

if TYPE_CHECKING:
    from handoff.intake import Intake

_SMALL_TALK = frozenset({"greet", "thanks", "goodbye", "affirm", "deny", "praise", "bot_challenge", "open_ticket"})

# The words for a field, so that "the e-mail is wrong" and "I won't give my phone" are about the right one.
_FIELD_WORDS = {
    "email": re.compile(r"e-?mail|\bmail\b|邮箱|邮件|이메일|메일", re.I),
    "phone": re.compile(r"phone|mobile|电话|手机|전화|휴대폰|연락처", re.I),
    "order_number": re.compile(r"\border\b|订单|单号|주문", re.I),
    "name": re.compile(r"\bname\b|名字|姓名|이름|성함", re.I),
    "question": re.compile(r"\b(?:question|problem|issue|description|summary)\b|问题|描述|문제|질문|내용", re.I),
}
_WRONG = re.compile(
    r"wrong|incorrect|not (?:right|correct)|change|typo|misspel|错|不对|改|有误|틀|바꾸|바꿔|수정|잘못|변경",
    re.I,
)
# A correction is short when it only says which field is wrong.
_SHORT = 40


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
    if intent in _SMALL_TALK or len(words) < 2:
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


def _email_typo(intake: "Intake", text: str, found: Details, intent: str | None, seq: int | None) -> "Intake":
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


def _confirmation(intake: "Intake", text: str, found: Details, intent: str | None, seq: int | None) -> "Intake":
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
    wrong = _named_fields(text)
    if wrong and _WRONG.search(plain(text)):
        return reopen(intake, wrong[0]) if len(plain(text)) <= _SHORT else _changed(intake, text, seq)
    return miss(intake, "confirmation", text, "yes_or_no", seq)


def _correction(intake: "Intake", text: str, found: Details, intent: str | None, seq: int | None) -> "Intake":
    if intake.understood or (found and not _WRONG.search(plain(text))):
        return another_round(intake)  # also when only what is known is said again
    if approves(text) or (says_yes(text) and not after_yes(text)):
        return _confirmed(intake, text)  # "What should I change?" - "it's fine"
    if looks_like_question(text, intake.language):
        return aside(intake, "correction", question_in(text, intake.language) or text)
    rest = after_no(text) if says_no(text) else plain(text)
    if not rest or intent in _SMALL_TALK or refuses_outright(text):
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
    wrong = _named_fields(words)
    if wrong and len(words) <= _SHORT and (_WRONG.search(words) or len(words) <= 20):
        return reopen(intake, wrong[0])
    if not sure and not tells_something(words):
        # "No idea" and "no, blue" leave open what is meant: that is asked, not guessed.
        return another_round(intake, correcting=True)
    return another_round(give(intake, "question", words, words, seq))


def _named_fields(text: str) -> list[str]:
    return [name for name, words in _FIELD_WORDS.items() if words.search(plain(text))]


def _refused(intake: "Intake", text: str, requested: str, seq: int | None) -> "Intake":
    # "I won't give my e-mail" while we ask for the name is about the e-mail, and the name stays asked.
    named = {"contact" if name in ("email", "phone") else name for name in _named_fields(text)} - {"question"}
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
    "email_typo": _email_typo,
    "confirmation": _confirmation,
    "correction": _correction,
}
