"""Growth: whether a database of a million turns, and a conversation of two thousand, answer as fast as small ones.

Usage: python -m tests.bench.growth [--quick] [--databases sqlite,postgresql] [--turns N] [--long N]
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handoff.database import Database, migrate
from tests.bench import machine
from tests.bench.dialogues import dialogues
from tests.bench.fill import fill
from tests.bench.frontdoor import Frontdoor
from tests.bench.operations import scans, timed
from tests.bench.pairs import two_conversations, two_products
from tests.bench.postgres import postgres
from tests.bench.system import reset
from tests.chaos.set import prepare
from tests.conftest import named, run_as_admin
from tests.journeys.product import ROOT, data_folder

DATABASES = ("sqlite", "postgresql")
NAMES = ("empty", "large")


async def of_database(
    kind: str, folder: Path, prepared: Path, turns: int, messages: int, repeats: int
) -> dict[str, Any]:
    """An empty database and a large one: each operation on both, and the answers of a product on each."""
    script = dialogues(ROOT / "training_data")
    with ExitStack() as stack:
        data = {name: data_folder(folder / name, prepared) for name in NAMES}
        urls, pid = _urls(stack, kind, folder, data)
        for url in urls.values():
            migrate(url)
        begun = time.perf_counter()
        rows = fill(urls["large"], turns, datetime.now(UTC))
        found: dict[str, Any] = {"database": kind, "turns": turns, "rows": rows}
        found["filled_seconds"] = round(time.perf_counter() - begun, 1)
        found["operations"], found["scans"] = await operations(urls, repeats)
        servers = {name: (url, pid) if pid else None for name, url in urls.items()}
        products = {name: Frontdoor(data[name], folder / f"log-{name}", servers[name]) for name in NAMES}
        found["answers"] = await two_products(products, script, messages)
    return found


async def operations(urls: dict[str, str], repeats: int) -> tuple[dict[str, dict[str, float]], list[dict[str, str]]]:
    """Median milliseconds of each operation on the empty and on the large database, and what scans on the large one."""
    async with AsyncExitStack() as stack:
        dbs = {name: Database(url) for name, url in urls.items()}
        for db in dbs.values():
            stack.push_async_callback(db.dispose)
            await db.connect()
        return await timed(dbs, repeats), [asdict(plan) for plan in await scans(dbs["large"])]


async def of_conversation(folder: Path, prepared: Path, turns: int, compared: int) -> dict[str, Any]:
    """One conversation of many turns beside fresh ones, through the product on SQLite."""
    data = data_folder(folder / "long", prepared)
    product = Frontdoor(data, folder / "log-long")
    return await two_conversations(product, data, dialogues(ROOT / "training_data"), turns, compared)


def _urls(stack: ExitStack, kind: str, folder: Path, data: dict[str, Path]) -> tuple[dict[str, str], int | None]:
    if kind == "sqlite":
        return {name: f"sqlite:///{data[name] / 'frontdoor.db'}" for name in NAMES}, None
    url, pid = stack.enter_context(postgres(reset(folder / "postgres")))
    for name in NAMES:
        run_as_admin(url, f'CREATE DATABASE "{name}"')
    return {name: named(url, name) for name in NAMES}, pid


def markdown(report: dict[str, Any]) -> str:
    """The report's tables: operations and answers by database, then the long conversation."""
    databases: Sequence[dict[str, Any]] = report["databases"]
    heads = [f"{each['database']}: empty / {each['turns']:,} turns, ms" for each in databases]
    lines = [f"| operation | {' | '.join(heads)} |", "|" + "---|" * (len(heads) + 1)]
    for name in databases[0]["operations"] if databases else ():
        cells = [f"{each['operations'][name]['empty']} / {each['operations'][name]['large']}" for each in databases]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    for share in ("p50", "p95"):
        waits = [each["answers"]["message"] for each in databases]
        cells = [f"{one['empty'][share]} / {one['large'][share]} ({one['ratio'][share]})" for one in waits]
        lines.append(f"| a message answered, {share} (ratio) | {' | '.join(cells)} |")
    for name in ("ready", "figures", "metrics"):
        asked = [each["answers"]["operator_ms"] for each in databases]
        cells = [f"{one['empty'][name]} / {one['large'][name]}" for one in asked]
        lines.append(f"| /{name}, asked once | {' | '.join(cells)} |")
    if long := report.get("conversation"):
        wait = long["message"]
        lines += ["", f"| one conversation of {long['turns']:,} turns | fresh | long | ratio |", "|---|---|---|---|"]
        for share in ("p50", "p95"):
            lines.append(f"| {share}, ms | {wait['fresh'][share]} | {wait['long'][share]} | {wait['ratio'][share]} |")
    return "\n".join(lines) + "\n"


async def run(asked: argparse.Namespace, prepared: Path) -> dict[str, Any]:
    """The report."""
    report: dict[str, Any] = {"machine": machine.facts(), "databases": []}
    for kind in asked.databases:
        folder = reset(asked.folder / kind)
        found = await of_database(kind, folder, prepared, asked.turns, asked.messages, asked.repeats)
        sys.stderr.write(f"{json.dumps(found)}\n")
        report["databases"].append(found)
    if asked.long:
        report["conversation"] = await of_conversation(
            reset(asked.folder / "conversation"), prepared, asked.long, asked.messages
        )
        sys.stderr.write(f"{json.dumps(report['conversation'])}\n")
    return report


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=__doc__)
    parser.add_argument("--turns", type=int, default=1_000_000, help="in the large database")
    parser.add_argument("--long", type=int, default=2_000, help="turns of the long conversation; 0: none")
    parser.add_argument("--messages", type=int, default=200, help="to each of two that are compared")
    parser.add_argument("--repeats", type=int, default=100, help="of each operation")
    parser.add_argument("--databases", type=lambda text: tuple(text.split(",")), default=DATABASES)
    parser.add_argument("--quick", action="store_true", help="20,000 turns and 100 in one conversation")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "growth", help="what is made and written")
    asked = parser.parse_args()
    if asked.quick:
        asked.turns, asked.long, asked.messages, asked.repeats = 20_000, 100, 40, 20
    asked.folder = asked.folder.resolve()
    asked.folder.mkdir(parents=True, exist_ok=True)
    report = asyncio.run(run(asked, prepare()))
    table = markdown(report)
    (asked.folder / "report.json").write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    (asked.folder / "report.md").write_text(table, "utf-8")
    sys.stdout.write(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
