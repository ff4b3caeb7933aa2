"""A sentence is taken as a customer would write it, and only what would be learnt otherwise is a fault."""

import pytest

from training_data.sentences import faults


@pytest.mark.parametrize(
    "text",
    [
        "hi",
        "退款，谢谢（急）",
        "환불 [급함] 부탁해요",
        "what (really)?",
        "50% [off] (today)",
        "{x}",
        "a/b",
        "- no",
        "ㅠㅠ",
        "👍",
        "?",
    ],
)
def test_what_customers_write_is_no_fault(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("\u200b \u3000", "empty"),
        ("[a](b)", "`[a](`"),
        ("go to [Rome]{x}", "`[Rome]{`"),
        ("[a][b]", "`[a][`"),
        ("a\tb", "a tab"),
        ("/restart", "command"),
        ("／restart", "command"),
        ("caf\ufffd", "lost in a wrong encoding"),
    ],
)
def test_what_would_be_learnt_otherwise_is_a_fault(text: str, words: str) -> None:
    [fault] = faults(text)
    assert words in fault
