"""Rounds: each system is started, asked, loaded and weighed in turn, so that a drifting machine is fair to both."""

import asyncio
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.bench import processes
from tests.bench.dialogues import Dialogue
from tests.bench.load import Figures, load
from tests.bench.plan import Plan
from tests.bench.processes import Usage
from tests.bench.system import System, start

Tell = Callable[[str], None]


@dataclass
class Measured:
    """What one system came to over all rounds. Seconds, MiB, and percent of one core."""

    name: str
    starts: list[float] = field(default_factory=list)
    memory_before: list[Usage] = field(default_factory=list)
    memory_after: list[Usage] = field(default_factory=list)
    idle_percent: list[float] = field(default_factory=list)
    loads: dict[int, Figures] = field(default_factory=dict)

    def row(self) -> dict[str, object]:
        """The figures as the report has them; of several rounds the median."""
        return {
            "name": self.name,
            "start_seconds": round(statistics.median(self.starts), 1),
            "memory_mib_after_start": round(statistics.median(u.total_memory for u in self.memory_before)),
            "memory_mib_after_load": round(statistics.median(u.total_memory for u in self.memory_after)),
            "memory_mib_by_part": {part: round(held) for part, held in self.memory_after[-1].memory.items()},
            "idle_cpu_percent": round(statistics.median(self.idle_percent), 2),
            "loads": [figures.row() for figures in self.loads.values()],
        }


async def measure(systems: Sequence[System], script: Sequence[Dialogue], plan: Plan, tell: Tell) -> list[Measured]:
    """Measures all systems, one running at a time; the order is turned round in every other round."""
    found = {system.name: Measured(system.name) for system in systems}
    for number in range(plan.rounds):
        for system in systems if number % 2 == 0 else reversed(systems):
            try:
                await _one(system, script, plan, found[system.name], tell)
            finally:
                system.end()
    return list(found.values())


async def _one(system: System, script: Sequence[Dialogue], plan: Plan, into: Measured, tell: Tell) -> None:
    async with processes.client(system.url, max(plan.clients)) as http:
        into.starts.append(await start(system, http))
        tell(f"{system.name}: started in {into.starts[-1]:.1f} s")
        into.memory_before.append(system.processes.usage())
        into.idle_percent.append(await _idle(system, plan.idle))
        await load(lambda: system.customer(http), script, max(plan.clients), plan.warm_up)
        for clients in plan.clients:
            before = system.processes.usage()
            figures = await load(lambda: system.customer(http), script, clients, plan.seconds)
            figures.system_cpu.update(_used(before, system.processes.usage()))
            into.loads.setdefault(clients, Figures(clients)).add(figures)
            row = figures.row()
            tell(f"{system.name}: {clients} at once: {row['per_second']}/s, p50 {row['p50_ms']} ms, {row['failures']}")
        into.memory_after.append(system.processes.usage())


async def _idle(system: System, seconds: float) -> float:
    before = system.processes.usage()
    await asyncio.sleep(seconds)
    return 100 * sum(_used(before, system.processes.usage()).values()) / seconds


def _used(before: Usage, after: Usage) -> dict[str, float]:
    return {part: used - before.cpu.get(part, 0.0) for part, used in after.cpu.items()}
