"""Measures the bot's understanding: trains its own NLU pipeline on one CSV and reads another.

Usage: python evaluate.py --train A.csv --test B.csv --out R.json
CSV with columns text,label; ``__out_of_scope__`` marks what no intent covers. The report is DESIGN's; the figures that
need only counting are made by the caller from ``rows``.
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--test", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    known, unknown = read_rows(asked.train), read_rows(asked.test)

    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as folder:
        write_nlu(known, Path(folder) / "nlu.json")
        start = time.perf_counter()
        model = train_nlu(str(HERE / "config.yml"), str(Path(folder) / "nlu.json"), folder)
        seconds = time.perf_counter() - start
        if model is None:
            print("Training failed; the reason is above.", file=sys.stderr)
            return 1
        agent = Agent.load(model)
        found, took = asyncio.run(parse_all(agent, [text for text, _ in unknown]))
    rows = []
    names = {intent_name(label): label for _, label in known}
    for (text, label), parsed in zip(unknown, found):
        ranking = parsed["intent_ranking"]
        best = ranking[0] if ranking else {"name": INTENT, "confidence": 0.0}
        rows.append(
            {
                "text": text,
                "label": label,
                "predicted": names.get(best["name"], best["name"]),
                "confidence": parsed["scope"]["score"],
                "probability": best["confidence"],
                "rejected": parsed["scope"]["rejected"],
            }
        )
    report = {"train_seconds": round(seconds, 2), "parse_ms": took, "rows": rows}
    asked.out.write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
