"""Sentences: what in a single example would be learnt otherwise than it was meant."""

import re

from training_data.sameness import plain

#: Rasa takes `[word](name)`, `[word]{…}` and `[word][…]` for a mark of its own and keeps only the word.
_MARKED = re.compile(r"\[[^\]]+\][({\[]")
_BROKEN = "\ufffd"


def faults(text: str) -> list[str]:
    """Takes an example as it was written; returns what is wrong with it, a sentence each."""
    seen = plain(text)
    if not seen:
        return ["this example is empty; write what a customer says, or delete the line"]
    found = []
    if marked := _MARKED.search(text):
        found.append(f"`{marked[0]}` would be read as a mark of an entity, not as words; write it without brackets")
    if "\t" in text:
        found.append("a tab stands in this example; put a space in its place")
    if seen.startswith("/"):
        found.append("an example that begins with / would be read as a command; delete the /")
    if _BROKEN in text:
        found.append(f"{_BROKEN} stands where a letter was lost in a wrong encoding; type the sentence anew")
    return found
