"""Preparing: what is wrong with the examples is known before anything is trained."""

import shutil
from pathlib import Path

from api.cli.prepare import mistakes
from api.settings import ROOT, Settings


def test_the_examples_as_they_come_have_no_mistakes() -> None:
    assert mistakes(Settings()) == []


def test_a_mistake_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    copy = tmp_path / "training_data"
    shutil.copytree(ROOT / "training_data", copy)
    file = copy / "nlu" / "en" / "smalltalk.yml"
    file.write_text(file.read_text("utf-8").replace("- intent: greet\n", "- intent: gret\n"), "utf-8")
    line = file.read_text("utf-8").splitlines().index("- intent: gret") + 1
    [told] = [one for one in mistakes(Settings(training_dir=copy)) if "gret" in one and f":{line}:" in one]
    assert "smalltalk.yml" in told
    assert "greet" in told
