"""Detector: reads a conversation after each of the customer's turns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from handoff.detection import moment as moments
from handoff.detection import policy, words
from handoff.detection.ledger import Context, Reading, Said, Signal
from handoff.detection.model import Model, chance, heard, load
from handoff.detection.moment import Sign
from handoff.detection.plain import LONGEST
from handoff.detection.weighing import SHOWN_AS, Figure, by_itself, figures

#: Weights closer to 0 are not worth an agent's look.
WORTH_SHOWING = 0.15
#: What a request counts that only the product knew of, such as a pressed button.
AT_ONCE = 4.0


class Detector:
    """Says whether a person should take over.

    Args:
        model: the fitted weights; those in the package without it.
        meaning: the encoder's numbers for a message, or None. Without it letters and words alone are read.
        encoder: its name; the meaning is used only when the model was fitted with the same one.
    """

    def __init__(self, model: Model | None = None, meaning: moments.Meaning | None = None, encoder: str = "") -> None:
        self._model = model or load()
        # Numbers of another encoder would mean something else.
        self._meaning = meaning if encoder.split("@")[0] == self._model.encoder else None

    def reads_meaning(self, language: str) -> bool:
        """Whether messages of a language are read by the encoder's numbers too."""
        return self._meaning is not None and words.base(language) in self._model.senses

    def read(
        self, said: Sequence[Said], language: str, context: Context | None = None, *, by_meaning: bool = True
    ) -> Reading:
        """Takes what was said, oldest first, and reads it at the customer's last turn.

        Args:
            said: turns of the customer, the bot and agents; what comes after the customer's last turn is not looked at.
            language: of the conversation, such as ``en``, ``zh-CN`` or ``ko``; others are read by the English tables.
            context: what the product knows besides the words.
            by_meaning: whether the encoder's numbers are looked at, where they mean something.
        """
        seen = moments.lately(said)
        if not seen:
            return Reading(0.0, "go_on", "", ())
        known = context or Context()
        tongue = words.base(language)
        # In languages the encoder does not know, what it says of a message means nothing.
        meaning = self._meaning if by_meaning and self.reads_meaning(language) else None
        moment = moments.see(seen, tongue, known, meaning)
        text = moment.last.text
        told = heard(self._model, text, tongue, meaning(text) if meaning else None)
        answers = {name: one.answer(by_itself(name, moment, told[name])) for name, one in self._model.questions.items()}
        found = figures(moment, told)
        total = self._model.bias[tongue] + sum(self._model.weights[name] * one.value for name, one in found.items())
        scale = self._model.calibrations[tongue]
        probability = chance(scale.slope * total + scale.offset)
        call = policy.call_of(answers, known, self._model)
        ledger = _ledger(found, self._model, moment.last, call.reason if call.at_once else None)
        if call.at_once:
            probability = max(probability, self._model.hand_over[tongue])
        decision = policy.decide(probability, tongue, moment, known, self._model, call)
        reason = "" if decision == "go_on" else policy.reason_of(ledger, call, known)
        return Reading(round(probability, 4), decision, reason, ledger)


def _ledger(found: Mapping[str, Figure], model: Model, last: Said, forced: str | None) -> tuple[Signal, ...]:
    """What was added up, by the names an agent reads, strongest first; what forced the decision stands at the top."""
    sums: dict[str, float] = defaultdict(float)
    strongest: dict[str, tuple[float, Sign]] = {}
    for name, figure in found.items():
        weight, shown = model.weights[name] * figure.value, SHOWN_AS[name]
        sums[shown] += weight
        if shown not in strongest or abs(weight) > abs(strongest[shown][0]):
            strongest[shown] = (weight, figure.sign)
    told = [
        Signal(
            name, round(weight, 2), (strongest[name][1].quote or last.text.strip())[:LONGEST], strongest[name][1].seq
        )
        for name, weight in sums.items()
        if abs(weight) >= WORTH_SHOWING or name == forced
    ]
    if forced and forced not in sums:
        told.append(Signal(forced, AT_ONCE, last.text.strip()[:LONGEST], last.seq))
    return tuple(sorted(told, key=lambda one: (one.name != forced, -abs(one.weight))))
