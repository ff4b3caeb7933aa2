"""Words: which phrases of a language point to trouble, to a wish for a person, or to all being well."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from handoff.detection.plain import Plain, expression, plain

TABLES = Path(__file__).parent / "words"
LANGUAGES = ("en", "zh", "ko")
#: A table `x_not` takes back what `x` found.
NOT = "_not"
#: Only looked up in what the bot says.
OF_BOT = ("offered", "misses", "form_asks", "form_refuses")


class BadWords(Exception):
    """A table of words that cannot be used; names the file and the line of the table."""


@dataclass(frozen=True)
class Hit:
    """Where a table found something, as the customer wrote it."""

    quote: str
    number: int


def base(language: str) -> str:
    """The table a language is read by: its own, or the English one."""
    short = language.lower().replace("_", "-").split("-")[0]
    return short if short in LANGUAGES else "en"


@cache
def table(language: str) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """The phrases of a language by name; those that take back come last.

    Raises:
        BadWords: a table is not a list of regular expressions.
    """
    file = TABLES / f"{language}.yml"
    found = yaml.safe_load(file.read_text("utf-8"))
    made: dict[str, tuple[re.Pattern[str], ...]] = {}
    for name, lines in found.items():
        if not isinstance(name, str) or not isinstance(lines, list):
            raise BadWords(f"{file}: {name!r} must be a name with a list of regular expressions under it.")
        try:
            made[name] = tuple(re.compile(expression(str(line), language)) for line in lines)
        except re.error as problem:
            raise BadWords(f"{file}: a line under {name} is no regular expression: {problem}.") from problem
    # What takes back comes after what it takes back.
    return dict(sorted(made.items(), key=lambda one: one[0].endswith(NOT)))


@lru_cache(maxsize=256)
def of_customer(written: str, language: str) -> Mapping[str, Hit]:
    """What a customer's message holds, by the name of the table; in zh and ko the English requests count too."""
    return _found(plain(written, language), language, customer=True)


@lru_cache(maxsize=256)
def of_bot(written: str, language: str) -> Mapping[str, Hit]:
    """What a message of the bot holds: an offer of a person, or that it does not know."""
    return _found(plain(written, language), language, customer=False)


def _found(message: Plain, language: str, *, customer: bool) -> Mapping[str, Hit]:
    hits: dict[str, Hit] = {}
    for name, patterns in table(language).items():
        # Where there is nothing to take back, nothing is looked for.
        if (name in OF_BOT) == customer or (name.endswith(NOT) and name.removesuffix(NOT) not in hits):
            continue
        # Somebody's words in quotation marks are not this customer's feeling.
        text = message.text if name == "quoting" else message.masked
        spans = [m.span() for m in (p.search(text) for p in patterns) if m]
        if spans:
            hits[name] = Hit(message.quote(*spans[0]), len(spans))
    return hits
