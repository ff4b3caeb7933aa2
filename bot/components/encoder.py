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


class EncoderMissing(Exception):
    """The exported encoder is not where the settings say."""


class SentenceEncoder:
    """Length-one sentence vectors of what customers type, with the prompt before it that the model wants.

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
        self._prompt: str = about.get("query_prompt", "")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(about.get("max_length", 256))
        self._tokenizer.no_padding()
        # What a tokenizer calls a sign that it does not have.
        self._unknown = {self._tokenizer.token_to_id(name) for name in ("[UNK]", "<unk>")} - {None}
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
        """Texts to an array of shape (len(texts), dimensions), float32, rows of length one.

        A text of nothing but signs the encoder does not have, such as a lone emoji, gets zeros: to it they are all one.
        """
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        # One at a time: a quantised model's vectors depend on their neighbours, and a customer's question has none. It
        # is also faster, on one thread, than padding many to one length.
        for place, text in enumerate(texts):
            rows[place] = self._encode_one(text)
        return rows

    def _encode_one(self, text: str) -> np.ndarray:
        encoding = self._tokenizer.encode(self._prompt + text)
        own = zip(encoding.ids, encoding.special_tokens_mask, encoding.offsets)
        begin = len(self._prompt)
        if all(i in self._unknown for i, special, (at, _) in own if not special and at >= begin):
            return np.zeros(self.dimensions, dtype=np.float32)
        feed = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([encoding.type_ids], dtype=np.int64),
        }
        outputs = self._session.run(None, {k: v for k, v in feed.items() if k in self._wanted})
        tokens = outputs[0][0]
        if self._pooling == "model":
            pooled = outputs[1][0]  # The model gives its sentence itself, as a second output.
        else:
            pooled = tokens[0] if self._pooling == "cls" else tokens.mean(axis=0)
        return pooled / max(float(np.linalg.norm(pooled)), 1e-12)
