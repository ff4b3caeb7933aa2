"""Steps: what customers say they have tried themselves, so that nobody tells them to try it again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from handoff.packet.sentences import sentences, shortened
from handoff.phrases import plain

WORDS = Path(__file__).with_name("steps.yml")
#: What a customer tried stands in the beginning of a message; an endless one must not hold up the desk.
_LONGEST = 1000
_OTHER_LETTERS = re.compile("[\u3400-\u9fff\uac00-\ud7a3]")
# "Restarted it, but cleared nothing": what is said of one step says nothing of the other.
_CLAUSE = re.compile(r"[,;，；、]|\bbut\b|但是|可是|不过|는데|지만")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing people try, by the letters it is said in: Latin, and the others.

    `done`: words that say it was done; `told`: words of somebody who wants it done.
    """

    done: Mapping[bool, re.Pattern[str]]
    told: Mapping[bool, re.Pattern[str]]

    def was_done(self, words: str) -> re.Match[str] | None:
        """Takes words in plain form; returns what of them says that it was done."""
        return self.done[is_latin(words)].search(words)

    def is_wanted(self, words: str) -> bool:
        """Takes words in plain form; says whether they are about doing it, or having done it."""
        return self.told[is_latin(words)].search(words) is not None or self.was_done(words) is not None


@cache
def steps() -> Mapping[str, Step]:
    """Returns every step there is, by name, from steps.yml."""
    read = _words()["steps"]
    return {name: Step(_by_letters(words["done"]), _by_letters(words["told"])) for name, words in read.items()}


def steps_in(text: str) -> dict[str, str]:
    """Takes a customer's message; returns the steps it says were taken, each with the sentence that says so."""
    taken: dict[str, str] = {}
    for sentence in sentences(text[:_LONGEST]):
        for clause in _CLAUSE.split(plain(sentence)):
            if clause.rstrip().endswith("?"):
                continue  # "Did you get the photos I sent?" tells less than it seems
            for name, step in steps().items():
                hit = step.was_done(clause)
                if hit is not None and not _denied(clause, hit):
                    taken.setdefault(name, shortened(sentence, 160))
    return taken


def is_latin(words: str) -> bool:
    """Takes words; says whether none of them is Chinese or Korean. A pattern is one or the other as well."""
    return _OTHER_LETTERS.search(words) is None


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Takes regular expressions; returns one that finds any of them, whatever the capitals."""
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


def _by_letters(patterns: Sequence[str]) -> dict[bool, re.Pattern[str]]:
    # English words may stand in a Chinese sentence, and Chinese ones hardly in an English one.
    return {True: any_of(one for one in patterns if is_latin(one)), False: any_of(patterns)}


def _denied(clause: str, hit: re.Match[str]) -> bool:
    # What follows tells the outcome ("restarted it, no change") and denies nothing; only Korean denies at the end.
    korean = any("\uac00" <= letter <= "\ud7a3" for letter in hit.group())
    return _not().search(clause[: hit.end() + 6] if korean else clause[: hit.end()]) is not None


@cache
def _not() -> re.Pattern[str]:
    return any_of(one for words in _words()["not"].values() for one in words)


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    read: Mapping[str, Mapping[str, Mapping[str, list[str]]]] = yaml.safe_load(WORDS.read_text("utf-8"))
    return read
