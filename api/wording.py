"""Wording: every sentence the product says, by language, from the files in words/."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

FOLDER = Path(__file__).with_name("words")
LANGUAGES = ("en", "zh", "ko")
DEFAULT = "en"


class NoSuchSentence(KeyError):
    """A sentence is missing from a language's file."""


def spoken(language: str) -> str:
    """The language we can answer in for a customer's: itself when we have its words, else English."""
    base = language.lower().replace("_", "-").split("-")[0]
    return base if base in LANGUAGES else DEFAULT


def speaks(language: str) -> bool:
    """Whether there are words of ours in a customer's language."""
    return spoken(language) == language.lower().replace("_", "-").split("-")[0]


@cache
def _bundle(language: str) -> FluentBundle:
    # Isolation marks around every name and number would show up as boxes in plain-text channels.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((FOLDER / f"{language}.ftl").read_text("utf-8")))
    return bundle


def say(language: str, key: str, /, **values: str | int) -> str:
    """One sentence in a language.

    Args:
        language: any language code; unknown ones get English.
        key: the sentence's name in the .ftl file.
        values: what the sentence mentions.

    Raises:
        NoSuchSentence: the key, or a value it wants, is missing.
    """
    bundle = _bundle(spoken(language))
    if not bundle.has_message(key):
        raise NoSuchSentence(f"{key} is not in words/{spoken(language)}.ftl")
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise NoSuchSentence(f"{key} in words/{spoken(language)}.ftl has no text")
    text, problems = bundle.format_pattern(pattern, values)
    if problems:
        raise NoSuchSentence(f"{key} in {spoken(language)}: {problems[0]}")
    return str(text)


def together(language: str, sentences: Iterable[str]) -> str:
    """Sentences one after the other, as the language writes them: Chinese leaves no blank after a full stop."""
    return ("" if spoken(language) == "zh" else " ").join(sentences)


def has(language: str, key: str) -> bool:
    """Whether there is such a sentence in the language (or in English, for a language we do not speak)."""
    return bool(_bundle(spoken(language)).has_message(key))
