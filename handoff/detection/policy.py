"""Policy: what is done about a reading: hand over, offer a person, acknowledge the feeling, or go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handoff.detection.ledger import Context, Decision, Signal
from handoff.detection.model import Model, chance
from handoff.detection.moment import Moment
from handoff.detection.weighing import REASONS

#: Signs of a feeling that is named before the answer goes on.
FEELINGS = ("anger", "insult", "despair", "resigned", "waiting", "shouting")
#: Questions in a row without an answer from which a person is offered, and askings of one field of the form.
OFFER_AFTER_MISSES, OFFER_AFTER_FORM = 2, 3
#: Rasa's reading of the message from which it is a request for a person.
SURE_OF_REQUEST = 0.6
#: From which probability a message is named a request or danger, when a person is fetched.
LIKELY = 0.5
REASON_OF = {"request": "explicit_request", "danger": "safety"}


@dataclass(frozen=True)
class Call:
    """What a message calls for by itself. ``reason``: a request or danger, as far as it looks like one; else empty.

    ``at_once``: surely enough to fetch a person whatever else is said.
    """

    reason: str
    at_once: bool


def call_of(answers: Mapping[str, float], context: Context, model: Model) -> Call:
    """Takes the answers (log-odds) of a message; what it calls for."""
    if context.request_human >= SURE_OF_REQUEST:
        return Call("explicit_request", True)
    likely = {kind: chance(answers[kind]) for kind in REASON_OF}
    kind = max(likely, key=likely.__getitem__)
    if likely[kind] < LIKELY:
        return Call("", False)
    return Call(REASON_OF[kind], likely[kind] >= model.questions[kind].threshold)


def decide(probability: float, language: str, moment: Moment, context: Context, model: Model, call: Call) -> Decision:
    """Takes the calibrated probability and what is known besides; the mildest decision that is enough."""
    if call.at_once or probability >= model.hand_over[language]:
        return "hand_over"
    if probability >= model.offer[language] or (circles(context) and not moment.value("thanks")):
        return "offer"
    if any(moment.value(sign) for sign in FEELINGS) and probability >= model.acknowledge[language]:
        return "acknowledge"
    return "go_on"


def circles(context: Context) -> str:
    """How the bot goes round in circles by what the product knows: the reason's name, or nothing."""
    if context.misses >= OFFER_AFTER_MISSES:
        return "misses"
    return "form_again" if context.form_asked >= OFFER_AFTER_FORM else ""


def reason_of(ledger: Sequence[Signal], call: Call, context: Context) -> str:
    """The name a decision is counted under: a request or danger, the strongest sign that can be one, or circles."""
    strongest = next((one.name for one in ledger if one.name in REASONS and one.weight > 0), "")
    return call.reason or strongest or circles(context) or "frustration"
