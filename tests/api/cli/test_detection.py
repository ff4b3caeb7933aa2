"""`frontdoor eval handoff` on the command line, with a small encoder in the place of the exported one."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from api import cli
from api.cli import prepare


class SmallEncoder:
    """An encoder of a name the model does not know, so that letters and words alone are read."""

    name = "small@1"

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.zeros((len(texts), 4))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setattr(prepare, "encoder", lambda settings: SmallEncoder())


def row(**changes: object) -> str:
    turns = [
        {"role": "customer", "text": "hello"},
        {"role": "bot", "text": "?"},
        {"role": "customer", "text": "human please"},
    ]
    return json.dumps(
        {"id": "a", "lang": "en", "turns": turns, "handoff_at": 2, "reason": "explicit_request"} | changes
    )


def run(*arguments: str) -> int:
    sys.argv = ["frontdoor", *arguments]
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_the_report_has_every_figure_and_a_row_for_each_dialogue(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text(row(), "utf-8")
    assert run("eval", "handoff", "--dialogues", str(tmp_path / "d.jsonl"), "--out", str(tmp_path / "r.json")) == 0
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert {"precision", "recall", "f1", "false_alarm_rate", "mean_delay_turns", "by_language", "by_reason"} <= set(
        report
    )
    assert report["rows"][0]["predicted_at"] == 2
    assert set(report["rows"][0]["ledger"][0]) == {"turn", "signal", "weight", "quote"}


def test_a_bad_line_ends_it_with_file_line_and_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "d.jsonl").write_text(f"{row()}\n{row(id='b', handoff_at=9)}", "utf-8")
    assert run("eval", "handoff", "--dialogues", str(tmp_path / "d.jsonl"), "--out", str(tmp_path / "r.json")) == 1
    assert "d.jsonl:2: handoff_at must be null or a turn from 0 to 2; it is 9" in capsys.readouterr().err
    assert not (tmp_path / "r.json").exists()
