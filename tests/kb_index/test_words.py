"""Words: nothing a customer typed is lost, and codes are found however they are spelt."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_index.words import codes, joined, ngrams, pieces, tokens

CJK = "[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]"
ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
MIXED = st.text(alphabet=st.sampled_from("退款编号主文배송조회ありがとうカナ A1b-2 _.!?\u3000ａＢ１\u200b😀"))


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANY, MIXED), st.sampled_from(["en", "zh", "ko", "ja", "de"]))
def test_no_han_kana_or_hangul_character_is_lost(text: str, lang: str) -> None:
    wanted = set(re.findall(CJK, unicodedata.normalize("NFKC", text)))
    assert wanted <= set("".join(tokens(text, lang)))
    assert wanted <= set("".join(ngrams(text)))


@pytest.mark.parametrize("spelling", ["LK-220", "lk220", "LK 220", "Lk_220", "ｌｋ－２２０", "lk.220"])
def test_code_is_the_same_in_every_spelling(spelling: str) -> None:
    assert "lk220" in tokens(f"my {spelling} is broken", "en")
    assert "lk220" in tokens(f"我的{spelling}坏了", "zh")
    assert codes(spelling) == ["lk220"]


def test_error_code_alone_is_found() -> None:
    assert "lg33" in tokens("提示LG33", "zh")


def test_words_share_their_stem() -> None:
    assert set(tokens("returning", "en")) & set(tokens("returns", "en"))
    assert "email" in tokens("E-Mail", "en")


@pytest.mark.parametrize("typed", ["AB-12", "ab 12", "ab12", "Ab_12", "AB.12", "ａｂ１２"])
@pytest.mark.parametrize("written", ["AB-12", "AB 12", "AB12", "AB-12-C", "ab12c"])
def test_code_and_question_have_a_spelling_in_common(typed: str, written: str) -> None:
    assert "ab12" in set(tokens(typed, "en")) & {*tokens(written, "en"), *codes(written)}


@pytest.mark.parametrize("typed", ["LL-2024-0001", "ll20240001", "3080 Ti", "3080ti", "A4-12-B"])
def test_longer_codes_have_one_spelling(typed: str) -> None:
    assert re.sub(r"[\W_]", "", typed).lower() in tokens(f"what about {typed} then", "en")


def test_plain_words_and_plain_numbers_are_no_codes() -> None:
    assert codes("within the next weeks") == []
    assert codes("555 0100 200, 12-13; 14.5") == []


def test_made_up_spellings_are_told_apart() -> None:
    assert joined("my lk 220, by e-mail") == ["lk220", "email"]
    assert joined("my parcel is late") == []


@settings(max_examples=100, deadline=None)
@given(st.one_of(ANY, MIXED))
def test_pieces_lose_no_han_kana_or_hangul_character(text: str) -> None:
    wanted = set(re.findall(CJK, unicodedata.normalize("NFKC", text)))
    assert wanted <= set("".join(pieces(text, "ko")))


def test_how_a_korean_word_begins_counts_once_more() -> None:
    assert {"^환", "^환불"} <= set(pieces("환불은", "ko"))
    assert not any(piece.startswith("^") for piece in pieces("退款", "zh"))
