"""The benchmark in one command: prepares both systems, measures them by turns, writes report.json and report.md."""

import argparse
import asyncio
import json
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tests.bench import machine, report
from tests.bench.dialogues import dialogues, mix
from tests.bench.frontdoor import Frontdoor
from tests.bench.plain import PlainRasa
from tests.bench.plan import FULL, QUICK, Plan
from tests.bench.postgres import postgres
from tests.bench.processes import CommandFailed, DidNotStart
from tests.bench.rounds import measure
from tests.bench.system import System, reset
from tests.bench.training import prepare
from tests.journeys.product import ROOT

BEGUN = time.monotonic()


def tell(line: str) -> None:
    sys.stderr.write(f"{time.monotonic() - BEGUN:6.0f} s  {line}\n")


def run(plan: Plan, folder: Path, reuse: bool) -> dict[str, Any]:
    """The whole benchmark but the search; gives the report.

    Raises:
        CommandFailed, DidNotStart: with the end of the log of what failed.
    """
    script = dialogues(ROOT / "training_data")
    facts = machine.facts()
    tell("training both bots")
    ready = prepare(folder, plan, reuse)
    # The conversations of an earlier run would make the database of this one slower.
    for old in ready.data.glob("frontdoor.db*"):
        old.unlink()
    logs = reset(folder / "logs-of-the-systems")
    with ExitStack() as stack:
        systems: list[System] = [PlainRasa(ready.project, logs), Frontdoor(ready.data, logs)]
        if plan.variants:
            server = stack.enter_context(postgres(reset(folder / "postgres")))
            systems += [PlainRasa(ready.project, logs, sql=True), Frontdoor(ready.data, logs, server)]
        found = asyncio.run(measure(systems, script, plan, tell))
    rows = [each.row() for each in found]
    return {
        "machine": facts,
        "plan": asdict(plan),
        "messages": mix(script),
        "training": ready.trained.row(),
        "systems": rows,
        "ratios": report.ratios(rows),
        "minutes": round((time.monotonic() - BEGUN) / 60, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about three minutes: short stretches, few epochs")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench", help="what is made and written")
    parser.add_argument("--reuse", action="store_true", help="take the models an earlier run left in the folder")
    parser.add_argument("--rounds", type=int, help="how often each system is started and loaded")
    parser.add_argument("--seconds", type=float, help="of each stretch of load")
    parser.add_argument("--all-examples", action="store_true", help="train on all English examples, not 20 an intent")
    asked = parser.parse_args()
    plan = QUICK if asked.quick else FULL
    plan = replace(plan, rounds=asked.rounds or plan.rounds, seconds=asked.seconds or plan.seconds)
    plan = replace(plan, examples=None if asked.all_examples else plan.examples)
    folder = asked.folder.resolve()
    try:
        found = run(plan, folder, asked.reuse)
    except (CommandFailed, DidNotStart) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    table = report.markdown(found)
    (folder / "report.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    (folder / "report.md").write_text(table, "utf-8")
    sys.stdout.write(table)
    tell(f"written: {folder / 'report.json'} and report.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
