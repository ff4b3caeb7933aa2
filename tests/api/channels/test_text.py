"""Long texts are cut where a reader would pause, and nothing but white space is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.channels.text import split, utf16


@given(
    st.text(max_size=400),
    st.integers(4, 60),
    st.sampled_from([len, utf16, lambda t: len(t.encode("utf-8", "replace"))]),
)
def test_every_part_fits_and_nothing_is_lost(text: str, limit: int, measure) -> None:  # type: ignore[no-untyped-def]
    parts = split(text, limit, measure)
    assert all(0 < measure(part) <= limit and part == part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(("text", "length"), [("", 0), ("abc", 3), ("한국", 2), ("🙂", 2), ("👩‍👧", 5), ("é", 1)])
def test_length_is_counted_in_units_of_sixteen_bits(text: str, length: int) -> None:
    assert utf16(text) == length == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("One two.\n\nThree four. Five.", 21, ["One two.", "Three four. Five."]),
        ("One two three. Four five six.", 20, ["One two three.", "Four five six."]),
        ("one two three four", 9, ["one two", "three", "four"]),
        ("请先等一天。然后再告诉我们！谢谢您。", 15, ["请先等一天。然后再告诉我们！", "谢谢您。"]),
        ("他说：“等一天。”然后走了，没有回来。", 10, ["他说：“等一天。”", "然后走了，没有回来。"]),
        ("하루만 기다려 주세요. 감사합니다.", 14, ["하루만 기다려 주세요.", "감사합니다."]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("fits exactly", 12, ["fits exactly"]),
    ],
)
def test_the_cut_is_at_the_best_pause(text: str, limit: int, parts: list[str]) -> None:
    assert split(text, limit) == parts


@pytest.mark.parametrize("whole", ["👩‍👩‍👧‍👦", "👍🏽", "e\u0301", "ก็"])
def test_what_is_one_sign_to_a_reader_stays_one(whole: str) -> None:
    parts = split(whole * 30, 25, utf16)
    assert len(parts) > 1
    assert all(part == whole * (len(part) // len(whole)) for part in parts)


def test_an_address_is_not_broken() -> None:
    link = "https://support.example.com/kb/en/late-parcels/#what-to-do"
    assert link in split("Please read this first " * 3 + link + " and tell us.", 80)[1]
