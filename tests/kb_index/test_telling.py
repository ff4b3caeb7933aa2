"""Pieces of a question that come back when it is asked otherwise tell more than those that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_index.fit.tellings import fit_tellings, write_tellings
from kb_index.lexical import CharIndex, Grams
from kb_index.telling import tellings, trying, written
from kb_index.words import pieces

ASKED = [
    ["환불 언제 되는지 알려줘", "환불은 언제 되나요", "언제 환불 받아요", "환불 날짜 알려주세요"],
    ["배송 언제 오는지 알려줘", "배송은 언제 와요", "택배 배송 날짜가 언제죠", "배송 알려주세요"],
    ["쿠폰 어디 쓰는지 알려줘", "쿠폰은 어디서 써요", "쿠폰 사용 알려주세요", "어디서 쿠폰 쓰나요"],
]


def test_what_is_asked_about_tells_more_than_how_it_is_asked() -> None:
    found = fit_tellings(ASKED, "ko")
    assert found["^언제"] > 1 > found["^알려"]


def test_fitted_tellings_are_read_back(tmp_path: Path) -> None:
    write_tellings({"알려": 0.3, " a\u3000b": 1.5}, tmp_path / "ko.txt")
    assert written("ko", tmp_path) == {"알려": 0.3, " a\u3000b": 1.5}
    assert written("fr", tmp_path) == {}


def test_tellings_are_tried_without_being_written() -> None:
    before = tellings("ko")
    with trying("ko", {"알려": 0.5}):
        assert tellings("ko") == {"알려": 0.5}
    assert tellings("ko") == before


def test_no_groups_tell_nothing() -> None:
    assert fit_tellings([["한 문장"]], "ko") == {}


def test_quiet_pieces_decide_less() -> None:
    names = ["환불 규정", "배송 알려줘"]
    telling = dict.fromkeys(pieces("알려줘", "ko"), 0.05)
    for known, first in (({}, 1), (telling, 0)):
        index = CharIndex([Grams.of(pieces(name, "ko"), known) for name in names])
        scores = index.scores(Grams.of(pieces("환불 알려줘", "ko"), known))
        assert int(scores.argmax()) == first


@pytest.mark.parametrize("polite", ["알려주세요", "언제인가요", "궁금해요"])
def test_polite_endings_tell_little_in_the_product(polite: str) -> None:
    known = tellings("ko")
    factors = [known.get(piece, 1.0) for piece in pieces(polite, "ko")]
    assert sum(factors) / len(factors) < 0.9
