"""Progress: long work says what it does and how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with a sentence, how much is done, and how much there is."""


def silent(step: str, done: int, total: int) -> None:
    """Say nothing."""
