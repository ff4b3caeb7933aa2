"""The classifier in Rasa's pipeline: one model a writing, and an honest "not for us" for the rest."""

from pathlib import Path
from typing import List, Tuple

import pytest
from components.intent_classifier import RANKING_LENGTH, ScopedIntentClassifier
from components.intents import OUT_OF_SCOPE
from components.sentence_vectors import SentenceVectors
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from small import SAID, SHOP

ENGLISH = {
    "refund": ["i want my money back", "please refund me", "where is my refund", "refund not received"],
    "order_status": ["where is my parcel", "track my order", "has it been shipped", "order status please"],
    "invoice": ["send me an invoice", "i need a receipt", "invoice for my order", "vat invoice please"],
    "account_access": ["forgot my password", "cannot log in", "reset password", "account locked"],
}


def pairs(said: dict) -> List[Tuple[str, str]]:
    return [(text, intent) for intent, texts in said.items() for text in texts]


@pytest.fixture
def taught(encoder, tmp_path: Path):
    """Teaches a classifier, has it written down and read back; gives what it takes a text to mean."""

    def teach(examples: List[Tuple[str, str]]):
        vectors, storage, resource = SentenceVectors(encoder), LocalModelStorage(tmp_path), Resource("classifier")
        data = TrainingData([Message({"text": text, "intent": intent}) for text, intent in examples])
        new = ScopedIntentClassifier.create({}, storage, resource, None)
        new.train(vectors.process_training_data(data))
        loaded = ScopedIntentClassifier.load({}, storage, resource, None)

        def read(text: str) -> Message:
            return loaded.process(vectors.process([Message({"text": text})]))[0]

        return read

    return teach


def test_each_writing_is_read_by_its_own_model(taught) -> None:
    read = taught(pairs(ENGLISH) + pairs(SHOP))
    for text in ("my refund please", "我要退款啊"):
        message = read(text)
        assert message.get("intent")["name"] == "refund"
        assert message.get("intent_ranking")[0]["name"] == "refund" and len(message.get("intent_ranking")) == 4
        assert message.get("scope")["nearest"][0]["intent"] == "refund"


@pytest.mark.parametrize("text", ["где мой заказ", "أين طلبي", "คืนเงิน", "환불해 주세요", "", " \u200b ", "\u3000"])
def test_a_writing_nobody_taught_and_an_empty_text_are_out_of_scope(taught, text: str) -> None:
    message = taught(pairs(ENGLISH) + pairs(SHOP))(text)
    assert message.get("intent") == {"name": OUT_OF_SCOPE, "confidence": 1.0}
    assert message.get("intent_ranking") == [] and message.get("scope")["rejected"]


def test_a_writing_with_nothing_for_us_is_like_one_nobody_taught(taught) -> None:
    read = taught([*pairs(ENGLISH), ("오늘 날씨 어때", OUT_OF_SCOPE)])
    assert read("오늘 날씨 어때").get("intent")["name"] == OUT_OF_SCOPE


def test_one_stray_example_in_another_writing_does_no_harm(taught) -> None:
    read = taught([*pairs(ENGLISH), ("환불", "refund"), (" ", "refund")])
    assert read("환불").get("intent")["name"] == "refund"
    assert read("track my parcel").get("intent")["name"] == "order_status"


def test_a_circled_character_is_taught_and_read_as_the_same(taught) -> None:
    read = taught([*pairs(SAID), *pairs(ENGLISH), ("㊗", "praise")])
    assert read("祝").get("intent_ranking")[0]["name"] == "praise"


def test_rejected_says_so_and_still_ranks(taught) -> None:
    message = taught(pairs(SHOP))("明天天气怎么样")
    scope = message.get("scope")
    assert scope["rejected"] and scope["score"] < scope["threshold"] < 1
    assert message.get("intent") == {"name": OUT_OF_SCOPE, "confidence": pytest.approx(1 - scope["score"])}
    assert message.get("intent_ranking") and OUT_OF_SCOPE not in [i["name"] for i in message.get("intent_ranking")]


def test_the_ranking_is_kept_short(taught) -> None:
    many = {f"intent {n}": [f"word{n} a", f"word{n} b", f"word{n} c"] for n in range(9)}
    assert len(taught(pairs(many))("word3").get("intent_ranking")) == RANKING_LENGTH
