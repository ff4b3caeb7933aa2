"""Weighing: what is looked at to decide, as figures with a weight each; a message by itself, and in its dialogue."""

from collections.abc import Mapping
from dataclasses import dataclass

from handoff.detection.moment import Moment, Sign

#: What a message is asked by itself, and the figures that answer. `request`: do they ask for a person? `danger`: is
#: somebody hurt, or about to be?
BY_ITSELF: Mapping[str, tuple[str, ...]] = {
    "request": ("tone", "asks", "asks_maybe", "accepts", "calm"),
    "danger": ("tone", "safety", "safety_maybe", "calm"),
}
#: Signs of trouble with the service, of which more than one at once says more than each.
_TROUBLE = (
    "again", "same_words", "rejects", "given", "anger", "insult", "sarcasm", "despair", "resigned", "waiting", "threat",
    "shouting",
)  # fmt: skip
#: The figures of the decision, and under which name the ledger shows each; the agent reads these.
SHOWN_AS: Mapping[str, str] = {
    "asks": "explicit_request", "asks_maybe": "explicit_request", "accepts": "explicit_request",
    "request_tone": "explicit_request",
    "again": "repeated_question", "asked_again": "repeated_question",
    "same_words": "loop", "same_answer": "loop", "same_not_calm": "loop", "near_answer": "loop",
    "near_not_calm": "loop",
    "rejects": "rejected_answer", "rejected_before": "rejected_answer", "late_rejects": "rejected_answer",
    "late_rejects_twice": "rejected_answer",
    "given": "form_again", "form_again": "form_again",
    "misses": "misses", "misses_two": "misses", "misses_not_calm": "misses",
    "anger": "anger", "insult": "insult", "sarcasm": "sarcasm", "despair": "despair", "resigned": "resignation",
    "shouting": "shouting", "waiting": "waiting", "waited": "waiting",
    "threat": "threat", "threat_maybe": "threat", "safety": "safety", "safety_maybe": "safety",
    "danger_tone": "safety",
    "trouble": "trouble", "first_trouble": "trouble", "second_trouble": "trouble", "late_trouble": "trouble",
    "upset_before": "trouble",
    "tone": "tone", "late_tone": "tone", "first_tone": "tone",
    "thanks": "calm", "content": "calm", "laughs": "calm", "polite": "calm", "calm": "calm", "calm_trouble": "calm",
    "third_party": "about_others", "third_party_trouble": "about_others", "self_blame": "about_others",
    "self_blame_trouble": "about_others", "quoting": "about_others",
    "turns": "how_far", "first": "how_far", "late": "how_far", "late_not_calm": "how_far", "long": "how_far",
    "late_long": "how_far",
}  # fmt: skip
FIGURES = tuple(SHOWN_AS)
#: What a reason can be; the rest only moves the sum.
REASONS = frozenset(SHOWN_AS.values()) - {"trouble", "tone", "calm", "about_others", "how_far"}


#: What can only speak against a person, and what may speak for either.
_AGAINST = frozenset({"calm", "about_others"})
_EITHER = frozenset({"how_far", "trouble"})


def way_of(name: str) -> int:
    """1 when a figure speaks for a person or not at all, -1 when against one, 0 when that is open."""
    if name.endswith("_maybe") or SHOWN_AS[name] in _AGAINST:
        return -1
    return 0 if SHOWN_AS[name] in _EITHER or name in ("first_tone", "late_tone") else 1


@dataclass(frozen=True)
class Figure:
    """One number a sum is made of, with the sign it shows."""

    name: str
    value: float
    sign: Sign


def calm_in(moment: Moment) -> float:
    """1 when the customer thanks, laughs or is content."""
    return min(1.0, moment.value("thanks") + moment.value("content") + moment.value("laughs"))


def by_itself(question: str, moment: Moment, tone: float) -> Mapping[str, float]:
    """Takes a question, a moment and what the question's tone says of the message; the figures that answer it."""
    made = {"tone": tone, "calm": calm_in(moment)}
    return {name: made.get(name, moment.value(name)) for name in BY_ITSELF[question]}


def figures(moment: Moment, told: Mapping[str, float]) -> Mapping[str, Figure]:
    """Takes a moment and what the tones say of its last message; the figures that are not 0, by name.

    Args:
        told: log-odds by the name of the tone: ``trouble``, ``request`` and ``danger``.
    """
    had, tone = moment.value, told["trouble"]
    calm = calm_in(moment)
    trouble = min(3.0, float(sum(had(name) > 0 for name in _TROUBLE)))
    first, second, late = (float(had("turns") == 0), float(had("turns") == 1), float(had("turns") >= 2))
    easy = 1.0 - calm
    here = Sign(1.0, moment.last.text, moment.last.seq)
    bot = moment.signs.get("same_answer") or moment.signs.get("near_answer") or here
    missed = moment.signs.get("misses", here)
    made: list[tuple[str, float, Sign]] = [
        (name, sign.value, sign) for name, sign in moment.signs.items() if name in SHOWN_AS
    ]
    made += [
        ("tone", tone, here), ("first_tone", tone * first, here), ("late_tone", tone * late, here),
        ("request_tone", told["request"], here), ("danger_tone", told["danger"], here),
        ("calm", calm, here), ("trouble", trouble, here), ("calm_trouble", calm * trouble, here),
        ("first_trouble", first * trouble, here), ("second_trouble", second * trouble, here),
        ("late_trouble", late * trouble, here),
        ("third_party_trouble", had("third_party") * trouble, here),
        ("self_blame_trouble", had("self_blame") * trouble, here),
        ("first", first, here), ("late", late, here), ("late_not_calm", late * easy, here),
        ("late_long", late * had("long"), here),
        ("same_not_calm", had("same_answer") * easy, bot), ("near_not_calm", had("near_answer") * easy, bot),
        ("misses_two", float(had("misses") >= 2), missed),
        ("misses_not_calm", float(had("misses") >= 2) * easy, missed),
        ("late_rejects", late * had("rejects"), here),
        ("late_rejects_twice", float(late > 0 and had("rejected_before") > 0) * easy, here),
    ]  # fmt: skip
    return {name: Figure(name, value, sign) for name, value, sign in made if value}
