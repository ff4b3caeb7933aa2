"""The matter: what the customer's problem is, in their words, and whether they agreed to it when it was read back."""

from collections.abc import Mapping, Sequence
from typing import Literal

from handoff.courtesies import is_courtesy
from handoff.facts import Fact
from handoff.packet.parts import Given, Problem
from handoff.packet.record import Record, Spoken, TicketRow
from handoff.packet.remembered import Noted, Remembered
from handoff.packet.sentences import shortened
from handoff.questions import tells_something

#: How much of the problem is restated.
LONGEST = 280
#: Details in the order in which an agent reads them. The question is the problem, and has its own place.
_ORDER = ("name", "email", "phone", "contact", "order_number")
_SEPARATE = ("question",)


def problem(record: Record, memory: Remembered, spoken: Sequence[Spoken]) -> Problem | None:
    """Takes what is known and the customer's messages; returns the problem, the present one before an old one."""
    form = (memory.form or {}).get("question")
    if form is not None and form.value:
        return _problem(form.value, memory.topic, memory.confirmed is True, "form")
    if memory.question and not is_courtesy(memory.question):
        return _problem(memory.question, memory.topic, False, "dialogue")
    ticket = next((one for one in reversed(record.tickets) if one.question.strip()), None)
    if ticket is not None:
        return _problem(ticket.question, ticket.intent, _agreed(ticket), "ticket")
    fact = next((one for one in record.facts if one.field == "question" and one.value), None)
    if fact is not None and fact.value:
        return _problem(fact.value, memory.topic, fact.confirmed, "fact")
    words = next((one.text for one in spoken if tells_something(one.text) and not is_courtesy(one.text)), None)
    return _problem(words, memory.topic, False, "words") if words else None


def given(record: Record, memory: Remembered) -> tuple[Given, ...]:
    """Takes what is known; returns the details with where they were said, those of a form in progress included."""
    found = {fact.field: _from_fact(fact, record, memory) for fact in record.facts if fact.field not in _SEPARATE}
    for field, noted in (memory.form or {}).items():
        known = found.get(field)
        if field not in _SEPARATE and noted.settled and (known is None or (known.value is None and noted.value)):
            found[field] = _from_form(field, noted, memory)
    return tuple(sorted(found.values(), key=lambda one: (_place(one.field), one.field)))


def _from_fact(fact: Fact, record: Record, memory: Remembered) -> Given:
    if not fact.value:
        return Given(fact.field, None, "refused", fact.raw, fact.seq)
    agreed = fact.confirmed or _confirmed(fact.field, fact.value, record, memory)
    return Given(fact.field, fact.value, "confirmed" if agreed else "claimed", fact.raw, fact.seq)


def _from_form(field: str, noted: Noted, memory: Remembered) -> Given:
    if noted.value is None:
        return Given(field, None, "refused", noted.raw, noted.seq)
    return Given(field, noted.value, "confirmed" if memory.confirmed else "claimed", noted.raw, noted.seq)


def _confirmed(field: str, value: str, record: Record, memory: Remembered) -> bool:
    """Whether the customer agreed to a summary that had it."""
    noted = (memory.form or {}).get(field)
    if memory.confirmed is True and noted is not None and noted.value == value:
        return True
    return any(_agreed(ticket) and _detail(ticket, field) == value for ticket in record.tickets)


def _agreed(ticket: TicketRow) -> bool:
    return isinstance(ticket.details, Mapping) and ticket.details.get("confirmed") is True


def _detail(ticket: TicketRow, field: str) -> object:
    answer = ticket.details.get(field) if isinstance(ticket.details, Mapping) else None
    return answer.get("value") if isinstance(answer, Mapping) else None


def _place(field: str) -> int:
    return _ORDER.index(field) if field in _ORDER else len(_ORDER)


def _problem(
    text: str, topic: str | None, confirmed: bool, source: Literal["form", "dialogue", "ticket", "fact", "words"]
) -> Problem | None:
    line = shortened(text, LONGEST)
    return Problem(line, topic, confirmed, source) if line else None
