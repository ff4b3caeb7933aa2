"""The chaos test in one command: starts the set, lets the storm loose, audits, and says what came out.

.venv/bin/python -m tests.chaos --seconds 600 --messages 2000 --seed 7
"""

import argparse
import asyncio
import json
import random
import sys
import time
from dataclasses import asdict
from pathlib import Path

from tests.journeys.product import ROOT

from .parts import DidNotStart
from .set import NotPrepared, prepare, running
from .storm import Plan, Result, storm

BEGUN = time.monotonic()


def tell(line: str) -> None:
    sys.stderr.write(f"{time.monotonic() - BEGUN:6.1f} s  {line}\n")


def report(result: Result) -> str:
    """The figures, a line each, and every finding."""
    lines = [f"seed {result.plan.seed}"]
    lines += [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in result.figures.items()]
    lines += ["", f"{len(result.findings)} findings", *map(str, result.findings)]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600, help="the storm lasts at least as long")
    parser.add_argument("--messages", type=int, default=2000, help="and until as many messages were sent")
    parser.add_argument("--customers", type=int, default=24, help="how many write at the same time")
    parser.add_argument("--every", type=float, default=8.0, help="seconds between two murders, on average")
    parser.add_argument("--seed", type=int, help="of all dice; one is drawn and said when it is not given")
    parser.add_argument("--no-outages", action="store_true", help="leave out those of 30 s")
    parser.add_argument("--quiet-time", type=float, help="FRONTDOOR_QUIET_TIME of the APIs")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "chaos", help="report.json and the parts' logs")
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**6)
    plan = Plan(asked.seconds, asked.messages, asked.customers, asked.every, not asked.no_outages, seed)
    settings = {} if asked.quiet_time is None else {"QUIET_TIME": str(asked.quiet_time)}
    folder: Path = asked.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        tell("preparing")
        prepared = prepare()
        tell(f"starting two APIs, two bots, PostgreSQL and Redis; seed {seed}")
        with running(prepared, settings=settings, keep=folder / "logs") as made:
            result = asyncio.run(storm(made, plan, tell))
    except (DidNotStart, NotPrepared) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    written = {"plan": asdict(plan), **result.figures, "findings": [asdict(each) for each in result.findings]}
    (folder / "report.json").write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", "utf-8")
    sys.stdout.write(report(result))
    tell(f"written: {folder / 'report.json'} and the logs beside it")
    return 1 if result.findings else 0


if __name__ == "__main__":
    sys.exit(main())
