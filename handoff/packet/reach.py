"""Reach: where an answer goes, and how long a messaging app still delivers it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.packet.parts import Reach


@dataclass(frozen=True, slots=True)
class Window:
    """Hours after the customer's last message in which an app delivers an answer.

    `person_hours`: the same for an answer that is marked as a person's (Meta's HUMAN_AGENT tag).
    """

    hours: int
    person_hours: int | None = None


#: The apps that stop delivering. On the website and in any other app an answer may come at any time.
WINDOWS = {
    "whatsapp": Window(24),  # after that only a template message
    "messenger": Window(24, 7 * 24),
    "instagram": Window(24, 7 * 24),
    "wechat": Window(48),
}


def reach(channel: str, last_heard: datetime | None, now: datetime) -> Reach:
    """Takes the channel, the customer's last message and the present moment; returns how long an answer arrives.

    Where nothing was heard yet in an app with a limit, no answer is delivered at all.
    """
    window = WINDOWS.get(channel.partition(":")[0].lower())
    if window is None:
        return Reach(channel, last_heard, None, None, None, True)
    if last_heard is None:
        return Reach(channel, None, window.hours, None, None, False)
    until = last_heard + timedelta(hours=window.hours)
    person_until = last_heard + timedelta(hours=window.person_hours) if window.person_hours else None
    return Reach(channel, last_heard, window.hours, until, person_until, now < until)
