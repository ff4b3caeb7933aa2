"""A stretch: one place under one steady rate, what its customers saw, and what its processes took."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import psutil

from tests.bench.load import milliseconds
from tests.bench.processes import Usage, plain_environment
from tests.journeys.product import ROOT
from tests.load.arrivals import Arrivals
from tests.load.places import Place

#: Seconds between looks at how much memory is held.
LOOK_EVERY = 2.0


class CustomersFailed(Exception):
    """The process that plays the customers ended with an error; its own words stand above."""


@dataclass
class Stretch:
    """What came of it. `meant`: messages to be sent; `in_time`: answered before its end; seconds from when each was
    meant to be sent until it was acknowledged, and answered. CPU in percent of one core, memory in MiB, by process."""

    rate: float
    seconds: float
    meant: int
    in_time: int
    acknowledged: list[float]
    answered: list[float]
    failures: dict[str, int]
    cpu: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)

    @property
    def unanswered(self) -> int:
        return self.meant - len(self.answered)

    def row(self) -> dict[str, Any]:
        """The figures as the report has them, in milliseconds."""
        waits = {f"p{share}": milliseconds(self.answered, share / 100) for share in (50, 95, 99)}
        waits |= {f"acknowledged_p{share}": milliseconds(self.acknowledged, share / 100) for share in (50, 95, 99)}
        return {
            "rate": self.rate,
            "seconds": self.seconds,
            "meant": self.meant,
            "unanswered": self.unanswered,
            "failures": self.failures,
            "answered_per_second": round(self.in_time / self.seconds, 1),
            **waits,
            "cpu_percent": {name: round(used) for name, used in self.cpu.items()},
            "memory_mib": {name: round(held) for name, held in self.memory.items()},
        }


def load(place: Place, arrivals: Arrivals) -> Stretch:
    """Lets customers write for so long.

    Raises:
        CustomersFailed: they could not be played.
    """
    words = [sys.executable, "-m", "tests.load.customers", "--hosts", ",".join(place.hosts)]
    words += ["--rate", str(arrivals.rate), "--seconds", str(arrivals.seconds), "--warm-up", str(arrivals.warm_up)]
    player = subprocess.Popen(words, cwd=ROOT, env=plain_environment(), stdout=subprocess.PIPE, text=True)
    assert player.stdout is not None
    told: dict[str, dict[str, Any]] = {}
    usage: dict[str, Usage] = {}
    most: dict[str, float] = {}
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(place, most, over))
    watcher.start()
    try:
        with player.stdout:
            for line in player.stdout:
                said = json.loads(line)
                told[said["stage"]] = said
                if said["stage"] in ("begun", "over"):
                    usage[said["stage"]] = place.processes.usage()
    finally:
        over.set()
        watcher.join()
        if player.poll() is None and "found" not in told:
            player.kill()
    if player.wait() != 0 or "found" not in told:
        raise CustomersFailed(f"The customers' process ended with {player.returncode}.")
    place.processes.check()
    found, before, after = told["found"], usage["begun"].cpu, usage["over"].cpu
    cpu = {name: 100 * (used - before.get(name, 0.0)) / arrivals.seconds for name, used in after.items()}
    cpu["customers"] = 100 * told["over"]["cpu"] / arrivals.seconds
    seen = ("meant", "in_time", "acknowledged", "answered", "failures")
    return Stretch(arrivals.rate, arrivals.seconds, **{name: found[name] for name in seen}, cpu=cpu, memory=most)


def _watch(place: Place, most: dict[str, float], over: threading.Event) -> None:
    """The most memory each process held at any look."""
    while True:
        try:
            for name, held in place.processes.usage().memory.items():
                most[name] = max(most.get(name, 0.0), held)
        except psutil.Error:
            pass  # A process ended between being listed and being asked; the next look finds the others.
        if over.wait(LOOK_EVERY):
            return


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The report's table."""
    head = ("place", "meant msg/s", "answered msg/s", "unanswered", "p50 / p95 / p99 ms", "acknowledged p50 / p99 ms")
    lines = [f"| {' | '.join((*head, 'CPU, % of a core', 'memory, MiB'))} |", "|" + "---|" * (len(head) + 2)]
    for row in rows:
        waits = " / ".join(_number(row[f"p{share}"]) for share in (50, 95, 99))
        acknowledged = " / ".join(_number(row[f"acknowledged_p{share}"]) for share in (50, 99))
        cells = (
            row["place"],
            f"{row['rate']:g}",
            f"{row['answered_per_second']:g}",
            f"{row['unanswered']} of {row['meant']}",
            waits,
            acknowledged,
            _parts(row["cpu_percent"]),
            _parts(row["memory_mib"]),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _parts(values: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in values.items())
