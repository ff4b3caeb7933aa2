"""Intents: the matters the bot tells apart, and the nearest name for one that was mistyped."""

from collections.abc import Iterable
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

#: Where a new intent is declared; a rule in bot/rules says what the bot does about it.
DECLARED_IN = "bot/domain/intents.yml"
#: Said by pressing a button or read by the product itself, so no example belongs to them.
BUTTONS = frozenset({"choose_article", "wants_it_done"})
#: The intent of examples that are not for us, and its mark in held-out files.
OUT_OF_SCOPE = "out_of_scope"
OUT_OF_SCOPE_MARK = "__out_of_scope__"
#: Likeness, of 100, from which on a name is suggested. "refunds" has 92 with "refund", "greet" 36.
LIKE = 70


class NoIntents(ValueError):
    """The file that declares the intents cannot be used; the message names it."""


def declared(file: Path) -> tuple[str, ...]:
    """Takes the domain's file of intents; returns their names, without those that only buttons say.

    Raises:
        NoIntents: the file is missing or is not a domain file.
    """
    try:
        content = yaml.safe_load(file.read_text("utf-8"))
        names = [next(iter(entry)) if isinstance(entry, dict) else str(entry) for entry in content["intents"]]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, StopIteration) as problem:
        raise NoIntents(f"The intents cannot be read from {file} ({problem}). It needs a list `intents:`.") from problem
    return tuple(name for name in names if name not in BUTTONS)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Takes a name and the names there are; returns the one it was probably meant to be, or None."""
    found = process.extractOne(name.strip().lower(), list(known), scorer=fuzz.ratio, score_cutoff=LIKE)
    return found[0] if found else None
