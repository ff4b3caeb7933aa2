"""The trained bot as a whole: it understands three languages, is sure as often as it is right, and knows its limits."""

import csv
import json
import tarfile
from pathlib import Path
from typing import Callable

import pytest
from project import LANGUAGES, ROOT

MARK = "__out_of_scope__"
#: Far below what is measured (80, 80, 74 %), so that only a broken bot falls under it. Measuring is `frontdoor eval`'s.
LEAST_ACCURACY = {"en": 0.7, "zh": 0.7, "ko": 0.6}


def held_out(language: str) -> "list[dict]":
    with (ROOT / "training_data" / "heldout" / f"intents_{language}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_never_saw_is_understood_and_it_is_as_sure_as_it_is_right(language: str, read) -> None:
    rows = [
        (read(row["text"])["intent_ranking"][0], row["label"]) for row in held_out(language) if row["label"] != MARK
    ]
    accuracy = sum(best["name"] == label for best, label in rows) / len(rows)
    confidence = sum(best["confidence"] for best, _ in rows) / len(rows)
    assert accuracy > LEAST_ACCURACY[language] and abs(confidence - accuracy) < 0.12


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_turns_strangers_away_far_more_often_than_customers(language: str, read) -> None:
    turned_away = {True: [], False: []}
    for row in held_out(language):
        turned_away[row["label"] == MARK].append(read(row["text"])["scope"]["rejected"])
    strangers, customers = (sum(turned_away[who]) / len(turned_away[who]) for who in (True, False))
    assert strangers > 0.5 and customers < 0.2


@pytest.mark.parametrize(
    "text",
    [
        "xkq vvbn wrtz",
        "asdf jkl qwer",
        "嗡嘛呢叭咪吽",
        "뷁쉛퉯",
        "где мой заказ",
        "أين طلبي",
        "คำสั่งซื้อ",
        "",
        "…",
        "🧿",
        "😡",
    ],
)
def test_nonsense_and_scripts_nobody_taught_are_out_of_scope(text: str, read: Callable[[str], dict]) -> None:
    reading = read(text)
    assert reading["intent"]["name"] == "out_of_scope" and reading["scope"]["rejected"]
    assert 0 <= reading["intent"]["confidence"] <= 1


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "我的包裹到哪了",
        "배송 언제 와요",
        "Ｗｈｅｒｅ ｉｓ ｍｙ ｏｒｄｅｒ",
        "x" * 2000,
        "주문" * 1000,
    ],
)
def test_every_reading_is_a_proper_one(text: str, read: Callable[[str], dict]) -> None:
    reading = read(text)
    chances = [intent["confidence"] for intent in reading["intent_ranking"]]
    assert chances == sorted(chances, reverse=True) and all(0 <= chance <= 1 for chance in chances)
    assert 0 < reading["scope"]["threshold"] < 1 and 0 <= reading["scope"]["score"] <= 1
    assert reading["entities"] == [] and reading["text"] == text


def test_full_width_letters_mean_what_they_look_like(read: Callable[[str], dict]) -> None:
    assert read("Ｗｈｅｒｅ ｉｓ ｍｙ ｐａｒｃｅｌ？")["intent"] == read("where is my parcel?")["intent"]


def test_the_model_holds_a_sane_line_and_temperature_for_each_writing(trained: Path, tmp_path: Path) -> None:
    with tarfile.open(trained) as archive:
        archive.extractall(tmp_path)
    found = {file.parent.name: json.loads(file.read_text("utf-8")) for file in tmp_path.rglob("about.json")}
    assert set(found) == {"latin", "han", "hangul"}
    for about in found.values():
        # LinearSVC's scores are shy: a temperature above 1 would mean that the classifier learnt nothing.
        assert 0.05 < about["temperature"] < 1 and 0.2 < about["threshold"] < 0.8


def test_nothing_in_the_model_is_a_pickle(trained: Path) -> None:
    with tarfile.open(trained) as archive:
        kinds = {Path(member.name).suffix for member in archive.getmembers() if member.isfile()}
    assert kinds == {".json", ".npz", ".yml"}
