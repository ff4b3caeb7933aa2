"""Intents measured: the bot's own pipeline trained on one CSV, another one read, and the figures of it."""

import csv
import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from api.bot.model import TrainingFailed
from api.bot.python import BOT, ONE_THREAD
from api.bot.reliability import calibration_error
from kb_index.evaluate import auroc
from training_data.heldout import Row
from training_data.readings import Reading
from training_data.sameness import plain

OUT_OF_SCOPE = "__out_of_scope__"


class BadCsv(Exception):
    """A CSV that is not text,label; names the file, the line and the field."""


def check_csv(path: Path) -> None:
    """See that each row has a text and a label.

    Raises:
        BadCsv: file, line and field.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        wanted = {"text", "label"}
        if not wanted <= set(rows.fieldnames or []):
            raise BadCsv(f"{path}:1: the header must be text,label; it is {','.join(rows.fieldnames or ['empty'])}.")
        for row in rows:
            for field in sorted(wanted):
                if row[field] is None:
                    raise BadCsv(f"{path}:{rows.line_num}: {field} is missing.")


def run(python: Path, encoder_folder: Path, train: Path, test: Path) -> dict[str, Any]:
    """The report of ``frontdoor eval intents``.

    Raises:
        BadCsv: an input cannot be read.
        TrainingFailed: the trainer's last words.
    """
    for path in (train, test):
        check_csv(path)
    found = _report(python, encoder_folder, "--train", str(train.resolve()), "--test", str(test.resolve()))
    return figures(found["rows"]) | {
        "train_seconds": found["train_seconds"],
        "parse_ms_p50": round(statistics.median(found["parse_ms"]), 2) if found["parse_ms"] else None,
        "rows": found["rows"],
    }


def read_with(python: Path, encoder_folder: Path, model: Path, rows: Sequence[Row]) -> list[Reading]:
    """What a trained model reads held-out rows as, by the bot's own code, at low priority on one core.

    Raises:
        TrainingFailed: the model could not be measured; the last words.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "asked.csv"
        with asked.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("text", "label"), *((row.text, row.label) for row in rows)])
        found = _report(python, encoder_folder, "--model", str(model.resolve()), "--test", str(asked), **ONE_THREAD)
    return [
        Reading(
            language=row.language,
            text=row.text,
            label=row.label,
            read_as=OUT_OF_SCOPE if told["rejected"] else told["predicted"],
            taught=told["nearest"] is not None and plain(told["nearest"]) == plain(row.text),
        )
        for row, told in zip(rows, found["rows"], strict=True)
    ]


def _report(python: Path, encoder_folder: Path, *arguments: str, **more: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.json"
        told = subprocess.run(
            [str(python), str(BOT / "evaluate.py"), *arguments, "--out", str(raw)],
            cwd=BOT,
            env={**os.environ, **more, "FRONTDOOR_ENCODER_FOLDER": str(encoder_folder.resolve())},
            capture_output=True,
            text=True,
            check=False,
        )
        if told.returncode != 0 or not raw.is_file():
            tail = [line for line in told.stderr.splitlines() if line.strip()][-5:]
            raise TrainingFailed("The evaluation did not finish. Last words:\n" + "\n".join(tail))
        report: dict[str, Any] = json.loads(raw.read_text("utf-8"))
        return report


def figures(rows: list[dict[str, Any]]) -> dict[str, float | None]:
    """What counting the rows gives; a figure with no row behind it is None."""
    ours = [row for row in rows if row["label"] != OUT_OF_SCOPE]
    strangers = [row for row in rows if row["label"] == OUT_OF_SCOPE]
    right = [row for row in ours if row["predicted"] == row["label"]]
    kept = [row for row in right if not row["rejected"]]
    return {
        "in_scope_accuracy": len(right) / len(ours) if ours else None,
        "in_scope_accuracy_at_threshold": len(kept) / len(ours) if ours else None,
        "oos_auroc": auroc([row["confidence"] for row in ours], [row["confidence"] for row in strangers]),
        "calibration_error": calibration_error(rows),
        "oos_recall": sum(row["rejected"] for row in strangers) / len(strangers) if strangers else None,
    }
