"""Moment: everything that can be seen of a dialogue at a customer's turn, sign by sign."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handoff.detection import resemblance, words
from handoff.detection.ledger import Context, Said

#: The encoder's numbers for a message, of length 1; None for what it does not know, or has not read yet.
Meaning = Callable[[str], Sequence[float] | None]
#: Turns that are looked at; a longer dialogue costs no more than one of this length.
LOOKED_AT = 24
#: Likeness from which two questions are one, by words and by meaning, and from which two answers are one.
SAME_QUESTION, SAME_MEANING, SAME_ANSWER = 0.5, 0.8, 0.85
#: A wait in seconds after which it is a sign.
LONG_WAIT = 300.0
_SHOUT = re.compile(r"[!?！？]{3,}|(!|！).*(!|！).*(!|！)|(.)\4{4,}|(?:.[!！]){3,}")
_LOUD_WORD = re.compile(r"\b[A-Z]{3,}\b")
#: Signs that are simply whether a table of words found something.
FROM_WORDS = (
    "again", "same_words", "rejects", "given", "anger", "insult", "sarcasm", "despair", "resigned", "waiting", "threat",
    "safety", "third_party", "self_blame", "quoting", "thanks", "content", "laughs", "polite",
)  # fmt: skip


@dataclass(frozen=True)
class Sign:
    """How much of a sign there is, 0 to about 3, and the words that show it."""

    value: float
    quote: str
    seq: int


@dataclass(frozen=True)
class Moment:
    """A customer's turn with what came before it."""

    last: Said
    language: str
    signs: Mapping[str, Sign]

    def value(self, name: str) -> float:
        """How much there is of a sign; 0 without it."""
        found = self.signs.get(name)
        return found.value if found else 0.0


def lately(said: Sequence[Said]) -> tuple[Said, ...]:
    """The turns that are looked at, up to the customer's last one."""
    until = max((place for place, one in enumerate(said) if one.role == "customer"), default=-1)
    return tuple(said[max(0, until + 1 - LOOKED_AT) : until + 1])


def see(said: Sequence[Said], language: str, context: Context, meaning: Meaning | None = None) -> Moment:
    """Takes turns that end with a customer's, and gives what can be seen of them.

    Args:
        said: as ``lately`` gives them, at least one.
        language: as words.base names it.
        meaning: what messages mean; without it the words alone are compared.
    """
    last, before = said[-1], said[:-1]
    customer = [one for one in before if one.role == "customer"]
    bot = [one for one in before if one.role == "bot"]
    signs: dict[str, Sign] = {}

    def note(name: str, value: float, quote: str, seq: int = last.seq) -> None:
        if value > 0:
            signs[name] = Sign(value, quote.strip(), seq)

    hits = words.of_customer(last.text, language)
    if "asks" in hits and "asks_not" not in hits:
        note("asks", 1.0, hits["asks"].quote)
    for name in FROM_WORDS:
        if name in hits and name + words.NOT not in hits:
            note(name, min(hits[name].number, 2), hits[name].quote)
        elif name in hits:
            note(name + "_maybe", 1.0, hits[name].quote)
    if "asks" in hits and "asks_not" in hits:
        note("asks_maybe", 1.0, hits["asks"].quote)
    offered = bot and before[-1].role == "bot" and "offered" in words.of_bot(bot[-1].text, language)
    if offered and "agrees" in hits and "declines" not in hits:
        note("accepts", 1.0, last.text)
    note("shouting", _loudness(last.text), last.text)
    _repetition(note, last, customer, bot, language, meaning, context)
    _misses(note, last, before, language, context)
    rejecting = [one for one in customer if "rejects" in words.of_customer(one.text, language)]
    upset = [one for one in customer if _upset(one, language)]
    for name, earlier, most in (("rejected_before", rejecting, 2), ("upset_before", upset, 1)):
        if earlier:
            note(name, min(len(earlier), most), earlier[-1].text, earlier[-1].seq)
    note("turns", min(len(customer), 3), last.text)
    note("long", min(len(last.text) / (60 if language in ("zh", "ko") else 120), 2.0), last.text)
    note("waited", min(context.waited / LONG_WAIT, 2.0) if context.waited >= LONG_WAIT else 0.0, last.text)
    return Moment(last, language, signs)


def _loudness(text: str) -> float:
    letters = [char for char in text if char.isascii() and char.isalpha()]
    loud = len(letters) >= 8 and sum(char.isupper() for char in letters) / len(letters) > 0.7
    return float(bool(_SHOUT.search(text))) + float(loud) + 0.5 * float(not loud and bool(_LOUD_WORD.search(text)))


def _upset(one: Said, language: str) -> bool:
    hits = words.of_customer(one.text, language)
    upset = ("anger", "insult", "same_words", "again", "despair")
    return any(name in hits and name + words.NOT not in hits for name in upset)


def _repetition(
    note: Callable[..., None],
    last: Said,
    customer: Sequence[Said],
    bot: Sequence[Said],
    language: str,
    meaning: Meaning | None,
    context: Context,
) -> None:
    """The same question, the same answer, the same field of a form."""
    earlier = [one.text for one in customer]
    likeness, place = resemblance.most_alike(last.text, earlier)
    asked = max((likeness - 0.2) / (SAME_QUESTION - 0.2), 0.0)
    asked, place = max((asked, place), _by_meaning(last.text, earlier, meaning))
    note(
        "asked_again",
        min(asked, 2.0),
        customer[place].text if place >= 0 else "",
        customer[place].seq if place >= 0 else last.seq,
    )
    if context.same_answer and bot:
        note("same_answer", 1.0, bot[-1].text, bot[-1].seq)
    elif len(bot) >= 2:
        told = max(resemblance.same_answer(bot[-1].text, one.text) for one in bot[:-1])
        note("same_answer", float(told >= SAME_ANSWER), bot[-1].text, bot[-1].seq)
        note("near_answer", told if told < SAME_ANSWER else 0.0, bot[-1].text, bot[-1].seq)
    last_words = words.of_bot(bot[-1].text, language) if bot else {}
    again = len(bot) >= 2 and resemblance.same_answer(bot[-1].text, bot[-2].text) >= SAME_ANSWER
    form = float("form_asks" in last_words and again) + float("form_refuses" in last_words)
    form = max(float(context.form_asked), form)
    note("form_again", min(form, 2.0), bot[-1].text if bot else "", bot[-1].seq if bot else last.seq)


def _by_meaning(text: str, earlier: Sequence[str], meaning: Meaning | None) -> tuple[float, int]:
    mine = meaning(text) if meaning else None
    if mine is None or meaning is None:
        return 0.0, -1
    best, at = 0.0, -1
    for place, other in enumerate(earlier):
        theirs = meaning(other)
        if theirs is not None:
            likeness = sum(map(operator.mul, mine, theirs))
            if likeness > best:
                best, at = likeness, place
    return max((best - 0.4) / (SAME_MEANING - 0.4), 0.0), at


def _misses(note: Callable[..., None], last: Said, before: Sequence[Said], language: str, context: Context) -> None:
    """How many answers in a row were none."""
    missed, quote, seq = 0, "", last.seq
    for one in reversed(before):
        if one.role == "customer":
            continue
        hit = words.of_bot(one.text, language).get("misses") if one.role == "bot" else None
        if hit is None:
            break
        if not missed:
            quote, seq = hit.quote, one.seq
        missed += 1
    missed = max(missed, context.misses)
    note("misses", min(missed, 3), quote or last.text, seq)
