"""Asked again: what in an agent's draft asks for something the customer has given or done already."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from handoff.packet.document import Packet
from handoff.packet.parts import Attempted
from handoff.packet.sentences import sentences, shortened
from handoff.packet.steps import any_of, steps
from handoff.packet.wording import say, spoken
from handoff.phrases import plain

WORDS = Path(__file__).with_name("asking.yml")
#: An answer to "how can we reach you?" is any of these.
CONTACT = ("email", "phone", "contact")
#: What words/ has a warning of its own for.
_DETAILS = ("name", "email", "phone", "order_number")
_NAMED = (*_DETAILS, "problem", "article", "step")
#: Articles that were really read to the customer; one that was only named may well be pointed to.
_TOLD = ("shown", "rejected", "helped")


@dataclass(frozen=True, slots=True)
class Known:
    """Something that need not be asked.

    Attributes:
        field: name, email, phone, contact, order_number, problem, article or step.
        value: what is known; None when the customer would not say.
        sentence: the sentence of the draft that asks for it, as it stands there.
        seq: where the customer said it, if that is known.
    """

    field: str
    value: str | None
    sentence: str
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class _Asking:
    """How one language asks: see asking.yml."""

    frame: re.Pattern[str]
    fields: Mapping[str, re.Pattern[str]]
    whole: Mapping[str, re.Pattern[str]]
    never: re.Pattern[str]
    tell: re.Pattern[str]
    again: re.Pattern[str]


def asks_again(draft: str, packet: Packet, language: str) -> list[Known]:
    """Takes an agent's draft, the packet, and the language of what has no letters to tell it by.

    Returns what it asks for although the packet holds it, in the order of the draft, each thing once. Asking whether
    a value is right is fine when the draft says the value.
    """
    words = plain(draft)
    found: dict[tuple[str, str | None], Known] = {}
    for sentence in sentences(draft):
        line = " ".join(plain(sentence).split())
        for known in _in_sentence(line, shortened(sentence), _asking(_written_in(line, language)), packet, words):
            found.setdefault((known.field, known.value), known)
    return list(found.values())


def warning(known: Known, language: str) -> str:
    """Takes something known and the agent's language; returns what the desk says of it in one sentence."""
    kind = "refused" if known.value is None else "known"
    named = known.field if known.field in (_DETAILS if known.value is None else _NAMED) else "other"
    return say(language, f"{kind}-{named}", **({} if known.value is None else {"value": known.value}))


def _in_sentence(line: str, sentence: str, asking: _Asking, packet: Packet, draft: str) -> Iterator[Known]:
    if asking.never.search(line) is None:
        for field in _asked_for(line, asking):
            if field == "problem":
                if packet.problem is not None and not _quotes(line):
                    yield Known(field, packet.problem.text, sentence)
            else:
                yield from _detail(field, packet, sentence, draft)
    if asking.tell.search(line) is not None and asking.again.search(line) is None:
        yield from _tried(line, sentence, packet.tried)


def _asked_for(line: str, asking: _Asking) -> Iterator[str]:
    framed = asking.frame.search(line) is not None
    for field, pattern in asking.fields.items():
        if framed and pattern.search(line) is not None:
            yield field
    for field, pattern in asking.whole.items():
        if pattern.search(line) is not None:
            yield field


def _detail(field: str, packet: Packet, sentence: str, draft: str) -> Iterator[Known]:
    fields = CONTACT if field == "contact" else (field,)
    held = [one for one in packet.given if one.field in fields]
    # Whoever refused one way to reach them and gave another has answered.
    held = [one for one in held if one.value] or held
    for one in held[:1]:
        if one.value is None or not _says(draft, one.field, one.value, one.said):
            yield Known(one.field, one.value, sentence, one.seq)


def _tried(line: str, sentence: str, tried: Sequence[Attempted]) -> Iterator[Known]:
    for one in tried:
        if one.kind == "step":
            step = steps().get(one.name)
            if step is not None and step.is_wanted(line):
                yield Known("step", one.title, sentence, one.seq)
        elif one.kind == "article" and one.outcome in _TOLD:
            named = len(one.title) >= 4 and _flat(one.title) in _flat(line)
            if named or (len(one.name) > 3 and one.name.lower() in line.lower()):
                yield Known("article", one.title, sentence, one.seq)


def _says(draft: str, field: str, value: str, said: str) -> bool:
    """Whether the draft says the value itself: whole, or as much of it as people say to confirm it."""
    flat, digits = _flat(draft), re.sub(r"\D", "", draft)
    if _flat(value) in flat or (len(_flat(said)) >= 4 and _flat(said) in flat):
        return True
    numbers = re.sub(r"\D", "", value)
    if field in ("phone", "order_number") and len(numbers) >= 4:
        return numbers[-4:] in digits
    return field == "email" and value.rpartition("@")[2].lower() in draft.lower()


def _quotes(line: str) -> bool:
    return re.search(r"[“”\"「『《]", line) is not None


def _flat(text: str) -> str:
    return "".join(letter for letter in plain(text).casefold() if letter.isalnum())


def _written_in(line: str, language: str) -> str:
    """The language of a sentence, by its letters: agents answer in the customer's, and may paste from another."""
    if any("\uac00" <= letter <= "\ud7a3" for letter in line):
        return "ko"
    if any("\u4e00" <= letter <= "\u9fff" for letter in line):
        return "zh"
    return "en" if any(letter.isalpha() for letter in line) else spoken(language)


@cache
def _asking(language: str) -> _Asking:
    words = yaml.safe_load(WORDS.read_text("utf-8"))[language]
    return _Asking(
        frame=any_of(words["frame"]),
        fields={field: any_of(patterns) for field, patterns in words["fields"].items()},
        whole={field: any_of(patterns) for field, patterns in words["whole"].items()},
        never=any_of(words["never"]),
        tell=any_of(words["tell"]),
        again=any_of(words["again"]),
    )
