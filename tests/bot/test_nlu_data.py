"""The examples the bot is taught from: enough of each, none that says two things, nothing Rasa would misread."""

from collections import Counter, defaultdict

import pytest
from components.scripts import normalise
from project import BUTTONS, LANGUAGES, domain, examples

LEAST = 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_examples_enough(language: str) -> None:
    counts = Counter(intent for _, intent in examples(language))
    assert {intent: n for intent, n in counts.items() if n < LEAST} == {}
    assert set(counts) == set(domain()["intents"]) - BUTTONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_says_two_things(language: str) -> None:
    meanings = defaultdict(set)
    for text, intent in examples(language):
        meanings[normalise(text)].add(intent)
    assert {text: intents for text, intents in meanings.items() if len(intents) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_counts_twice(language: str) -> None:
    counts = Counter((normalise(text), intent) for text, intent in examples(language))
    assert [text for (text, _), n in counts.items() if n > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_is_empty_or_holds_signs_that_rasa_reads(language: str) -> None:
    read = [
        text for text, _ in examples(language) if not normalise(text) or text[0] == "/" or "](" in text or "]{" in text
    ]
    assert read == []
