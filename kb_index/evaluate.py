"""Evaluating: how often customers' questions get the right article, and how often a wrong one."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb_index.answers import Outcome
from kb_index.base import KnowledgeBase
from kb_index.encoder import Encoder
from kb_index.progress import Progress, silent


class QueryError(Exception):
    """A line of the questions' file cannot be used."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")


@dataclass(frozen=True)
class Query:
    """A question whose answer is known. `gold` is empty when no article answers it."""

    id: str
    lang: str
    query: str
    gold: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """A question, what the knowledge base said, and how long it took."""

    query: Query
    outcome: Outcome
    milliseconds: float

    @property
    def rank(self) -> int:
        """The place of the first right article, from 1; 0 when none is among those found."""
        found = [hit.passage.permalink for hit in self.outcome.hits]
        return next((at for at, link in enumerate(found, 1) if link in self.query.gold), 0)

    @property
    def helped(self) -> bool:
        """True when the right article was answered or suggested."""
        told = {suggestion.permalink for suggestion in self.outcome.suggestions}
        if self.outcome.answer:
            told.add(self.outcome.answer.permalink)
        return bool(told & set(self.query.gold))


def read_queries(path: Path) -> list[Query]:
    """Take a JSONL file; give its questions, or raise QueryError with file, line and reason."""
    queries: list[Query] = []
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            queries.append(Query(str(row["id"]), str(row["lang"]), str(row["query"]), tuple(row["gold"])))
        except (ValueError, KeyError, TypeError) as error:
            raise QueryError(path, at, f"it wants id, lang, query and gold ({error})") from error
    return queries


def evaluate_answers(kb_dir: Path, queries: Path, encoder: Encoder, progress: Progress = silent) -> dict[str, object]:
    """Take a folder of articles and a file of questions; give the report, through the code customers meet."""
    asked = read_queries(queries)
    with tempfile.TemporaryDirectory() as work:
        base = KnowledgeBase(kb_dir, encoder, Path(work))
        changes = base.load(progress)
        judged = []
        for at, query in enumerate(asked):
            progress("asking", at, len(asked))
            outcome = base.ask(query.query, query.lang)
            judged.append(Judged(query, outcome, float(str(outcome.trace["milliseconds"]))))
        progress("asking", len(asked), len(asked))
    languages = sorted({each.query.lang for each in judged})
    times = [each.milliseconds for each in judged] or [0.0]
    return {
        **measures(judged),
        "by_language": {lang: measures([e for e in judged if e.query.lang == lang]) for lang in languages},
        "search_ms_p50": round(float(np.percentile(times, 50)), 2),
        "search_ms_p95": round(float(np.percentile(times, 95)), 2),
        "articles_refused": [str(error) for error in changes.errors],
        "rows": [_row(each) for each in judged],
    }


def measures(judged: Sequence[Judged]) -> dict[str, float | int | None]:
    """Take judged questions; give the figures. A figure without any question behind it is None."""
    can = [each for each in judged if each.query.gold]
    cannot = [each for each in judged if not each.query.gold]
    answered = [each for each in judged if each.outcome.kind == "answer"]
    right = [each for each in answered if each.helped]
    return {
        "questions": len(judged),
        "answerable": len(can),
        "hit1": _share([each.rank == 1 for each in can]),
        "hit3": _share([0 < each.rank <= 3 for each in can]),
        "hit5": _share([0 < each.rank <= 5 for each in can]),
        "mrr": _share([1 / each.rank if each.rank else 0.0 for each in can]),
        "auroc": auroc([e.outcome.confidence for e in can], [e.outcome.confidence for e in cannot]),
        "answered_share": _share([each.outcome.kind == "answer" for each in judged]),
        "answered_precision": len(right) / len(answered) if answered else None,
        "wrong_answer_rate": _share([each.outcome.kind == "answer" for each in cannot]),
        "helped_share": _share([each.helped for each in can]),
    }


def auroc(high: Sequence[float], low: Sequence[float]) -> float | None:
    """Take the scores that should be high and those that should be low; give how often the order is right."""
    if not high or not low:
        return None
    difference = np.subtract.outer(np.array(high), np.array(low))
    return float((difference > 0).mean() + (difference == 0).mean() / 2)


def _share(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


def _row(each: Judged) -> dict[str, object]:
    outcome = each.outcome
    return {
        "id": each.query.id,
        "lang": each.query.lang,
        "ranked": [{"permalink": hit.passage.permalink, "score": round(hit.score, 4)} for hit in outcome.hits],
        "outcome": outcome.kind,
        "suggested": [suggestion.permalink for suggestion in outcome.suggestions],
        "answer": {"permalink": outcome.answer.permalink, "text": outcome.answer.text} if outcome.answer else None,
        "confidence": round(outcome.confidence, 4),
    }
