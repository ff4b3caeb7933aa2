"""Wording: the sentences that go with a packet, by language, from the files in words/."""

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

FOLDER = Path(__file__).with_name("words")
LANGUAGES = ("en", "zh", "ko")


class NoSuchSentence(KeyError):
    """A sentence is missing from a language's file."""


def spoken(language: str) -> str:
    """Takes a language code; returns the language of our sentences for it, English when there is no better."""
    base = language.lower().replace("_", "-").split("-")[0]
    return base if base in LANGUAGES else LANGUAGES[0]


def say(language: str, key: str, **values: str) -> str:
    """Takes a language, a sentence's name and what it mentions; returns it. Raises NoSuchSentence."""
    bundle = _bundle(spoken(language))
    pattern = bundle.get_message(key).value if bundle.has_message(key) else None
    if pattern is None:
        raise NoSuchSentence(f"{key} is not in handoff/packet/words/{spoken(language)}.ftl")
    words, problems = bundle.format_pattern(pattern, values)
    if problems:
        raise NoSuchSentence(f"{key} in handoff/packet/words/{spoken(language)}.ftl: {problems[0]}")
    return str(words)


@cache
def _bundle(language: str) -> FluentBundle:
    # Marks of isolation around names would be seen as boxes in plain-text channels.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((FOLDER / f"{language}.ftl").read_text("utf-8")))
    return bundle
