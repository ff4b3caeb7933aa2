"""An intent's name teaches as much as one example, where it is made of words; and it is never quoted as an example."""

from typing import List, Sequence

import numpy as np
import pytest
from components.intent_names import Names, spoken, words
from components.intents import OUT_OF_SCOPE, IntentModel
from small import STRANGERS, blank


def ones(texts: Sequence[str]) -> np.ndarray:
    return np.ones((len(texts), 2), dtype=np.float32)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("refund_status", "refund status"),
        ("PlayMusic", "play music"),
        ("100_NIGHT_TRIAL_OFFER", "night trial offer"),
        ("weather/find", "weather find"),
        ("weather\u2044find", "weather find"),
        ("billing\uff0btax", "billing tax"),
        ("退款_状态", "退款 状态"),
        ("37", ""),
        ("__", ""),
    ],
)
def test_a_name_is_read_as_a_customer_might_type_it(label: str, said: str) -> None:
    assert words(label) == said


def test_only_names_in_the_script_of_the_examples_are_taught() -> None:
    labels: List[str] = ["refund", "退款", "37", "open_ticket", "refund"]
    latin = spoken(labels, "latin", ones)
    assert (latin.texts, latin.labels) == (["open ticket", "refund"], ["open_ticket", "refund"])
    assert latin.vectors.shape == (2, 2)
    assert spoken(labels, "han", ones).labels == ["退款"]
    assert spoken(labels, "hangul", ones).texts == []


@pytest.fixture(scope="module")
def named() -> IntentModel:
    """Two intents with one dull example each; among what is meant for them, only a name speaks of pillows."""
    texts = ["how soft are they", "when does it come", "pillow talk", *STRANGERS]
    labels = ["PILLOWS", "DELIVERY", *[OUT_OF_SCOPE] * (len(texts) - 2)]
    names = Names(["pillows", "delivery", "warranty"], ["PILLOWS", "DELIVERY", "WARRANTY"], blank(["", "", ""]))
    return IntentModel("latin", False).fit(texts, labels, blank(texts), names)


def test_what_only_the_name_says_is_understood(named: IntentModel) -> None:
    reading = named.read(["pillows"], blank([""]))[0]
    assert reading.ranking[0][0] == "PILLOWS"


def test_a_name_is_never_quoted_and_a_name_without_examples_is_no_intent(named: IntentModel) -> None:
    reading = named.read(["pillows delivery warranty"], blank([""]))[0]
    assert {name for name, _ in reading.ranking} == {"PILLOWS", "DELIVERY"}
    assert {text for text, *_ in reading.nearest} == {"how soft are they", "when does it come"}
