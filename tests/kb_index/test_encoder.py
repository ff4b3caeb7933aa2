"""The exported encoder gives the numbers of the model it came from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb_index.encoder import EncoderMissing, OnnxEncoder, TorchEncoder, knows
from kb_index.export import DEFAULT_SOURCE

SENTENCES = [
    "my parcel says delivered but nothing is here",
    "how do i reset my password",
    "I lost my phone and cannot sign in to my account, what do I do now?",
    "The warranty covers 24 months from the day the order arrived.",
    "refund",
]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_exported_model_agrees_with_sentence_transformers(minilm: OnnxEncoder) -> None:
    torch = TorchEncoder(DEFAULT_SOURCE)
    assert (torch.dimensions, torch.languages) == (minilm.dimensions, minilm.languages)
    assert ((minilm.encode(SENTENCES) * torch.encode(SENTENCES)).sum(axis=1) >= 0.98).all()
    for ours, theirs in zip(minilm.read(SENTENCES), torch.read(SENTENCES), strict=True):
        assert ours.words.shape == theirs.words.shape
        assert (ours.words * theirs.words).sum(axis=1).mean() >= 0.95


def test_rows_are_normalised_and_keep_their_order(minilm: OnnxEncoder) -> None:
    together = minilm.encode([*SENTENCES, "", "x" * 5000])
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.concatenate([minilm.encode([sentence]) for sentence in SENTENCES])
    assert ((together[: len(SENTENCES)] * alone).sum(axis=1) > 0.98).all()


def test_minilm_knows_english_only(minilm: OnnxEncoder) -> None:
    assert knows(minilm, "en")
    assert not knows(minilm, "ko")


def test_two_threads_give_the_same_rows(exported: Path, minilm: OnnxEncoder) -> None:
    two = OnnxEncoder(exported, threads=2)
    assert ((two.encode(SENTENCES) * minilm.encode(SENTENCES)).sum(axis=1) > 0.999).all()


def test_missing_export_names_the_folder_and_the_command(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="frontdoor encoder export") as caught:
        OnnxEncoder(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_half_an_export_is_refused(tmp_path: Path, exported: Path) -> None:
    (tmp_path / "encoder.json").write_bytes((exported / "encoder.json").read_bytes())
    with pytest.raises(EncoderMissing):
        OnnxEncoder(tmp_path)
