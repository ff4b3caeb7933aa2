"""The outbox on the command line: what has not reached a customer, why, and sending it after all."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from rich.table import Table

from api.cli.progress import console
from api.durable import open_database
from api.settings import Settings
from handoff.outbox import Outbox

T = TypeVar("T")

app = typer.Typer(help="What is on its way to customers in messaging apps.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """What is on its way to customers in messaging apps."""


@app.command("list")
def list_letters(
    status: Annotated[str, typer.Option(help="due, dead, dropped, sent, simulated; empty: due and dead")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
) -> None:
    """What waits and what could not be sent, with the reason; never the text."""

    async def read(outbox: Outbox) -> Table:
        table = Table("id", "status", "channel", "conversation", "seq", "tries", "due (UTC)", "reason")
        for one in [status] if status else ["due", "dead"]:
            for letter in await outbox.letters(status=one, limit=limit):
                due = f"{letter.due_at:%Y-%m-%d %H:%M:%S}" if letter.status == "due" else ""
                row = (letter.id, letter.status, letter.channel, letter.conversation_id, letter.seq, letter.attempts)
                table.add_row(*map(str, row), due, letter.reason or "")
        return table

    console.print(_with_outbox(read))


@app.command()
def retry(
    id: Annotated[int | None, typer.Argument(help="as in `frontdoor outbox list`")] = None,
    all_: Annotated[bool, typer.Option("--all", help="everything that is dead")] = False,
) -> None:
    """Send what is dead after all, from the part it stopped at."""
    if (id is None) == (not all_):
        raise typer.BadParameter("name one id, or --all")

    async def change(outbox: Outbox) -> int:
        ids = [letter.id for letter in await outbox.letters(status="dead", limit=10_000)] if id is None else [id]
        now = datetime.now(UTC)
        return sum([await outbox.again(one, now) for one in ids])

    count = _with_outbox(change)
    if id is not None and not count:
        console.print(f"There is no dead letter {id}.")
        raise typer.Exit(1)
    console.print(f"{count} to be sent again, as soon as the product runs.")


def _with_outbox(work: Callable[[Outbox], Awaitable[T]]) -> T:
    async def working() -> T:
        database = await open_database(Settings.read().database)
        try:
            return await work(Outbox(database))
        finally:
            await database.dispose()

    return asyncio.run(working())
