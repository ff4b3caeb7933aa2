"""The language of what a customer writes."""

from __future__ import annotations

import pytest

from kb_index.language import detect


@pytest.mark.parametrize(
    ("text", "hint", "code"),
    [
        ("where is my parcel", None, "en"),
        ("我的包裹在哪里", None, "zh"),
        ("배송 언제 와요", "en", "ko"),
        ("パスワードを忘れました", None, "ja"),
        ("我的 login.gov 登不上", None, "zh"),
        ("What does 退款 mean on my account page", None, "en"),
        ("Wo ist mein Paket? Ich warte schon lange", None, "de"),
        ("где моя посылка, уже неделю жду", None, "ru"),
        ("where is my parcel please help me", "zh", "en"),
    ],
)
def test_script_and_words_tell_the_language(text: str, hint: str | None, code: str) -> None:
    assert detect(text, hint) == code


@pytest.mark.parametrize("text", ["LK-220", "", "😀", "ok", "12345", "http://example.com/hallo"])
def test_hint_wins_when_there_is_too_little_to_tell(text: str) -> None:
    assert detect(text, "ko") == "ko"
    assert detect(text) == "en"
