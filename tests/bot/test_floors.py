"""Understanding is no worse than it was, on real data and on the shop's held-out rows. Floors may only rise."""

from typing import Callable, Dict, List, Tuple

import numpy as np
import pytest
from components.encoder import SentenceEncoder
from components.intent_names import spoken
from components.intents import OUT_OF_SCOPE, IntentModel
from components.readings import Reading
from components.scripts import normalise
from project import ROOT
from shared_data import SHARED, Rows, each, rows_of
from sklearn.metrics import roc_auc_score

MARK = "__out_of_scope__"
#: Share of the shop's held-out rows read rightly, and share of what is not for it that is turned away.
HELD_OUT = {"en": (0.81, 0.90), "zh": (0.78, 0.87), "ko": (0.72, 0.77)}


def shared(*path: str) -> Rows:
    file = SHARED.joinpath(*path)
    if not file.is_file():
        pytest.skip("the shared data is not here")
    return rows_of(file)


def model_of(rows: Rows, script: str, encode: "Callable[[List[str]], np.ndarray]", vectors: bool) -> IntentModel:
    texts, labels = [normalise(text) for text, _ in rows], [label for _, label in rows]
    return IntentModel(script, vectors).fit(texts, labels, encode(texts), spoken(labels, script, encode))


def readings(model: IntentModel, rows: Rows, encode: "Callable[[List[str]], np.ndarray]") -> List[Reading]:
    texts = [normalise(text) for text, _ in rows]
    return model.read(texts, encode(texts))


def rightly(rows: Rows, read: List[Reading]) -> float:
    ours = [(label, reading) for (_, label), reading in zip(rows, read) if label != MARK]
    return sum(reading.ranking[0][0] == label for label, reading in ours) / len(ours)


def test_a_bank_s_customers_with_ten_examples_an_intent(encoder: SentenceEncoder) -> None:
    """Every fourth intent of BANKING77."""
    taught, asked = shared("intents", "banking77", "train.csv"), shared("intents", "banking77", "test.csv")
    some = set(sorted({label for _, label in taught})[::4])
    asked = each([row for row in asked if row[1] in some], 10, 0)
    model = model_of(each([row for row in taught if row[1] in some], 10, 0), "latin", encoder.encode, True)
    read = readings(model, asked, encoder.encode)
    assert rightly(asked, read) >= 0.90
    # Probabilities mean what they say: on average as sure as right.
    sure = np.mean([reading.ranking[0][1] for reading in read])
    assert sure == pytest.approx(rightly(asked, read), abs=0.05)


def test_a_live_shop_s_customers_half_of_them_with_something_else(encoder: SentenceEncoder) -> None:
    taught, asked = (
        shared("intents", "hint3_sofmattress", "train.csv"),
        shared("intents", "hint3_sofmattress", "test.csv"),
    )
    read = readings(model_of(taught, "latin", encoder.encode, True), asked, encoder.encode)
    assert rightly(asked, read) >= 0.765
    ours = [label != MARK for _, label in asked]
    assert roc_auc_score(ours, [reading.scope for reading in read]) >= 0.895


def test_chinese_by_its_characters() -> None:
    """xSID: every fifth row is asked, the others are taught."""
    rows = shared("multilingual", "xsid_zh_valid.csv")
    blank: Callable[[List[str]], np.ndarray] = lambda texts: np.zeros((len(texts), 4), dtype=np.float32)  # noqa: E731
    asked = rows[::5]
    model = model_of([row for place, row in enumerate(rows) if place % 5], "han", blank, False)
    assert rightly(asked, readings(model, asked, blank)) >= 0.93


@pytest.mark.parametrize("language", HELD_OUT)
def test_the_shop_s_held_out_customers(language: str, read: "Callable[[str], dict]") -> None:
    rows = rows_of(ROOT / "training_data" / "heldout" / f"intents_{language}.csv")
    told: Dict[bool, List[bool]] = {True: [], False: []}
    pairs: List[Tuple[str, dict]] = [(label, read(text)) for text, label in rows]
    for label, parsed in pairs:
        strange = label == MARK
        right = parsed["scope"]["rejected"] if strange else parsed["intent_ranking"][0]["name"] == label
        told[strange].append(right)
    floor, turned_away = HELD_OUT[language]
    assert np.mean(told[False]) >= floor and np.mean(told[True]) >= turned_away
    assert OUT_OF_SCOPE not in [parsed["intent_ranking"][0]["name"] for _, parsed in pairs]
