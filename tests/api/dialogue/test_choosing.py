"""Choosing: a number, a place in the row or words of a name say which one is meant."""

import pytest

from api.dialogue.choosing import chosen

NAMES = ("When do I get my refund?", "How will I be refunded?", "What does a return cost?")


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("2", 1), (" 3. ", 2), ("#1", 0), ("the second one", 1), ("Last", 2), ("第二个", 1), ("第三", 2), ("2번", 1),
        ("두 번째요", 1), ("마지막 거요", 2), ("return cost", 2), ("when do i get", 0), ("my refund", 0),
    ],
)  # fmt: skip
def test_it_is_known_which_one_is_meant(typed: str, place: int) -> None:
    assert chosen(NAMES, typed) == place


@pytest.mark.parametrize(
    "typed", ["4", "0", "refund", "how", "", "?", "I want to talk to somebody", "20418837", "2 lamps"]
)
def test_what_may_mean_several_or_none_of_them_is_no_choice(typed: str) -> None:
    assert chosen(NAMES, typed) is None


def test_chinese_and_korean_names_are_known_by_a_part() -> None:
    assert chosen(("退款要多久到账？", "钱会退到哪里？"), "要多久") == 0
    assert chosen(("환불은 언제 되나요?", "환불은 어떤 수단으로 받나요?"), "언제 되나요") == 0


def test_without_anything_offered_nothing_is_chosen() -> None:
    assert chosen((), "2") is None
