"""What a customer is told when their conversation changes hands, in their own language."""

from collections.abc import Callable, Sequence

from api import wording
from handoff.conversations import Conversation
from handoff.desk.cases import Say
from handoff.desk.whose import Who
from handoff.stream import Word


def claimed(who: Who) -> Say:
    """A person is there now."""
    return _told(who, lambda language: wording.say(language, "desk-claimed", agent=who.display))


def passed(receiver: Who) -> Say:
    """Another person is there now."""
    return _told(receiver, lambda language: wording.say(language, "desk-passed", agent=receiver.display))


def released(who: Who, to: str) -> Say:
    """The person gives it back, to the queue or to the bot."""
    if to == "bot":
        return _told(who, lambda language: wording.say(language, "desk-to-bot", agent=who.display))
    return _told(who, lambda language: wording.say(language, "desk-to-queue", agent=who.display))


def closed(who: Who, ticket: str | None) -> Say:
    """The person ends it; with a ticket that stays open, its number."""
    if ticket is None:
        return _told(who, lambda language: wording.say(language, "desk-closed", agent=who.display))
    return _told(who, lambda language: wording.say(language, "desk-closed-ticket", agent=who.display, number=ticket))


def left_alone(display: str) -> Say:
    """Their person has gone without a word."""
    return _told(None, lambda language: wording.say(language, "desk-away", agent=display))


def _told(who: Who | None, sentence: Callable[[str], str]) -> Say:
    data = {"agent": {"display": who.display}} if who else {}

    def say(conversation: Conversation) -> Sequence[Word]:
        return (Word("message", "system", sentence(conversation.language or conversation.locale), data),)

    return say
