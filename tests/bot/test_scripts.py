"""Whatever the script and however it is typed, equal texts become equal and no letter is lost on the way."""

import unicodedata
from collections import Counter
from typing import List

import pytest
from components.features import Features
from components.scripts import normalise, writing
from hypothesis import given
from hypothesis import strategies as st

LETTERS = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "HENTAIGANA", "IDEOGRAPHIC")
BLOCKS = [
    (0x1100, 0x11FF), (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035), (0x3038, 0x30FF),
    (0x3130, 0x318F), (0x31F0, 0x31FF), (0x3200, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F),
    (0xAC00, 0xD7FB), (0xF900, 0xFAFF), (0xFF65, 0xFFDC), (0x1AFF0, 0x1AFFF), (0x1B000, 0x1B16F), (0x1F200, 0x1F251),
    (0x20000, 0x2A6DF), (0x2F800, 0x2FA1D),
]  # fmt: skip
EAST_ASIAN = st.one_of([st.characters(min_codepoint=a, max_codepoint=b) for a, b in BLOCKS])
TEXTS = st.text(st.one_of(EAST_ASIAN, st.sampled_from(" \u3000/aA1é.\u200b\ufe0f\u0301"), st.characters()))


def is_east_asian_letter(character: str) -> bool:
    return unicodedata.category(character) in ("Lo", "Lm", "Nl") and unicodedata.name(character, "").startswith(LETTERS)


def east_asian_letters(text: str) -> List[str]:
    # A mark nobody sees may stand between two parts of a syllable; it is no letter.
    seen = "".join(
        c for c in text if unicodedata.category(c) != "Cf" and not unicodedata.name(c, "").startswith("VARI")
    )
    return [c for c in unicodedata.normalize("NFKC", seen) if is_east_asian_letter(c)]


@given(TEXTS)
def test_no_han_hangul_or_kana_letter_is_lost_by_normalising(text: str) -> None:
    assert [c for c in normalise(text) if is_east_asian_letter(c)] == east_asian_letters(text)


@given(TEXTS)
@pytest.mark.parametrize("script", ["han", "hangul"])
def test_every_letter_arrives_among_the_n_grams(script: str, text: str) -> None:
    clean = normalise(text)
    grams = Features(script, False).grams.build_analyzer()(clean)
    alone = Counter(gram for gram in grams if len(gram) == 1)
    assert alone == Counter(clean.replace(" ", ""))


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(TEXTS.filter(east_asian_letters))
def test_a_text_with_an_east_asian_letter_is_never_read_as_latin(text: str) -> None:
    assert writing(normalise(text)) in ("han", "hangul")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("ＷＨＥＲＥ is my   order？", "where is my order?"),
        ("re\u00adfund\u200b", "refund"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("❤\ufe0f", "❤"),
        ("葛\U000e0100", "葛"),
        ("\u202e/restart", "/restart"),
        (" \u3000\n", ""),
    ],
)
def test_what_a_reader_calls_the_same_is_the_same(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("where is my order", "latin"),
        ("où est mon colis", "latin"),
        ("12345 👍 ?!", "latin"),
        ("", "latin"),
        ("我的订单在哪", "han"),
        ("注文はどこ", "han"),
        ("ありがとう", "han"),
        ("𛀁", "han"),
        ("iphone 주문", "hangul"),
        ("где мой заказ", "other"),
        ("أين طلبي", "other"),
        ("คำสั่งซื้อของฉัน", "other"),
    ],
)
def test_the_writing_of_a_text_is_known(text: str, script: str) -> None:
    assert writing(text) == script
