"""What a sentence promises in figures is read alike in three languages."""

from __future__ import annotations

import pytest

from kb_index.claims import claims, differing, says_no


@pytest.mark.parametrize(
    ("sentence", "promised"),
    [
        ("Return it within 30 days, for EUR 3.90.", {("days", "30"), ("euros", "3.9")}),
        ("It takes 3-5 working days or two weeks.", {("working days", "3-5"), ("days", "14")}),
        ("From $1,000 on you have 2 years.", {("dollars", "1000"), ("months", "24")}),
        ("30 天内退货，运费 3,90 欧元。", {("days", "30"), ("euros", "3.9")}),
        ("3-5 个工作日到账，两周后请联系我们。", {("working days", "3-5"), ("days", "14")}),
        ("保修 2 年，24 小时内回复。", {("months", "24"), ("hours", "24")}),
        ("30일 안에 반품하고 3.90유로를 냅니다.", {("days", "30"), ("euros", "3.9")}),
        ("3~5영업일, 늦어도 2주 안에 옵니다.", {("working days", "3-5"), ("days", "14")}),
        ("보증 기간은 2년이고 24시간 안에 답합니다.", {("months", "24"), ("hours", "24")}),
        ("The LK-220 has 3 buttons, see step 4.", set()),
        ("订单号是 LL- 加 8 位数字。", set()),
        ("제품 일부와 이 시간은 다릅니다.", set()),
    ],
)
def test_figures_are_read_with_what_they_count(sentence: str, promised: set[tuple[str, str]]) -> None:
    assert claims(sentence) == promised


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("You can return it.", "You can't return it."),
        ("It comes from reply@shop.", "It does not come."),
        ("可以退货。", "不可以退货。"),
        ("반품할 수 있습니다.", "반품할 수 없습니다."),
    ],
)
def test_a_no_is_heard(yes: str, no: str) -> None:
    assert says_no(no)
    assert not says_no(yes)


def test_an_address_that_begins_with_no_denies_nothing() -> None:
    assert not says_no("It comes from no-reply@shop.example.")


def test_sentences_differ_in_kinds_they_both_speak_of() -> None:
    assert differing("within 14 days for EUR 5", "within 30 days for EUR 5") == ("days",)
    assert differing("within 14 days", "for EUR 5") == ()
    assert differing("in 7 or 15 days", "in 7 days") == ()
