"""Progress on the command line: what is being waited for, and how far it is."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kb_index.progress import Progress as Report

#: What a command answers goes to standard output, how it is getting on to standard error.
console = Console(highlight=False)
_aside = Console(stderr=True, highlight=False)


def tell(sentence: str) -> None:
    """One line for the operator."""
    _aside.print(f"  {sentence}", markup=False, soft_wrap=True)


@contextmanager
def bar() -> Iterator[Report]:
    """A progress bar for work that reports (step, done, total); without a terminal, a line a step."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    with Progress(
        TextColumn("  {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=_aside,
    ) as shown:
        task = shown.add_task("", total=None)

        def report(step: str, done: int, total: int) -> None:
            shown.update(task, description=step, completed=done, total=total or None)

        yield report


def _lines() -> Report:
    last = ""

    def report(step: str, done: int, total: int) -> None:
        nonlocal last
        if step != last:
            last = step
            tell(f"{step} ({total})" if total > 1 else step)

    return report
