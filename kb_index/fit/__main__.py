"""Fit everything: `python -m kb_index.fit --encoder FOLDER`, from the project's folder.

Every figure it reports is cross-validated: no question is judged by anything that was fitted on it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kb_index.confidence import PARAMETERS
from kb_index.encoder import OnnxEncoder
from kb_index.fit.cases import gathered
from kb_index.fit.certainty import fit_all
from kb_index.fit.folds import FOLDS, Verdict, strangers, verdicts
from kb_index.fit.lines import RIGHT_ANSWERS, WRONG_AMONG_ENTRIES, WRONG_ANSWERS, lines
from kb_index.fit.report import Figures, report
from kb_index.fit.sets import all_sets, clusters_of
from kb_index.fit.tellings import fit_tellings, write_tellings
from kb_index.telling import FOLDER as TELLINGS
from kb_index.telling import written


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kb_index.fit", description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="the exported encoder's folder")
    parser.add_argument("--data", type=Path, default=Path("training_data"), help="articles and held-out questions")
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"), help="the shared data, when present")
    parser.add_argument("--out", type=Path, default=PARAMETERS)
    parser.add_argument("--only", help='fit this kind alone ("dense entries") and keep the others as --out has them')
    parser.add_argument("--vectors", type=Path, help="a folder where vectors are kept from one fit to the next")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit everything, report it cross-validated, and write the parameters with their provenance."""
    given = _parser().parse_args(arguments)
    encoder = OnnxEncoder(given.encoder, threads=2)
    _learn_tellings(given.shared)
    with tempfile.TemporaryDirectory() as work:
        known = gathered(all_sets(given.data, given.shared, encoder), encoder, given.vectors or Path(work))
    content, figures = _before(given.out) if given.only else ({}, {})
    for kind, of_kind in known.items():
        if given.only and kind != given.only:
            continue
        judged = verdicts(of_kind, kind)
        learnt = fit_all(of_kind, kind)
        content[kind] = {
            "ranking": learnt.ranking,
            "tenth": learnt.tenth,
            "right": vars(learnt.right),
            "thresholds": lines(judged, kind),
        }
        figures |= _figures(kind, kind, judged, judged)
        figures |= _figures(kind, f"{kind}, never seen", strangers(of_kind, kind), judged)
    content["provenance"] = {
        "script": "python -m kb_index.fit",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "encoder": encoder.name,
        "questions": {kind: Counter(f"{case.data}/{case.query.lang}" for case in each) for kind, each in known.items()},
        "cost": {
            "wrong_answer_rate_at_most": WRONG_ANSWERS,
            "wrong_answer_rate_at_most_among_entries": WRONG_AMONG_ENTRIES,
            "right_when_answered_at_least": RIGHT_ANSWERS,
        },
        "folds": FOLDS,
        "figures": figures,
    }
    given.out.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, values in figures.items():
        sys.stdout.write(f"{name}: {json.dumps(values)}\n")


def _before(path: Path) -> tuple[dict[str, object], dict[str, Figures]]:
    content = json.loads(path.read_text(encoding="utf-8"))
    return content, content["provenance"]["figures"]


def _figures(kind: str, title: str, judged: Sequence[Verdict], known: Sequence[Verdict]) -> dict[str, Figures]:
    parts: dict[str, list[Verdict]] = {}
    for each in judged:
        parts.setdefault(f"{each.case.data}/{each.case.query.lang}", []).append(each)
    return {f"{title}: {name}": report(part, known, kind) for name, part in sorted(parts.items())}


def _learn_tellings(shared: Path) -> None:
    clusters = clusters_of(shared)
    if clusters:
        write_tellings(fit_tellings(clusters, "ko"), TELLINGS / "ko.txt")
        written.cache_clear()


if __name__ == "__main__":
    main()
