"""Measures the bot's understanding: reads a CSV with a model, or with its own NLU pipeline trained on another CSV.

Usage: python evaluate.py --train A.csv --test B.csv --out R.json
       python evaluate.py --model bot.tar.gz --test B.csv --out R.json
CSV with columns text,label; ``__out_of_scope__`` marks what no intent covers. The report is DESIGN's; the figures that
need only counting are made by the caller from ``rows``. ``nearest`` is the example a row is most like.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Dict, List, Tuple

os.environ["RASA_MAX_CACHE_SIZE"] = "0"
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

HERE = Path(__file__).resolve().parent
MARK = "__out_of_scope__"
INTENT = "out_of_scope"
#: How far a measurement of the product's own model steps back for customers on the same machine.
NICENESS = 10


def read_rows(path: Path) -> List[Tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file)]


def intent_name(label: str) -> str:
    # Rasa reads "/" and "+" in an intent's name as signs of its own.
    return INTENT if label == MARK else label.replace("/", "\u2044").replace("+", "\uff0b")


def write_nlu(rows: List[Tuple[str, str]], path: Path) -> None:
    """Rasa's JSON form: unlike its YAML it takes any text as it is (brackets, dashes, line breaks)."""
    examples = [{"text": text, "intent": intent_name(label), "entities": []} for text, label in rows if text.strip()]
    data = {"rasa_nlu_data": {"common_examples": examples}}
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


async def parse_all(agent: Any, texts: List[str]) -> Tuple[List[Dict[str, Any]], List[float]]:
    from components.channel import harmless

    found, took = [], []
    for text in texts:
        start = time.perf_counter()
        found.append(await agent.parse_message(harmless(text)))
        took.append((time.perf_counter() - start) * 1000)
    return found, took


def trained(known: List[Tuple[str, str]], folder: str) -> Tuple[Any, float]:
    """A model of these rows alone (None when the training failed), and the seconds it took."""
    from rasa.model_training import train_nlu

    write_nlu(known, Path(folder) / "nlu.json")
    start = time.perf_counter()
    return train_nlu(str(HERE / "config.yml"), str(Path(folder) / "nlu.json"), folder), time.perf_counter() - start


def read_with(
    model: Any, asked: List[Tuple[str, str]], names: Dict[str, str]
) -> Tuple[List[Dict[str, Any]], List[float]]:
    """What a model reads each row as, and the milliseconds of each; ``names`` are labels by their name in Rasa."""
    from rasa.core.agent import Agent

    found, took = asyncio.run(parse_all(Agent.load(model), [text for text, _ in asked]))
    rows = []
    for (text, label), parsed in zip(asked, found):
        ranking = parsed["intent_ranking"]
        best = ranking[0] if ranking else {"name": INTENT, "confidence": 0.0}
        nearest = parsed["scope"]["nearest"]
        rows.append(
            {
                "text": text,
                "label": label,
                "predicted": names.get(best["name"], best["name"]),
                "confidence": parsed["scope"]["score"],
                "probability": best["confidence"],
                "rejected": parsed["scope"]["rejected"],
                "nearest": nearest[0]["text"] if nearest else None,
            }
        )
    return rows, took


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--train", type=Path, help="CSV to train on")
    source.add_argument("--model", type=Path, help="model file that is there already")
    parser.add_argument("--test", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    unknown = read_rows(asked.test)
    if asked.model:
        # Beside a bot that serves customers, who come first.
        os.nice(NICENESS)
        rows, took = read_with(str(asked.model.resolve()), unknown, {})
        report = {"parse_ms": took, "rows": rows}
    else:
        known = read_rows(asked.train)
        with tempfile.TemporaryDirectory() as folder:
            model, seconds = trained(known, folder)
            if model is None:
                print("Training failed; the reason is above.", file=sys.stderr)
                return 1
            rows, took = read_with(model, unknown, {intent_name(label): label for _, label in known})
        report = {"train_seconds": round(seconds, 2), "parse_ms": took, "rows": rows}
    asked.out.write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
