"""Slices of the shared data for tests and tables: drawn by a seed, so that a figure can be had again.

Usage: python tests/bot/shared_data.py SOURCE.csv OUT.csv [--each 10] [--seed 0]
"""

import argparse
import csv
import random
from pathlib import Path
from typing import Dict, List, Tuple

#: Where real data lies beside the project, on machines that have it.
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
Rows = List[Tuple[str, str]]


def rows_of(file: Path) -> Rows:
    """Text and label of each row of a CSV."""
    with file.open(encoding="utf-8-sig", newline="") as source:
        return [(row["text"], row["label"]) for row in csv.DictReader(source)]


def each(rows: Rows, n: int, seed: int) -> Rows:
    """At most ``n`` rows of each label, drawn by the seed, labels in the order of their names."""
    texts: Dict[str, List[str]] = {}
    for text, label in rows:
        texts.setdefault(label, []).append(text)
    chance = random.Random(seed)
    return [(text, label) for label in sorted(texts) for text in chance.sample(texts[label], min(n, len(texts[label])))]


def write(rows: Rows, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([("text", "label"), *rows])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--each", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    write(each(rows_of(asked.source), asked.each, asked.seed), asked.out)
