"""Frames: every answer says what it is about and asks whether it helped, and neither makes two answers alike."""

import pytest

from api import wording
from api.dialogue.frames import framed, without_frame
from kb_index.answers import Answer


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("asked", ["helped-ask", "several-helped"])
def test_the_words_inside_a_frame_are_found_again(language: str, again: bool, asked: str) -> None:
    answer = Answer("EUR 3.90.\nTaken off.", "Returns", "Costs", "/returns", "costs", language, "returns#costs")
    said = framed(language, answer, again)
    assert "Returns – Costs" in said.partition("\n")[0]
    assert without_frame(f"{said}\n\n{wording.say(language, asked)}") == "EUR 3.90.\nTaken off."


@pytest.mark.parametrize("text", ["Hello", "One line\nand another", "Did that help?", ""])
def test_words_without_a_frame_stay_as_they_are(text: str) -> None:
    assert without_frame(text) == text
