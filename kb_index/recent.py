"""Recent: what was just encoded is not encoded again; a message is read for its mood and then looked up."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from kb_index.encoder import Encoder, Reading, Vectors

#: Texts that are remembered: those of the turns under way. One takes some 30 KB, most of it for its words.
KEPT = 64


class RecentReadings:
    """An encoder that remembers the last texts it was given by themselves. Safe for threads.

    Args:
        encoder: what encodes.
        kept: how many texts are remembered.
    """

    def __init__(self, encoder: Encoder, kept: int = KEPT) -> None:
        self._encoder = encoder
        self._kept = kept
        self._readings: OrderedDict[str, Reading] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def languages(self) -> tuple[str, ...]:
        return self._encoder.languages

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Take texts; give one row for each, as the encoder does."""
        if len(texts) != 1:
            return self._encoder.encode(texts)
        return self._read(texts[0]).row[np.newaxis]

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Take texts; give each as one row and word by word, as the encoder does."""
        # Several at once are an index that is being made: no turn will ask for them again.
        return [self._read(texts[0])] if len(texts) == 1 else self._encoder.read(texts)

    def _read(self, text: str) -> Reading:
        with self._lock:
            if text in self._readings:
                self._readings.move_to_end(text)
                return self._readings[text]
        # Not under the lock: two turns encode on two cores.
        reading = self._encoder.read([text])[0]
        with self._lock:
            self._readings[text] = reading
            while len(self._readings) > self._kept:
                self._readings.popitem(last=False)
        return reading
