"""What a reader would call the same is the same, and nothing else is."""

import pytest

from training_data.sameness import plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Where is my parcel?", " where  is my\tPARCEL? "),
        ("ＯＫ", "ok"),
        ("退\u200b款", "退款"),
        ("한글", "\u1112\u1161\u11ab\u1100\u1173\u11af"),
        ("\ufeffhi", "hi"),
    ],
)
def test_width_case_spaces_and_invisible_marks_make_no_difference(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("refund", "refunds"), ("退款", "退货"), ("네", "내"), ("hi", "hi!")])
def test_other_words_and_signs_do(one: str, other: str) -> None:
    assert plain(one) != plain(other)
