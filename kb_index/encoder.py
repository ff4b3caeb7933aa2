"""Encoders: a sentence becomes a row of numbers, so that like meanings lie close together."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
MODEL, TOKENIZER, MANIFEST = "model_quantized.onnx", "tokenizer.json", "encoder.json"
#: The pooling of a model that gives its sentence itself, as a second output, whatever layers make it.
IN_MODEL = "model"
_BATCH = 32


class EncoderMissing(Exception):
    """The exported encoder is not in its folder, or cannot be read."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"There is no usable encoder in {folder}: {reason}. Run: frontdoor encoder export")


@dataclass(frozen=True)
class Manifest:
    """What an exported encoder is: where it comes from and how its numbers are made."""

    name: str
    source: str
    hash: str
    pooling: str
    normalise: bool
    max_length: int
    dimensions: int
    languages: tuple[str, ...]
    quantised: bool
    # What the model wants before a question and before a passage, such as "query: "; most want nothing.
    query_prompt: str = ""
    passage_prompt: str = ""

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Take an exported encoder's folder; give its manifest, or raise EncoderMissing."""
        try:
            fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            return cls(**{**fields, "languages": tuple(fields["languages"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise EncoderMissing(folder, f"{MANIFEST} cannot be read ({error})") from error

    def dump(self) -> str:
        """The manifest as the text that is stored."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True)
class Reading:
    """A text as one row, and word by word."""

    row: Vectors
    words: Vectors


class Encoder(Protocol):
    """Anything that turns texts into L2-normalised rows."""

    @property
    def name(self) -> str:
        """A name that changes when the numbers change."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it understands; ("*",) when it was trained on many."""

    @property
    def dimensions(self) -> int:
        """How long a row is."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Take texts; give one row for each."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Take texts; give each as one row and word by word."""


def knows(encoder: Encoder, lang: str) -> bool:
    """True when the encoder was trained on the language."""
    return "*" in encoder.languages or lang in encoder.languages


class OnnxEncoder:
    """The exported int8 model, run by onnxruntime on the processor. Safe to call from several threads.

    It reads texts as questions; :func:`for_passages` gives the same model reading passages.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self._manifest = Manifest.read(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / MODEL), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:  # both libraries raise plain Exception
            raise EncoderMissing(folder, str(error).splitlines()[0]) from error
        self._tokenizer.enable_truncation(self._manifest.max_length)
        self._tokenizer.enable_padding()
        self._inputs = {entry.name for entry in self._session.get_inputs()}
        self._prompt = self._manifest.query_prompt

    def for_passages(self) -> OnnxEncoder:
        """The same model, with before each text what it wants before a passage."""
        other = copy.copy(self)
        other._prompt = self._manifest.passage_prompt
        return other

    @property
    def name(self) -> str:
        """The model's name and the beginning of its hash."""
        return f"{self._manifest.name}@{self._manifest.hash[:12]}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it understands."""
        return self._manifest.languages

    @property
    def dimensions(self) -> int:
        """How long a row is."""
        return self._manifest.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Take texts; give one row for each. An empty text gives a row like any other."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        # Texts of like length share a batch, so that little work is spent on padding.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            rows[batch] = self._run([texts[at] for at in batch]).rows
        return rows

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Take texts; give for each its row, and the normalised rows of its words without the end marks."""
        found: list[Reading | None] = [None] * len(texts)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            run = self._run([texts[at] for at in batch])
            for place, row, words, own in zip(batch, run.rows, run.tokens, run.own, strict=True):
                # Words of another width than sentences cannot be held against them: then the sentence stands alone.
                alike = words.shape[-1] == self.dimensions
                found[place] = Reading(row, _normalised(words[own]) if alike else row[None, :])
        return [reading for reading in found if reading is not None]

    def _run(self, texts: Sequence[str]) -> _Run:
        coded = self._tokenizer.encode_batch([self._prompt + text for text in texts])
        feed = {
            "input_ids": np.array([code.ids for code in coded], dtype=np.int64),
            "attention_mask": np.array([code.attention_mask for code in coded], dtype=np.int64),
            "token_type_ids": np.array([code.type_ids for code in coded], dtype=np.int64),
        }
        outputs = self._session.run(None, {name: feed[name] for name in feed if name in self._inputs})
        special = np.array([code.special_tokens_mask for code in coded], dtype=np.int64)
        begins = np.array([[begin for begin, _ in code.offsets] for code in coded], dtype=np.int64)
        mask = feed["attention_mask"]
        own = (mask > special) & (begins >= len(self._prompt))
        return _Run(self._pooled(outputs, mask), outputs[0], own)

    def _pooled(self, outputs: Sequence[Vectors], mask: NDArray[np.int64]) -> Vectors:
        if self._manifest.pooling == IN_MODEL:
            return _normalised(outputs[1])
        tokens = outputs[0]
        if self._manifest.pooling == "cls":
            return _normalised(tokens[:, 0])
        weights = mask[:, :, None].astype(np.float32)
        return _normalised((tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9))


@dataclass(frozen=True)
class _Run:
    """What the model gave for some texts: sentences, every token, and which tokens are the text's own."""

    rows: Vectors
    tokens: Vectors
    own: NDArray[np.bool_]


def for_passages(encoder: Encoder) -> Encoder:
    """Take an encoder that reads questions; give what reads passages: the same, unless its model tells them apart."""
    return encoder.for_passages() if isinstance(encoder, OnnxEncoder) else encoder


class TorchEncoder:
    """The same model in sentence-transformers, when there is no exported one. Slower, needs more memory."""

    def __init__(self, source: str) -> None:
        from sentence_transformers import SentenceTransformer

        from kb_index.export import find_source, source_hash, source_languages

        place = find_source(source)
        self._model = SentenceTransformer(place, device="cpu")
        self._name = f"{Path(place).name if source != place else source}-torch@{source_hash(place)[:12]}"
        self._languages = source_languages(place)

    @property
    def name(self) -> str:
        """The model's name and the beginning of its hash."""
        return self._name

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it understands."""
        return self._languages

    @property
    def dimensions(self) -> int:
        """How long a row is."""
        return self._model.get_embedding_dimension() or 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Take texts; give one row for each."""
        rows = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimensions)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Take texts; give each as one row and word by word."""
        words = self._model.encode(list(texts), output_value="token_embeddings", show_progress_bar=False)
        found = [_normalised(np.asarray(rows, dtype=np.float32)[1:-1]) for rows in words]
        return [Reading(row, each) for row, each in zip(self.encode(texts), found, strict=True)]


def _normalised(rows: Vectors) -> Vectors:
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-12), dtype=np.float32)
