"""The report of an evaluation has the form others rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb_index.evaluate import QueryError, auroc, evaluate_answers, read_queries

ROWS = [
    {"id": "a", "lang": "en", "query": "How do I return an item?", "gold": ["/returns/start/"]},
    {"id": "b", "lang": "zh", "query": "怎么退货？", "gold": ["/zh/returns/start/"]},
    {"id": "c", "lang": "en", "query": "how tall is mount everest", "gold": []},
]
FIGURES = {
    "hit1", "hit3", "hit5", "mrr", "auroc", "answered_share", "answered_precision", "wrong_answer_rate", "helped_share"
}  # fmt: skip


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    path = tmp_path / "q.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    return path


def test_report_has_every_figure_every_language_and_every_row(shop: Path, queries: Path, letters) -> None:
    report = evaluate_answers(shop, queries, letters)
    assert set(report) >= FIGURES | {"by_language", "search_ms_p50", "search_ms_p95", "rows"}
    assert set(report["by_language"]) == {"en", "zh"}
    assert set(report["by_language"]["zh"]) >= FIGURES
    assert report["hit1"] == 1.0
    assert report["by_language"]["zh"]["wrong_answer_rate"] is None
    row = report["rows"][0]
    assert set(row) >= {"id", "ranked", "outcome", "suggested", "answer", "confidence"}
    assert set(row["ranked"][0]) == {"permalink", "score"}
    json.dumps(report)


@pytest.mark.parametrize("line", ["{", '{"id": 1}', "[]"])
def test_broken_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(ROWS[0]) + "\n" + line, encoding="utf-8")
    with pytest.raises(QueryError, match="line 2"):
        read_queries(path)


def test_auroc_counts_right_orders() -> None:
    assert auroc([0.9, 0.8], [0.1]) == 1
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([0.1], [0.9, 0.05]) == 0.5
    assert auroc([], [1.0]) is None
