"""The exported encoder gives the vectors it gave where it was made, whatever it is asked together with."""

from pathlib import Path

import numpy as np
import pytest
from components.encoder import EncoderMissing, SentenceEncoder
from components.sentence_vectors import FOLDER_VARIABLE, SentenceVectors, encoder_from_environment
from rasa.shared.nlu.training_data.message import Message


def test_vectors_have_length_one_and_do_not_depend_on_their_neighbours(encoder: SentenceEncoder) -> None:
    texts = [f"where is order {'very ' * (n % 7)}number {n}" for n in range(9)]
    together = encoder.encode(texts)
    assert together.shape == (9, encoder.dimensions) and together.dtype == np.float32
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert all((encoder.encode([text])[0] == vector).all() for text, vector in zip(texts, together))


@pytest.mark.parametrize("text", ["", "👍", "🧿🧿", "👍 😡"])
def test_signs_it_does_not_have_are_not_one_meaning(encoder: SentenceEncoder, text: str) -> None:
    assert not encoder.encode([text]).any()


def test_what_means_the_same_is_near(encoder: SentenceEncoder) -> None:
    asked, same, other = encoder.encode(["where is my parcel", "track my package", "i forgot my password"])
    assert asked @ same > asked @ other + 0.2


@pytest.mark.parametrize("texts", [[], [""], ["x" * 20_000], ["한글", "👍" * 500, "ok 👍"]])
def test_odd_texts_have_finite_vectors(encoder: SentenceEncoder, texts: "list[str]") -> None:
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), encoder.dimensions) and np.isfinite(vectors).all()


def test_a_language_it_does_not_know_gets_zeros_instead_of_noise(encoder: SentenceEncoder) -> None:
    texts = ["where is my order", "我的订单在哪", "주문 어디", "где заказ", ""]
    messages = SentenceVectors(encoder).process([Message({"text": text}) for text in texts])
    told = [bool(m.get_dense_features("text")[1].features.any()) for m in messages]
    assert encoder.languages == ["en"] and told == [True, False, False, False, False]


def test_a_missing_encoder_is_named_with_the_command_that_makes_it(monkeypatch, tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="frontdoor encoder export"):
        SentenceEncoder(tmp_path)
    monkeypatch.delenv(FOLDER_VARIABLE)
    with pytest.raises(EncoderMissing, match=FOLDER_VARIABLE):
        encoder_from_environment()
