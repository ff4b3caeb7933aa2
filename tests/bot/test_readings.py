"""One message read fast means what it means read with all the machinery that the model was fitted with."""

import numpy as np
import pytest
from components.encoder import SentenceEncoder
from components.intents import IntentModel
from components.readings import OUT_OF_SCOPE, Terms
from small import SHOP, STRANGERS, blank, fitted, read

ENGLISH = {
    "refund": ["i want my money back", "refund please", "when do i get my refund", "the refund is missing"],
    "order_status": ["where is my parcel", "track my order", "has it been sent", "when does my order arrive"],
    "invoice": ["i need an invoice", "send me the bill", "invoice is wrong", "a bill for my company please"],
    OUT_OF_SCOPE: ["what is the weather", "tell me a joke", "who won the match", "write a poem"],
}
ASKED = ["my refund, my refund!", "where is it", "joke", "invoice for the parcel i want my money back for", "zzz"]
ASKED_IN_CHINESE = ["我要退款退款", "发票", "天气", "嗡"]


@pytest.fixture(scope="module")
def english(encoder: SentenceEncoder) -> IntentModel:
    texts = [text for said in ENGLISH.values() for text in said]
    labels = [name for name, said in ENGLISH.items() for _ in said]
    return IntentModel("latin", True).fit(texts, labels, encoder.encode(texts))


@pytest.fixture(scope="module")
def chinese() -> IntentModel:
    return fitted(SHOP)


@pytest.mark.parametrize("text", [*ASKED, *ASKED_IN_CHINESE, "where", "w"])
def test_terms_weigh_what_the_vectorizer_says(english: IntentModel, chinese: IntentModel, text: str) -> None:
    for vectorizer in (english.features.grams, english.features.words, chinese.features.grams):
        row = np.zeros(len(vectorizer.vocabulary_), dtype=np.float32)
        places, weights = Terms(vectorizer).weigh(text)
        row[places] = weights
        assert np.allclose(row, vectorizer.transform([text]).toarray()[0], rtol=0, atol=1e-7)


def slowly(model: IntentModel, text: str, vector: np.ndarray) -> "tuple[dict, np.ndarray]":
    """Chances by intent and similarities to the known examples, with sparse matrices from end to end."""
    chances = model.sureness.chances(model.model.scores(model.features.rows([text], vector[None]))[0])
    known = np.flatnonzero(model.labels != OUT_OF_SCOPE)
    near = model.vectors[known] @ vector
    if not vector.any():
        near = (model.lexical[known] @ model.features.lexical([text]).T).toarray()[:, 0]
    return dict(zip(model.model.classes, chances)), near


def agrees(model: IntentModel, text: str, vector: np.ndarray) -> None:
    reading = model.read([text], vector[None])[0]
    chances, near = slowly(model, text, vector)
    del chances[OUT_OF_SCOPE]
    assert dict(reading.ranking) == pytest.approx(chances, abs=1e-6)
    assert [chance for _, chance in reading.ranking] == sorted(chances.values(), reverse=True)
    assert [similarity for *_, similarity in reading.nearest] == pytest.approx(sorted(near)[::-1][:3], abs=1e-6)


@pytest.mark.parametrize("text", ASKED)
def test_with_sentence_vectors(english: IntentModel, encoder: SentenceEncoder, text: str) -> None:
    agrees(english, text, encoder.encode([text])[0])


@pytest.mark.parametrize("text", ASKED_IN_CHINESE)
def test_without_sentence_vectors(chinese: IntentModel, text: str) -> None:
    agrees(chinese, text, blank([text])[0])


def test_a_model_taught_anew_forgets_what_it_knew() -> None:
    model = fitted(SHOP)
    assert {name for name, _ in read(model, "我要退款").ranking} == set(SHOP) - {OUT_OF_SCOPE}
    texts = [*SHOP["invoice"], *STRANGERS]
    model.fit(texts, ["invoice"] * len(SHOP["invoice"]) + [OUT_OF_SCOPE] * len(STRANGERS), blank(texts))
    assert [name for name, _ in read(model, "我要退款").ranking] == ["invoice"]
