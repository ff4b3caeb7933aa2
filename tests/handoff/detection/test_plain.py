"""How a message is folded for reading, and found again as it was written."""

import re

import pytest

from handoff.detection.plain import LONGEST, expression, plain


@pytest.mark.parametrize(
    ("language", "written", "text"),
    [
        ("en", "You CAN’T", "you cant"),
        ("en", "ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("zh", "转 人工", "转人工"),
        ("zh", "轉真人客服", "转真人客服"),
        ("zh", "請協助聯繫職員處理訂單", "请协助联系职员处理订单"),
        ("ko", "상담원  연결", "상담원 연결"),
    ],
)
def test_spelling_habits_make_no_difference(language: str, written: str, text: str) -> None:
    assert plain(written, language).text == text


def test_words_of_somebody_else_are_left_out_and_short_quotes_stay() -> None:
    assert "scam" not in plain('My tenant wrote: "THIS IS A SCAM"', "en").masked
    assert "稍后" in plain("你让我“稍后”", "zh").masked


def test_a_quote_is_the_sentence_as_it_was_written() -> None:
    message = plain("Hello. You’re NOT listening! Bye.", "en")
    start = message.text.index("listening")
    assert message.quote(start, start + 9) == "You’re NOT listening!"


def test_a_quote_is_never_longer_than_an_agent_reads_at_a_glance() -> None:
    message = plain("word " * 200, "en")
    assert len(message.quote(500, 504)) <= LONGEST
    assert message.quote(500, 504) in message.written


def test_a_message_of_signs_that_are_not_read_still_has_a_quote() -> None:
    assert plain("’’", "en").quote(0, 1) == "’’"


def test_a_quote_of_traditional_characters_is_as_it_was_written() -> None:
    message = plain("您好。麻煩轉接專員！謝謝。", "zh")
    start = message.text.index("专员")
    assert message.quote(start, start + 2) == "麻煩轉接專員！"


@pytest.mark.parametrize(
    ("language", "line", "written"),
    [("zh", "職員", "职员"), ("zh", "职员", "職員"), ("ko", "상담ㄱ", "상담ㄱ"), ("ko", "[ㅇ]{2}", "ㅇㅇ")],
)
def test_a_line_of_a_table_may_be_written_as_customers_write(language: str, line: str, written: str) -> None:
    assert re.search(expression(line, language), plain(written, language).text)
