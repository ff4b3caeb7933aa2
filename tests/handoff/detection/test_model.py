"""The file that the fitted model is kept in."""

import json
from pathlib import Path

import pytest

from handoff.detection.model import FILE, BadModel, load
from handoff.detection.weighing import way_of


def test_the_model_of_the_package_says_what_it_was_fitted_on() -> None:
    provenance = load().provenance
    assert provenance["seed"] == 5
    assert provenance["dialogues"] >= 500
    assert set(provenance["cross_validated"]) >= {"all", "en", "zh", "ko"}


def test_no_sign_of_trouble_speaks_against_a_person_and_no_thanks_for_one() -> None:
    for name, weight in load().weights.items():
        assert weight * way_of(name) >= 0, name


def test_each_tone_is_read_by_its_own_weights() -> None:
    letters = load().letters["en"]
    assert letters.of("you keep giving me the same useless answer", "en")["trouble"] > 0
    assert letters.of("let me speak to a real person", "en")["request"] > 0
    assert letters.of("the plug is smoking and my hand is burnt", "en")["danger"] > 0
    assert max(letters.of("thank you, that works", "en").values()) < 0


def test_mild_decisions_come_before_strong_ones() -> None:
    model = load()
    for language in ("en", "zh", "ko"):
        assert 0 < model.acknowledge[language] < model.offer[language] < model.hand_over[language] < 1


def test_a_missing_model_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(BadModel, match="frontdoor detection fit"):
        load(tmp_path / "none.json")


def test_a_model_of_other_figures_is_refused_with_their_names(tmp_path: Path) -> None:
    data = json.loads(FILE.read_text("utf-8"))
    data["weights"]["luck"] = 1.0
    (tmp_path / "model.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises(BadModel, match="luck"):
        load(tmp_path / "model.json")


def test_a_model_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text('{"version": 99}', "utf-8")
    with pytest.raises(BadModel, match="99"):
        load(tmp_path / "model.json")
