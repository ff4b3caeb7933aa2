"""Measurements are made once for a model and its questions, and again when either is another."""

import hashlib
from pathlib import Path

import pytest

from api.bot import evaluate
from api.bot.measured import Measurements
from api.bot.registry import Model, Registry, UnknownModel
from training_data.check import Data
from training_data.heldout import Row
from training_data.readings import Reading

ROWS = [Row("en", "hello", "greet", "intents_en.csv", 2), Row("ko", "안녕", "greet", "intents_ko.csv", 2)]


class Place:
    """A registry with one model, and a count of how often it was really read with."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.registry = Registry(folder)
        (folder / "bot-a.tar.gz").write_text("a model")
        sha = hashlib.sha256(b"a model").hexdigest()
        self.model = Model("bot-a.tar.gz", "a" * 64, sha, 1.0, 1.0)
        self.registry.add(self.model)
        self.read = 0
        self.told: list[str] = []
        patch.setattr(evaluate, "read_with", self._read_with)

    def _read_with(self, python: Path, encoder: Path, model: Path, rows: list[Row]) -> list[Reading]:
        self.read += 1
        return [Reading(row.language, row.text, row.label, "greet", taught=row.language == "ko") for row in rows]

    def of(self, rows: list[Row], model: Model | None = None) -> list[Reading]:
        made = Measurements(self.registry, Path("python"), Path("encoder"), Data([], rows, []))
        return made.of(model or self.model, self.told.append)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    return Place(tmp_path, monkeypatch)


def test_what_was_measured_is_kept_whole(place: Place) -> None:
    first = place.of(ROWS)
    assert (
        place.of(ROWS)
        == first
        == [
            Reading("en", "hello", "greet", "greet"),
            Reading("ko", "안녕", "greet", "greet", taught=True),
        ]
    )
    assert place.read == 1
    assert place.told == [f"reading 2 held-out questions with model {'a' * 12}"]


def test_other_questions_are_read_again(place: Place) -> None:
    place.of(ROWS)
    assert len(place.of(ROWS[:1])) == 1
    assert place.read == 2


def test_a_model_trained_again_is_read_again(place: Place) -> None:
    place.of(ROWS)
    file = place.registry.folder / place.model.file
    file.write_text("another")
    again = Model(file.name, "a" * 64, hashlib.sha256(b"another").hexdigest(), 1.0, 2.0)
    place.of(ROWS, again)
    assert place.read == 2


@pytest.mark.parametrize("content", ["", "{", "{}", "[]", '{"model": 1, "asked": 2, "readings": []}'])
def test_a_measurement_that_was_cut_off_is_made_again(place: Place, content: str) -> None:
    place.of(ROWS)
    (place.registry.folder / f"eval-{'a' * 12}.json").write_text(content)
    assert len(place.of(ROWS)) == 2
    assert place.read == 2


def test_a_file_that_is_not_the_model_is_not_read_with(place: Place) -> None:
    (place.registry.folder / place.model.file).write_text("another")
    with pytest.raises(UnknownModel):
        place.of(ROWS)
    assert place.read == 0


def test_without_questions_nothing_is_read(place: Place) -> None:
    assert place.of([]) == [] and place.read == 0
