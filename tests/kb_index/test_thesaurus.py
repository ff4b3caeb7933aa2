"""Ideas: what a customer says and what an article says are the same thing."""

from __future__ import annotations

import pytest

from kb_index.thesaurus import ideas


@pytest.mark.parametrize(
    ("lang", "customer", "article"),
    [
        ("zh", "手机被偷了", "丢失了电话"),
        ("zh", "怎么注销", "删除账户"),
        ("ko", "비번 까먹었어요", "비밀번호를 잊었을 때"),
        ("en", "I want my money back", "Refunds"),
    ],
)
def test_customers_words_and_articles_words_meet(lang: str, customer: str, article: str) -> None:
    assert set(ideas(customer, lang)) & set(ideas(article, lang))


def test_latin_words_match_whole_only() -> None:
    assert ideas("he preferred the boxer", "en") == []


def test_unknown_language_has_no_ideas() -> None:
    assert ideas("mein Paket", "de") == []
