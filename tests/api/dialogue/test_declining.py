"""Declining: "no need" is told from a question about what needs no doing."""

import pytest

from api.dialogue.declining import declines


@pytest.mark.parametrize("text", ["no thanks", "No need.", "不用了", "没关系！", "필요 없어요", "괜찮아요"])
def test_declining_is_known(text: str) -> None:
    assert declines(text)


@pytest.mark.parametrize("text", ["do I need a receipt?", "不用发票可以退吗", "괜찮은 상품인가요", "no"])
def test_what_says_more_is_not_declining(text: str) -> None:
    assert not declines(text)
