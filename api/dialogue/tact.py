"""Tact: where "I'm sorry, let me see what I can do" would be beside the point."""

import re
from collections.abc import Sequence

from api import wording
from api.dialogue.turn import Said, Turn
from api.orders.personal import asks_in_general
from handoff.phrases import plain

#: Who greets, leaves, agrees or thanks is not promised help, nor who is told that we cannot.
CALM = (
    "greet",
    "goodbye",
    "never_mind",
    "thanks",
    "affirm",
    "praise",
    "open_ticket",
    "give_details",
    "refuse_details",
    "wants_it_done",
)
#: Words of the bot that are sorry by themselves.
SORRY_ALREADY = (
    "complaint",
    "not-helped",
    "ask-back-sorry",
    "several-which",
    "ack-damaged_item",
    "ack-wrong_item",
    "ack-delivery_late",
    "ack-payment_failed",
)
# "How long do returns take?" is no impatience; "how long do I still have to wait?" is.
_HOW_LONG = re.compile(
    r"\bhow (?:long|many days) (?:do|does|will|is|are|would)\b|(?:多久|几天|多长时间)|얼마나\s?걸|며칠(?:이나)?\s?걸",
    re.IGNORECASE,
)
_WAITED = re.compile(
    r"\b(?:still|already|yet|been|waiting|waited|weeks?|since|wait)\b|已经|都|还没|等了|还要等|到底|아직|벌써|째|기다|도대체",
    re.IGNORECASE,
)


def asks_how_long(text: str) -> bool:
    """Whether it asks how long something takes, without a word of having waited for it."""
    words = plain(text)
    return _HOW_LONG.search(words) is not None and _WAITED.search(words) is None


def no_time_for_regret(turn: Turn) -> bool:
    """Whether a regret before what is said would answer no feeling."""
    if turn.intent in CALM or asks_in_general(turn.matter):
        return True
    return turn.reading is not None and turn.reading.reason == "waiting" and asks_how_long(turn.matter)


def sorry_already(language: str, said: Sequence[Said]) -> bool:
    """Whether the words begin with a regret, so that another one would be the second in one breath."""
    first = said[0].text if said else ""
    return any(first.startswith(wording.say(language, key)) for key in SORRY_ALREADY)
