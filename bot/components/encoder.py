"""The sentence encoder: turns what a customer typed into a vector, from the folder the product exported.

The folder holds ``model_quantized.onnx``, ``tokenizer.json`` and ``encoder.json`` (name, languages, dimensions,
max_length, pooling). The product writes it once; both sides read it, so a question and an article mean the same.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import List, Sequence

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

BATCH = 32


class EncoderMissing(Exception):
    """The exported encoder is not where the settings say."""


class SentenceEncoder:
    """Mean-pooled, length-one sentence vectors.

    Args:
        folder: the exported encoder.

    Raises:
        EncoderMissing: a file of the folder is not there.
    """

    def __init__(self, folder: Path) -> None:
        for name in ("encoder.json", "tokenizer.json", "model_quantized.onnx"):
            if not (folder / name).is_file():
                raise EncoderMissing(
                    f"The encoder at {folder} has no {name}. Run `frontdoor encoder export` and try again."
                )
        about = json.loads((folder / "encoder.json").read_text("utf-8"))
        self.name: str = about["name"]
        self.languages: List[str] = about["languages"]
        self.dimensions: int = about["dimensions"]
        self._pooling: str = about.get("pooling", "mean")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(about.get("max_length", 256))
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        # One thread: Rasa serves several customers at once, and a short question gains nothing from a second one.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model_quantized.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._wanted = {i.name for i in self._session.get_inputs()}

    def knows(self, language: str) -> bool:
        """Whether vectors of texts in this language carry meaning."""
        return "*" in self.languages or language in self.languages

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Texts to an array of shape (len(texts), dimensions), float32, rows of length one."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        # Texts of like length together: padding is work for nothing.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            rows[places] = self._encode_batch([texts[i] for i in places])
        return rows

    def _encode_batch(self, texts: List[str]) -> np.ndarray:
        encodings = self._tokenizer.encode_batch(texts)
        mask = np.array([e.attention_mask for e in encodings], dtype=np.int64)
        feed = {
            "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([e.type_ids for e in encodings], dtype=np.int64),
        }
        tokens = self._session.run(None, {k: v for k, v in feed.items() if k in self._wanted})[0]
        if self._pooling == "cls":
            pooled = tokens[:, 0]
        else:
            weights = mask[:, :, None].astype(np.float32)
            pooled = (tokens * weights).sum(1) / np.maximum(weights.sum(1), 1e-9)
        return pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12)
