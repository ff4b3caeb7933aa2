"""Search measured at growing sizes: the vector index alone, and everything between a question and its outcome.

Each size runs in a process of its own, so that its memory is its own. Usage: python -m tests.bench.search [--quick]
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from kb_index.encoder import OnnxEncoder
from kb_index.export import export_encoder
from tests.bench.processes import memory_kind
from tests.bench.sizes import index_alone, questions, whole
from tests.journeys.product import ROOT

SIZES = (1_000, 10_000, 100_000)
ARTICLES = ROOT / "training_data" / "articles"
#: The whole search at the largest size needs about this much memory for each passage.
MIB_A_PASSAGE = 0.07


def feasible(sizes: Sequence[int]) -> list[int]:
    """The sizes whose whole search fits into the memory that is free now."""
    free = psutil.virtual_memory().available / 2**20
    return [size for size in sizes if size * MIB_A_PASSAGE < free]


def measure(sizes: Sequence[int], whole_sizes: Sequence[int], encoder: Path, articles: Path) -> dict[str, Any]:
    """The report of the search."""
    kinds = {"index": sizes, "whole": feasible(whole_sizes)}
    found: dict[str, Any] = {
        kind: [_apart(kind, size, encoder, articles) for size in of_kind] for kind, of_kind in kinds.items()
    }
    left_out = [size for size in whole_sizes if size not in kinds["whole"]]
    return {**found, "questions": len(questions()), "memory_is": memory_kind(), "too_large_for_memory": left_out}


def _apart(kind: str, size: int, encoder: Path, articles: Path) -> dict[str, Any]:
    words = [sys.executable, "-m", "tests.bench.search", "--one", kind, "--sizes", str(size)]
    words += ["--encoder", str(encoder), "--articles", str(articles)]
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    row: dict[str, Any] = json.loads(done.stdout)
    sys.stderr.write(f"{kind}: {row}\n")
    return row


def markdown(report: dict[str, Any]) -> str:
    """The report's two tables."""
    lines = ["| index alone | build | memory | p50 / p95 | exact-recall@10 |", "|---|---|---|---|---|"]
    lines += [
        f"| {row['passages']:,} passages, {row['kind']} | {row['build_seconds']} s | {row['memory_mib']} MiB | "
        f"{row['p50_ms']} / {row['p95_ms']} ms | {row['recall_at_10']} |"
        for row in report["index"]
    ]
    lines += ["", "| whole search | build | memory | p50 / p95 |", "|---|---|---|---|"]
    lines += [
        f"| {row['passages']:,} passages of {row['articles']:,} articles | {row['build_seconds']} s | "
        f"{row['memory_mib']} MiB | {row['p50_ms']} / {row['p95_ms']} ms |"
        for row in report["whole"]
    ]
    lines += [
        f"| {size:,} passages | not measured: too little free memory | | |" for size in report["too_large_for_memory"]
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="passages, separated by commas")
    parser.add_argument("--whole", type=_sizes, default=SIZES, help="the same for the whole search")
    parser.add_argument("--quick", action="store_true", help="the two smaller sizes only")
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="whose sentences are put together anew")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench", help="what is made and written")
    parser.add_argument("--encoder", type=Path, help="an exported encoder; else one is exported into the folder")
    parser.add_argument("--one", choices=("index", "whole"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        work = index_alone if asked.one == "index" else whole
        sys.stdout.write(json.dumps(work(asked.sizes[0], asked.articles, OnnxEncoder(asked.encoder))))
        return 0
    folder = asked.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    encoder = asked.encoder or folder / "encoder"
    if asked.encoder is None:
        export_encoder("all-MiniLM-L6-v2", encoder)
    sizes, whole_sizes = (SIZES[:2], SIZES[:2]) if asked.quick else (asked.sizes, asked.whole)
    report = measure(sizes, whole_sizes, encoder.resolve(), asked.articles.resolve())
    (folder / "search.json").write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    (folder / "search.md").write_text(markdown(report), "utf-8")
    sys.stdout.write(markdown(report))
    return 0


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
