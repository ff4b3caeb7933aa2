"""Apologies: where something went wrong for the customer, that is said before the business."""

from api import wording
from api.dialogue.turn import Turn
from api.orders.personal import asks_in_general

#: Matters where something went wrong: the feeling is acknowledged before the business.
SORRY = ("damaged_item", "wrong_item", "delivery_late", "payment_failed")
#: How sure the bot must be of what went wrong, to be sorry for it: a wrong apology is worse than none.
SURE = 0.6


def apology(turn: Turn) -> list[str]:
    """The sentence that is sorry for what happened; none for "how long does delivery take?" and for a guess."""
    if turn.intent not in SORRY or turn.confidence < SURE or asks_in_general(turn.matter):
        return []
    return [wording.say(turn.language, f"ack-{turn.intent}")]
