"""What was learnt from runs of letters and from the encoder's numbers."""

import pytest

from handoff.detection.tone import LONGEST, Sense, Tone, runs


def test_known_runs_move_the_base_and_strange_ones_do_not() -> None:
    tone = Tone(-1.0, {"转": (1.0, 2.0), "^转": (1.0, 4.0)})
    assert tone.of("转", "zh") == pytest.approx(-1.0 + 6.0 / 2**0.5)
    assert tone.of("??", "zh") == -1.0


def test_rare_runs_say_more_than_common_ones() -> None:
    tone = Tone(0.0, {"好": (1.0, -1.0), "滚": (3.0, 1.0)})
    assert tone.of("好滚", "zh") > 0


def test_a_message_of_any_length_costs_no_more_than_a_long_one() -> None:
    assert len(runs("abc " * 5000, "en")) <= 8 * LONGEST


def test_a_sense_is_the_sum_of_numbers_and_weights() -> None:
    assert Sense(0.5, (1.0, -2.0)).of((0.5, 0.25)) == 0.5
