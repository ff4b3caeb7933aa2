"""The reason: in one word why a person is asked in, from what was recorded and from nothing else."""

import re
from collections.abc import Sequence

from handoff.packet.parts import Evidence, Reason
from handoff.packet.readings import probability
from handoff.packet.record import Change, Record
from handoff.packet.remembered import Remembered
from handoff.packet.signal_names import NO_REASONS, REQUEST
from handoff.tickets import OPEN

#: A reason that is a code and not a sentence.
_CODE = re.compile(r"[a-z][a-z0-9_]{1,63}")
NONE = "none"
DANGER = "safety"
#: A signal from long before is not why a person is asked in now.
_MESSAGES = 3


def reason(record: Record, memory: Remembered) -> Reason:
    """Takes the record and the bot's memory; returns why the conversation left the bot, or would."""
    change, sure = _left_the_bot(record), probability(record.traces)
    words, at = (change.reason, change.at) if change else ("", None)
    if change is not None and _CODE.fullmatch(change.reason):
        return Reason(change.reason, words, "owner", at, sure)
    if _waits_by_ticket(record):
        # What the form's questions looked like to detection since is not why they asked for a person.
        asked = [one for one in record.ledger if one.name in (REQUEST, DANGER) and one.weight > 0]
        name = max(asked, key=lambda one: (one.weight, one.seq)).name if asked else REQUEST
        return Reason(name, words, "signals" if asked else "request", at, sure)
    heaviest = _heaviest(record.ledger)
    if heaviest is not None:
        return Reason(heaviest.name, words, "signals", at, sure)
    if memory.wants_person or any(ticket.kind == "person" for ticket in record.tickets[-1:]):
        return Reason(REQUEST, words, "request", at, sure)
    return Reason(NONE, words, "none", at, sure)


def _left_the_bot(record: Record) -> Change | None:
    """The change with which a person got the conversation; none when the bot has it, and no ticket waits for one."""
    if record.conversation.owner == "bot" and not _waits_by_ticket(record):
        return None
    return next((one for one in reversed(record.changes) if one.from_ == "bot" and one.to in ("queue", "agent")), None)


def _waits_by_ticket(record: Record) -> bool:
    """Whether they asked for a person and have a ticket that nobody has taken up."""
    return any(ticket.kind == "person" and ticket.status == OPEN for ticket in record.tickets[-1:])


def _heaviest(ledger: Sequence[Evidence]) -> Evidence | None:
    last = sorted({one.seq for one in ledger})[-_MESSAGES:]
    recent = [one for one in ledger if one.seq in last and one.weight > 0 and one.name not in NO_REASONS]
    return max(recent, key=lambda one: (one.weight, one.seq, one.name), default=None)
