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


def test_a_model_that_is_there_already_reads_rows_in_each_language(trained: Path, tmp_path: Path) -> None:
    asked = [
        ("i want my money back for the lamp", "refund"),
        ("how much is shipping to germany", "ask_kb"),
        ("我要退款", "refund"),
        ("상담원 연결해 주세요", "request_human"),
        ("/restart", "__out_of_scope__"),
        ("где мой заказ", "__out_of_scope__"),
    ]
    model, test, out = trained.read_bytes(), write(tmp_path / "b.csv", asked), tmp_path / "r.json"
    command = [sys.executable, str(ROOT / "bot" / "evaluate.py"), "--model", str(trained), "--test", str(test)]
    done = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(out.read_text("utf-8"))
    rows = report["rows"]
    assert [(row["text"], row["label"]) for row in rows] == asked
    assert [row["predicted"] for row in rows[:4]] == [label for _, label in asked[:4]]
    assert [row["rejected"] for row in rows] == [False, False, False, False, True, True]
    # A row that was taught is seen to be: the nearest example is the row itself.
    assert rows[1]["nearest"] == rows[1]["text"] and rows[5]["nearest"] is None
    assert len(report["parse_ms"]) == len(asked) and "train_seconds" not in report
    assert trained.read_bytes() == model


def test_a_model_or_rows_to_train_on_is_wanted_and_not_both(tmp_path: Path) -> None:
    test = write(tmp_path / "b.csv", ASKED)
    for source in ([], ["--model", "m.tar.gz", "--train", str(test)]):
        command = [sys.executable, str(ROOT / "bot" / "evaluate.py"), *source, "--test", str(test), "--out", "r.json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 2 and "--model" in done.stderr
