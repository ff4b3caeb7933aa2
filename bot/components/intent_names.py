"""Intent names as examples: a name such as ``refund_status`` says in two words what twenty examples are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, Iterable, List, Sequence

import numpy as np

from components.scripts import normalise, writing

_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS = re.compile(r"[\W_\d]+")


@dataclass
class Names:
    """Intents by name: ``texts`` (normalised), the ``labels`` they stand for, their ``vectors`` (n, dimensions)."""

    texts: List[str]
    labels: List[str]
    vectors: np.ndarray


def words(label: str) -> str:
    """An intent's name as a customer might type it: ``PlayMusic`` and ``play_music`` are both "play music"."""
    return normalise(_SIGNS.sub(" ", _SEAM.sub(" ", label)))


def spoken(labels: Iterable[str], script: str, encode: Callable[[Sequence[str]], np.ndarray]) -> Names:
    """The names that are words in one writing system, with their vectors; others (numbers, codes) are left out."""
    named = [(words(label), label) for label in sorted(set(labels))]
    named = [(text, label) for text, label in named if text and writing(text) == script]
    texts = [text for text, _ in named]
    return Names(texts, [label for _, label in named], encode(texts))
