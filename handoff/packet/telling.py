"""Telling: at most three sentences of the customer's own that say what it is about and how they feel."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from handoff.courtesies import is_courtesy
from handoff.details import find_details
from handoff.names import find_name
from handoff.packet.parts import Evidence, Telling
from handoff.packet.sentences import sentences, shortened
from handoff.packet.signal_names import NO_REASONS, REQUEST
from handoff.phrases import plain
from handoff.questions import looks_like_question, tells_something

MOST = 3
_MIN_QUOTE = 2
#: Longer, and "get me a human" has the story with it.
_BRIEF = 60
_UNTOLD = NO_REASONS | {REQUEST}
#: No order number and no telephone number has fewer; no sentence that only gives a name is longer.
_FEWEST_DIGITS, _LONGEST_NAME = 5, 60

Why = Literal["problem", "signal", "question", "matter"]


@dataclass(frozen=True, slots=True)
class Message:
    """Something the customer wrote with their own hands: where, and the text."""

    seq: int
    text: str


@dataclass(frozen=True, slots=True)
class _Place:
    seq: int
    number: int
    text: str
    key: str  # its letters and digits: what makes two sentences one


def telling(
    messages: Sequence[Message],
    problem: str | None,
    ledger: Sequence[Evidence],
    language: str,
    nothing_new: Container[int] = (),
) -> tuple[Telling, ...]:
    """Takes the customer's messages, oldest first, the problem, the ledger; returns sentences in their order.

    One of the problem first, then one behind the heaviest signal, then the last question, then what says most.
    Greetings, bare details and what was said twice are never among them. `nothing_new`: messages that the bot read as
    an answer or a request; short ones tell of no matter.
    """
    places = list(_telling_places(messages))
    requests = {_flat(one.quote) for one in ledger if one.name == REQUEST}
    chosen: dict[str, tuple[_Place, Why]] = {}

    def choose(candidates: Iterable[_Place], why: Why) -> None:
        for place in candidates:
            if place.key not in chosen:
                chosen[place.key] = (place, why)
                return

    brief = {message.seq for message in messages if message.seq in nothing_new and len(message.text) <= _BRIEF}
    matters = [
        place
        for place in places
        if place.seq not in brief and not any(quote and quote in place.key for quote in requests)
    ]
    choose(_of_problem(matters, problem), "problem")
    choose(_behind_signals(places, ledger), "signal")
    choose((place for place in reversed(matters) if looks_like_question(place.text, language)), "question")
    for _ in range(MOST):
        if len(chosen) < MOST:
            choose(sorted(matters, key=_weight, reverse=True), "matter")
    first = list(chosen.values())[:MOST]
    ordered = sorted(first, key=lambda one: (one[0].seq, one[0].number))
    return tuple(Telling(place.seq, shortened(place.text), why) for place, why in ordered)


def _telling_places(messages: Sequence[Message]) -> Iterable[_Place]:
    # What was said twice counts where it was said last, and is looked at once.
    found: dict[str, _Place] = {}
    for message in messages:
        for number, sentence in enumerate(sentences(message.text)):
            place = _Place(message.seq, number, sentence, _flat(sentence))
            found.pop(place.key, None)
            found[place.key] = place
    for place in found.values():
        if tells_something(place.text) and not is_courtesy(place.text) and not _only_details(place.text):
            yield place


def _only_details(sentence: str) -> bool:
    # "My name is Jane, jane@example.com" is in the details already.
    if "@" in sentence or sum(letter.isdigit() for letter in sentence) >= _FEWEST_DIGITS:
        found = find_details(sentence)
        return bool(found) and not tells_something(found.rest)
    name = find_name(plain(sentence)) if len(sentence) <= _LONGEST_NAME else None
    return name is not None and not tells_something(plain(sentence).replace(name.raw, " "))


def _of_problem(places: Sequence[_Place], problem: str | None) -> list[_Place]:
    whole = _flat(problem or "")
    return sorted((place for place in places if place.key in whole), key=_weight, reverse=True) if whole else []


def _behind_signals(places: Sequence[_Place], ledger: Sequence[Evidence]) -> Iterable[_Place]:
    # That they want a person is the reason already; as a sentence it tells nothing of the matter.
    felt = [one for one in ledger if one.name not in _UNTOLD and one.weight > 0 and len(one.quote) >= _MIN_QUOTE]
    for one in sorted(felt, key=lambda one: (one.weight, one.seq), reverse=True):
        quote = _flat(one.quote)
        yield from (place for place in places if place.seq == one.seq and quote in place.key)


def _weight(place: _Place) -> tuple[int, int]:
    # Length says much, up to a point; a number is something concrete. Of equals the later one.
    concrete = sum(letter.isdigit() for letter in place.text) > 0
    return min(len(place.key), 160) + 20 * concrete, place.seq


def _flat(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
