"""Vectors that are kept: a text is encoded once, however often articles around it change."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb_index.encoder import Encoder, Reading, Vectors
from kb_index.files import write_atomically
from kb_index.progress import Progress, silent

Words = NDArray[np.int8]
# A passage's first words say what it is about; more would cost memory and find little.
MOST_WORDS = 160
_SCALE = 127
_STEP = 64


def key(text: str) -> str:
    """Take a text; give the short hash it is kept under."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


class VectorStore:
    """Rows of texts, and word rows of passages, in memory and as segments on disk. One segment for each edit."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        self._folder = folder
        self._dimensions = dimensions
        self._rows: dict[str, Vectors] = {}
        self._words: dict[str, Words] = {}
        self._segments: dict[str, list[str]] = {}
        self._fresh: list[str] = []
        self.encoded = 0

    def open(self, segments: Iterable[str]) -> None:
        """Take the names of segments; load those that can be read. What is missing is encoded again."""
        for name in segments:
            place = self._folder / name
            try:
                keys = json.loads((place / "keys.json").read_text(encoding="utf-8"))
                rows = np.load(place / "rows.npy")
                words = np.load(place / "words.npy", mmap_mode="r")
                ends = np.load(place / "ends.npy")
            except (OSError, ValueError):
                continue
            begin = 0
            for at, (each, end) in enumerate(zip(keys, ends, strict=True)):
                self._rows[each] = rows[at]
                if end > begin:
                    self._words[each] = words[begin:end]
                begin = end
            self._segments[name] = keys

    def prepare(
        self, texts: Sequence[str], passages: Sequence[str], encoder: Encoder, progress: Progress = silent
    ) -> None:
        """Take plain texts and passage texts; encode those that were never seen."""
        plain = [text for text in dict.fromkeys(texts) if key(text) not in self._rows]
        whole = [text for text in dict.fromkeys(passages) if key(text) not in self._words]
        total = len(plain) + len(whole)
        for start in range(0, len(whole), _STEP):
            progress("encoding passages", start, total)
            part = whole[start : start + _STEP]
            for text, reading in zip(part, encoder.read(part), strict=True):
                self._keep(key(text), reading)
        for start in range(0, len(plain), _STEP * 4):
            progress("encoding sentences", len(whole) + start, total)
            part = plain[start : start + _STEP * 4]
            for text, row in zip(part, encoder.encode(part), strict=True):
                self._rows[key(text)] = row
                self._fresh.append(key(text))
        self.encoded = total

    def _keep(self, each: str, reading: Reading) -> None:
        self._rows[each] = reading.row
        # A text of no words still has one row, so that it is not encoded again at every start.
        words = reading.words[:MOST_WORDS] if len(reading.words) else reading.row[None, :]
        self._words[each] = np.round(words * _SCALE).astype(np.int8)
        self._fresh.append(each)

    def rows(self, texts: Sequence[str]) -> Vectors:
        """Take texts that were prepared; give their rows."""
        if not texts:
            return np.zeros((0, self._dimensions), dtype=np.float32)
        return np.stack([self._rows[key(text)] for text in texts])

    def words(self, text: str) -> Words:
        """Take a passage text that was prepared; give its word rows, 127 standing for 1."""
        return self._words[key(text)]

    def save(self) -> list[str]:
        """Write what is new as one segment; give the names of all segments."""
        fresh = list(dict.fromkeys(self._fresh))
        if fresh:
            name = key("".join(fresh))
            place = self._folder / name
            draft = self._folder / f".{name}.draft"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            none = np.zeros((0, self._dimensions), dtype=np.int8)
            words = [self._words.get(each, none) for each in fresh]
            np.save(draft / "rows.npy", np.stack([self._rows[each] for each in fresh]))
            np.save(draft / "words.npy", np.concatenate(words))
            np.save(draft / "ends.npy", np.cumsum([len(part) for part in words]))
            write_atomically(draft / "keys.json", json.dumps(fresh).encode())
            shutil.rmtree(place, ignore_errors=True)
            draft.rename(place)
            self._segments[name] = fresh
            self._fresh = []
        return list(self._segments)

    def prune(self, used: Iterable[str]) -> None:
        """Take the segments some snapshot still needs; remove the others' files."""
        keep = set(used)
        for place in self._folder.glob("*"):
            if place.is_dir() and place.name not in keep:
                shutil.rmtree(place, ignore_errors=True)
