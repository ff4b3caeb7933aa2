"""A burst: messages a customer sent quickly one after the other, as people do in chats, and which are answered once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.dialogue.memory import Memory
from handoff.courtesies import is_courtesy
from handoff.events import Event

#: A customer who goes on and on is answered after so many quiet times all the same.
LONGEST = 4


@dataclass(frozen=True, slots=True)
class Burst:
    """The messages the next turn answers, oldest first, and when: nobody knows before whether more will come."""

    messages: tuple[Event, ...]
    due_at: datetime


def next_burst(waiting: Sequence[Event], memory: Memory, quiet: timedelta, max_characters: int) -> Burst:
    """The messages to answer next.

    Args:
        waiting: unanswered messages, oldest first, at least one.
        quiet: how long nothing must have come; none: each message is answered by itself, at once.
        max_characters: the longest text a turn reads.
    """
    first = waiting[0]
    if not quiet or memory.pressed(first.text):
        # A button says all there is to say; nobody presses one and goes on.
        return Burst((first,), first.at)
    messages, length = [first], len(first.text)
    for event in waiting[1:]:
        length += 1 + len(event.text)
        if length > max_characters or memory.pressed(event.text):
            return Burst(tuple(messages), first.at)
        messages.append(event)
    return Burst(tuple(messages), min(messages[-1].at + quiet, first.at + LONGEST * quiet))


def joined(messages: Sequence[Event]) -> str:
    """What the messages say together; of several, a greeting or a thank-you is left out when others say something."""
    texts = [message.text for message in messages]
    if len(texts) == 1:
        return texts[0]
    return "\n".join([text for text in texts if not is_courtesy(text)] or texts)
