"""Load in one command: steady rates of messages on one process and on replicas, and what customers waited.

Usage: python -m tests.load [--rates 20,50,100] [--places "SQLite,one replica,two replicas"] [--seconds 30] [--quick]
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench import machine
from tests.chaos.set import prepare
from tests.journeys.product import ROOT
from tests.load.arrivals import Arrivals
from tests.load.places import PLACES
from tests.load.stretch import load, table

RATES = (20.0, 50.0, 100.0)


def run(
    prepared: Path, places: Sequence[str], rates: Sequence[float], seconds: float, warm_up: float
) -> dict[str, Any]:
    """The report: each place is started once and loaded at each rate, the slowest first."""
    facts, rows = machine.facts(), []
    for name in places:
        with PLACES[name](prepared) as place:
            for rate in sorted(rates):
                row = {"place": name, **load(place, Arrivals(rate, seconds, warm_up)).row()}
                sys.stderr.write(f"{json.dumps(row)}\n")
                rows.append(row)
                # What was not answered in time is worked off before the next one.
                time.sleep(warm_up)
    return {"machine": facts, "quiet_time": 0, "rows": rows}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--rates", type=_rates, default=RATES, help="messages a second, separated by commas")
    parser.add_argument("--places", type=_places, default=tuple(PLACES), help=", ".join(PLACES))
    parser.add_argument("--seconds", type=float, default=30.0, help="of each stretch")
    parser.add_argument("--warm-up", type=float, default=5.0, help="seconds before each stretch that are not counted")
    parser.add_argument("--quick", action="store_true", help="one process at 10 messages a second, for 10 s")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "load", help="where the report is written")
    asked = parser.parse_args()
    if asked.quick:
        asked.places, asked.rates, asked.seconds, asked.warm_up = ("SQLite",), (10.0,), 10.0, 2.0
    asked.folder.mkdir(parents=True, exist_ok=True)
    found = run(prepare(), asked.places, asked.rates, asked.seconds, asked.warm_up)
    text = table(found["rows"])
    (asked.folder / "report.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    (asked.folder / "report.md").write_text(text, "utf-8")
    sys.stdout.write(text)
    return 1 if asked.quick and any(row["unanswered"] for row in found["rows"]) else 0


def _rates(text: str) -> tuple[float, ...]:
    return tuple(float(rate) for rate in text.split(","))


def _places(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        if name not in PLACES:
            raise argparse.ArgumentTypeError(f"{name!r} is no place; there are: {', '.join(PLACES)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
