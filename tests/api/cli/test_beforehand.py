"""Preparing without serving: the sample's examples are put in place once, and never over somebody's own."""

from pathlib import Path

import pytest

from api.cli.beforehand import place_examples
from api.settings import ROOT, Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, training_dir=tmp_path / "training")


def test_a_first_start_gets_the_samples_examples_and_held_out_questions(settings: Settings) -> None:
    place_examples(settings)
    for part in ("nlu", "heldout"):
        wanted = {each.relative_to(ROOT / "training_data") for each in (ROOT / "training_data" / part).rglob("*")}
        assert {each.relative_to(settings.training_dir) for each in (settings.training_dir / part).rglob("*")} == wanted


def test_an_empty_folder_is_filled_too(settings: Settings) -> None:
    settings.training_dir.mkdir()
    place_examples(settings)
    assert (settings.training_dir / "nlu" / "en").is_dir()


def test_examples_that_are_there_are_left_alone(settings: Settings) -> None:
    own = settings.training_dir / "nlu" / "en" / "own.yml"
    own.parent.mkdir(parents=True)
    own.write_text("version: '3.1'\n")
    place_examples(settings)
    assert [each for each in settings.training_dir.rglob("*") if each.is_file()] == [own]
