"""What was learnt from runs of letters and from the encoder's numbers."""

import numpy as np
import pytest

from handoff.detection.tone import LONGEST, Letters, Sense, nearness, runs


def test_known_runs_move_the_base_of_each_tone_and_strange_ones_do_not() -> None:
    letters = Letters({"trouble": -1.0, "request": 0.5}, {"转": (1.0, 2.0, 0.0), " 转": (1.0, 4.0, -1.0)})
    told = letters.of("转", "zh")
    assert told["trouble"] == pytest.approx(-1.0 + 6.0 / 2**0.5)
    assert told["request"] == pytest.approx(0.5 - 1.0 / 2**0.5)
    assert letters.of("??", "zh") == {"trouble": -1.0, "request": 0.5}


def test_rare_runs_say_more_than_common_ones() -> None:
    letters = Letters({"trouble": 0.0}, {"好": (1.0, -1.0), "滚": (3.0, 1.0)})
    assert letters.of("好滚", "zh")["trouble"] > 0


def test_a_typing_error_in_a_korean_syllable_leaves_runs_in_common() -> None:
    assert any(run.startswith("+") for run in runs("상담원", "ko") & runs("상담언", "ko"))


def test_letters_held_down_are_read_as_two() -> None:
    assert runs("nooooooo", "en") == runs("nooo", "en")


def test_english_words_are_read_in_their_order() -> None:
    assert runs("a real person", "en") != runs("person a real", "en")


def test_a_message_of_any_length_costs_no_more_than_a_long_one() -> None:
    assert len(runs("abc " * 5000, "en")) <= 8 * LONGEST


def test_a_sense_adds_up_what_is_near() -> None:
    sense = Sense(np.array([[1.0, 0.0], [0.0, 1.0]]), {"trouble": 0.5}, {"trouble": np.array([2.0, 0.0])})
    assert sense.of((1.0, 0.0))["trouble"] == pytest.approx(2.5)
    assert 0.5 < sense.of((0.0, 1.0))["trouble"] < 0.6


def test_nothing_is_nearer_than_itself() -> None:
    rows = np.array([[1.0, 0.0], [0.6, 0.8]])
    assert nearness(rows, rows).diagonal() == pytest.approx([1.0, 1.0])
    assert nearness(rows, rows)[0, 1] < 1
