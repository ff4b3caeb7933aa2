"""The benchmark itself, in its smallest form: both systems really start, answer, and are reported side by side."""

import json
from pathlib import Path

import pytest

from tests.bench import plain, report, training
from tests.bench.__main__ import run
from tests.bench.plan import Plan
from tests.journeys.product import data_folder

SMALL = Plan(clients=(1, 2), seconds=2.0, warm_up=0.5, idle=0.5, rounds=1, variants=False, epochs=1, examples=4)


@pytest.mark.alone
@pytest.mark.rasa
def test_both_systems_answer_and_are_reported_side_by_side(prepared: Path, tmp_path: Path) -> None:
    data_folder(tmp_path / "frontdoor", prepared)
    found = json.loads(json.dumps(run(SMALL, tmp_path, reuse=True)))
    assert [system["name"] for system in found["systems"]] == ["plain Rasa", "Frontdoor"]
    for system in found["systems"]:
        assert [load["clients"] for load in system["loads"]] == [1, 2]
        assert all(load["answered"] > 0 and load["failures"] == {} for load in system["loads"])
        assert system["memory_mib_after_load"] > 100
        assert len(system["memory_mib_by_part"]) == 2
        # A bot trained for one epoch understands nothing, so its action server may have had nothing to do.
        assert sum(system["loads"][-1]["system_cpu_ms"].values()) > 0
    ours, theirs = found["systems"][1], found["systems"][0]
    ratio = found["ratios"]["loads"][0]["per_second"]
    assert ratio == round(ours["loads"][0]["per_second"] / theirs["loads"][0]["per_second"], 2)
    assert found["training"]["plain_english"] > 0
    table = report.markdown(found)
    assert "| messages/s, 2 clients |" in table
    assert "| start to first answer, s |" in table


@pytest.mark.rasa
def test_the_plain_bot_is_configured_by_rasa_itself(tmp_path: Path) -> None:
    project = plain.make(tmp_path / "bot", training.EXAMPLES, training.ARTICLES, plain.rasa_package())
    config = (project / "config.yml").read_text("utf-8")
    assert config == (plain.rasa_package() / plain.DEFAULTS).read_text("utf-8")
    for part in ("DIETClassifier", "TEDPolicy", "UnexpecTEDIntentPolicy", "ResponseSelector", "FallbackClassifier"):
        assert f"- name: {part}" in config


def test_only_so_many_examples_of_an_intent_are_taken(tmp_path: Path) -> None:
    everything = training.few(training.EXAMPLES, tmp_path / "all", None)
    assert training.few(training.EXAMPLES, tmp_path / "few", 4) < everything
    for file in training.EXAMPLES.glob("*.yml"):
        assert (tmp_path / "all" / file.name).read_text("utf-8") == file.read_text("utf-8")


def test_a_figure_that_is_missing_has_no_ratio() -> None:
    assert report.over(None, 3.0) is None
    assert report.over(3.0, 0.0) is None
    assert report.over(1.0, 4.0) == 0.25
