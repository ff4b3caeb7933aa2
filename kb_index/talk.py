"""Talk: how well what customers say in conversations is understood, measured on written turns of the sample shop.

python -m kb_index.talk --kb training_data/articles --encoder ENCODER --turns training_data/heldout/turns_en.jsonl
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb_index.answers import Outcome
from kb_index.base import KnowledgeBase
from kb_index.encoder import OnnxEncoder
from kb_index.leaning import Before
from kb_index.matters import matters
from kb_index.parts import falls_apart, part_before, place


@dataclass(frozen=True)
class Turn:
    """One written turn. `kind`: "follow" leans on `before` and the article told then, "alone" does not, "double" asks
    two things, "single" one. `gold`: the articles that are right; of a double, one for each part."""

    kind: str
    lang: str
    query: str
    gold: tuple[str, ...]
    before: str = ""
    article: str = ""
    use: str = "test"


def read_turns(file: Path) -> list[Turn]:
    """Take a file with one turn a line; give the turns. Raises ValueError with file and line for a broken one."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            told = json.loads(line)
            found.append(Turn(**{**told, "gold": tuple(told["gold"])}))
        except (ValueError, TypeError, KeyError) as problem:
            raise ValueError(f"{file}:{number}: not a turn of a conversation: {problem}") from None
    return found


def measure(base: KnowledgeBase, turns: Iterable[Turn]) -> dict[str, Counter[str]]:
    """Take a loaded knowledge base and turns; give for each kind how many there are and how many came out how."""
    figures: dict[str, Counter[str]] = {}
    for turn in turns:
        counted = figures.setdefault(turn.kind, Counter())
        counted["turns"] += 1
        counted.update(_went_on(base, turn) if turn.kind in ("follow", "alone") else _split(base, turn))
    return figures


def _went_on(base: KnowledgeBase, turn: Turn) -> list[str]:
    told = base.answer_from(turn.article, turn.before)
    outcome = base.ask(turn.query, turn.lang, frozenset([told.passage_id]), Before(turn.before, (turn.article,)))
    alone = base.ask(turn.query, turn.lang, frozenset([told.passage_id]))
    names = ["understood"] if outcome.leans == (turn.kind == "follow") else []
    names += [_result(outcome, turn.gold)] if outcome.kind == "answer" else []
    names += ["found"] if _best(outcome) in turn.gold else []
    return names + (["found without context"] if _best(alone) in turn.gold else [])


def _split(base: KnowledgeBase, turn: Turn) -> list[str]:
    parts = matters(turn.query)
    outcomes: list[Outcome] = []
    for part in parts:
        was = part_before(part, list(zip(parts, outcomes, strict=False)))
        outcomes.append(base.ask(part, turn.lang, before=was))
    split = len(parts) > 1 and falls_apart(outcomes)
    if split != (turn.kind == "double") or (split and len(parts) != len(turn.gold)):
        return []
    if turn.kind == "single":
        return ["understood"]
    right = [_best(outcome) == gold for outcome, gold in zip(outcomes, turn.gold, strict=True)]
    offered = [gold in _named(outcome) for outcome, gold in zip(outcomes, turn.gold, strict=True)]
    return ["understood", *(["both found"] if all(right) else []), *(["both told or named"] if all(offered) else [])]


def _best(outcome: Outcome) -> str:
    return place(outcome).partition("#")[0]


def _named(outcome: Outcome) -> set[str]:
    return {_best(outcome)} if outcome.answer else {one.permalink for one in outcome.suggestions}


def _result(outcome: Outcome, gold: Sequence[str]) -> str:
    return "answered right" if _best(outcome) in gold else "answered wrong"


def main() -> None:
    """Measures and prints one line for each language and kind."""
    arguments = argparse.ArgumentParser(description="Measures how turns of conversations are understood.")
    arguments.add_argument("--kb", type=Path, required=True, help="folder with articles")
    arguments.add_argument("--encoder", type=Path, required=True, help="folder with the exported encoder")
    arguments.add_argument("--turns", type=Path, nargs="+", required=True, help="files with turns")
    arguments.add_argument("--use", default="test", help="which turns: test, or fit for those the rules were made on")
    told = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = KnowledgeBase(told.kb, OnnxEncoder(told.encoder), Path(folder))
        base.load()
        for file in told.turns:
            turns = [turn for turn in read_turns(file) if turn.use == told.use]
            for kind, counted in measure(base, turns).items():
                print(file.stem, kind, json.dumps(counted))  # noqa: T201


if __name__ == "__main__":
    main()
