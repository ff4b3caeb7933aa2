"""Questions: what a customer typed, made safe to look up without losing a word of it."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 2000
_KEPT = "\n\t"


def cleaned(question: str) -> str:
    """Take a question as it came; give it without control characters, on one line, at most 2,000 characters."""
    text = "".join(
        " " if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") else char
        for char in question[: MOST_CHARACTERS * 4]
    )
    return " ".join(text.split())[:MOST_CHARACTERS].strip()


def says_something(text: str) -> bool:
    """True when there is a letter or a digit in any script: an emoji alone asks nothing that could be looked up."""
    return re.search(r"[^\W_]", text) is not None
