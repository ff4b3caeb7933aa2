"""Sizes: one size of search measured, the index alone or the whole way from a question to its outcome."""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from kb_index.base import KnowledgeBase
from kb_index.encoder import Encoder, Vectors
from kb_index.exact import ExactIndex
from kb_index.index import FLAT_UP_TO, VectorIndex
from tests.bench.corpus import PiecewiseEncoder, Pool, pages, write
from tests.bench.load import milliseconds
from tests.journeys.product import ROOT

QUESTIONS = ROOT / "training_data" / "heldout" / "answers_en.jsonl"
K = 10
#: Scores closer than this are one score: which of two equal passages comes first is no mistake.
SAME = 1e-5


def questions() -> list[str]:
    """Questions customers ask, written apart from the articles."""
    return [json.loads(line)["query"] for line in QUESTIONS.read_text("utf-8").splitlines()]


def recall(found: Vectors, exact: Vectors) -> float:
    """Take the scores of what was found and of the true best, each (questions, k); give the share that is right."""
    least = exact[:, -1:] - SAME
    return float(np.mean((found >= least).sum(axis=1) / exact.shape[1]))


def index_alone(count: int, articles: Path, encoder: Encoder) -> dict[str, object]:
    """Build time, memory, search time and recall of the index of that many passages."""
    pool = Pool.of(articles)
    piecewise = PiecewiseEncoder(encoder, pool.pieces())
    rows = piecewise.encode([text for page in pages(pool, count) for text in page.texts()])
    asked = encoder.encode(questions())
    before, begun = _held(), time.perf_counter()
    index = VectorIndex(rows)
    built, held = time.perf_counter() - begun, _held() - before
    index.search(asked[:1], K)
    scores, took = _each(lambda at: index.search(asked[at : at + 1], K)[0][0], len(asked))
    exact = ExactIndex(rows).search(asked, K)[0]
    return {
        "passages": count,
        "kind": "flat" if count <= FLAT_UP_TO else "graph",
        "build_seconds": round(built, 2),
        "memory_mib": round(held, 1),
        "p50_ms": milliseconds(took, 0.5),
        "p95_ms": milliseconds(took, 0.95),
        "recall_at_10": round(recall(np.stack(scores), exact), 4),
    }


def whole(count: int, articles: Path, encoder: Encoder) -> dict[str, object]:
    """The knowledge base over that many passages: from files to its outcome for a question."""
    pool = Pool.of(articles)
    piecewise = PiecewiseEncoder(encoder, pool.pieces())
    with tempfile.TemporaryDirectory() as folder:
        files = write(pages(pool, count), Path(folder) / "articles")
        before, begun = _held(), time.perf_counter()
        base = KnowledgeBase(Path(folder) / "articles", piecewise, Path(folder) / "index")
        changes = base.load()
        built, held = time.perf_counter() - begun, _held() - before
        if changes.errors or base.stats()["passages"] != count:
            raise RuntimeError(f"{count} passages were wanted: {base.stats()}")
        asked = questions()
        base.ask(asked[0], "en")
        _, took = _each(lambda at: base.ask(asked[at], "en"), len(asked))
    return {
        "passages": count,
        "articles": files,
        "build_seconds": round(built, 2),
        "memory_mib": round(held, 1),
        "p50_ms": milliseconds(took, 0.5),
        "p95_ms": milliseconds(took, 0.95),
    }


def _each(ask: Callable[[int], Any], count: int) -> tuple[list[Any], list[float]]:
    found, took = [], []
    for at in range(count):
        begun = time.perf_counter()
        found.append(ask(at))
        took.append(time.perf_counter() - begun)
    return found, took


def _held() -> float:
    held = psutil.Process().memory_full_info()
    return float(getattr(held, "pss", held.rss)) / 2**20
