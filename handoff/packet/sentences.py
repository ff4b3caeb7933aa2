"""Sentences: a message taken apart where people stop for breath, without changing a letter."""

import re
from collections.abc import Iterator

# A full stop ends a sentence only before a space: "4.2.1" and "example.com" go on.
_SENTENCE = re.compile(r"(?:[^\n.!?。！？…]|\.(?!\s|$|[\u3000-\ufaff]))+(?:[.!?。！？…~]+[\"'”’」』）)]*)?")
#: More is nobody's sentence but a letter without a stop.
LONGEST = 300


def sentences(text: str) -> Iterator[str]:
    """Takes a message; gives its sentences, trimmed, in order."""
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if any(letter.isalnum() for letter in sentence):
            yield sentence


def shortened(text: str, limit: int = LONGEST) -> str:
    """Takes words; returns them on one line, cut at a space and marked with … when there are too many."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip() + "…"
