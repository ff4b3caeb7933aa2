"""A model that was written down reads every message as it did before, and nothing in its files can run code."""

import json
from pathlib import Path

import numpy as np
import pytest
from components import model_files
from components.intents import IntentModel
from components.sureness import Sureness
from small import SAID, SHOP, fitted, read

TEXTS = ["退款", "我的快递呢", "明天天气", "", "zzz", "發票"]


@pytest.mark.parametrize("said", [SHOP, SAID, {"refund": ["退款"]}, {n: SAID[n] for n in ("refund", "invoice")}])
def test_a_model_read_back_gives_identical_readings(said: dict, tmp_path: Path) -> None:
    model = fitted(said)
    model_files.save(model, tmp_path)
    again = model_files.load(tmp_path)
    assert [read(again, text) for text in TEXTS] == [read(model, text) for text in TEXTS]


def test_a_model_with_vectors_and_words_is_read_back_too(encoder, tmp_path: Path) -> None:
    texts = ["money back please", "refund me", "where is my parcel", "track my order", "an invoice please", "hi there"]
    labels = ["refund", "refund", "order_status", "order_status", "invoice", "greet"]
    model = IntentModel("latin", True).fit(texts, labels, encoder.encode(texts))
    model_files.save(model, tmp_path)
    again, asked = model_files.load(tmp_path), ["my refund", "where is it", "qwerty", "naïve"]
    assert again.read(asked, encoder.encode(asked)) == model.read(asked, encoder.encode(asked))


def test_a_model_file_holds_numbers_and_texts_and_no_pickle(tmp_path: Path) -> None:
    model_files.save(fitted(SHOP), tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["about.json", "numbers.npz"]
    json.loads((tmp_path / "about.json").read_text("utf-8"))
    with np.load(tmp_path / "numbers.npz", allow_pickle=False) as numbers:
        assert all(numbers[name].dtype.kind == "f" for name in numbers.files)


def test_numbers_that_hide_a_pickle_are_refused(tmp_path: Path) -> None:
    model_files.save(fitted(SHOP), tmp_path)
    with np.load(tmp_path / "numbers.npz") as numbers:
        forged = {**numbers, "weights": np.array([{"an": "object"}])}
    np.savez(tmp_path / "numbers.npz", **forged)
    with pytest.raises(ValueError, match="allow_pickle"):
        model_files.load(tmp_path)


def test_a_model_of_an_older_version_keeps_its_temperature_alone(tmp_path: Path) -> None:
    model_files.save(fitted(SHOP), tmp_path)
    about = json.loads((tmp_path / "about.json").read_text("utf-8"))
    del about["slope"], about["offset"]
    (tmp_path / "about.json").write_text(json.dumps(about), "utf-8")
    sureness = model_files.load(tmp_path).sureness
    assert sureness == Sureness(about["temperature"]) and read(model_files.load(tmp_path), "我要退款").ranking
