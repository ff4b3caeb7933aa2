"""Measuring: any CSV can be read against any other, however oddly its texts and labels are written."""

import csv
import json
import subprocess
import sys
from pathlib import Path

from project import ROOT
from test_intent_classifier import ENGLISH, pairs

TAUGHT = [
    *pairs({**ENGLISH, "billing/VAT+tax": ["do you charge vat", "vat number please", "is tax included"]}),
    ("退款", "refund"),
    ("오늘 날씨", "__out_of_scope__"),
    ("[well](known) - signs: {here}\n- and here", "signs"),
]
ASKED = [
    ("a refund please", "refund"),
    ("what is your vat number", "billing/VAT+tax"),
    ("退款", "refund"),
    ("", "refund"),
    ("/restart", "__out_of_scope__"),
    ("где мой заказ", "__out_of_scope__"),
    ("zxqv wpfh", "__out_of_scope__"),
]


def write(file: Path, rows: "list[tuple[str, str]]") -> Path:
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([("text", "label"), *rows])
    return file


def test_every_row_is_read_and_told_with_the_label_it_came_with(tmp_path: Path) -> None:
    train, test, out = write(tmp_path / "a.csv", TAUGHT), write(tmp_path / "b.csv", ASKED), tmp_path / "r.json"
    command = [sys.executable, str(ROOT / "bot" / "evaluate.py"), "--train", str(train), "--test", str(test)]
    done = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(out.read_text("utf-8"))
    assert [(row["text"], row["label"]) for row in report["rows"]] == ASKED
    assert [row["predicted"] for row in report["rows"][:3]] == ["refund", "billing/VAT+tax", "refund"]
    assert [row["rejected"] for row in report["rows"]] == [False, False, False, True, True, True, True]
    assert len(report["parse_ms"]) == len(ASKED) and report["train_seconds"] > 0
