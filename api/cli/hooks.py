"""Hooks on the command line: what the operator's own system was not told, why, and telling it after all."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from rich.table import Table

from api.cli.progress import console
from api.durable import open_database
from api.settings import Settings
from handoff.hooks import Hooks

T = TypeVar("T")

app = typer.Typer(help="News for your own systems.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """News for your own systems."""


@app.command("list")
def list_hooks(
    status: Annotated[str, typer.Option(help="due, dead, sent; empty: due and dead")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
) -> None:
    """What waits and what was not received, with the reason."""

    async def read(hooks: Hooks) -> Table:
        table = Table("id", "status", "type", "conversation", "tries", "due (UTC)", "reason")
        for one in [status] if status else ["due", "dead"]:
            for hook in await hooks.list(one, limit):
                due = f"{hook.due_at:%Y-%m-%d %H:%M:%S}" if hook.status == "due" else ""
                about = str(hook.data.get("conversation", ""))
                table.add_row(hook.id, hook.status, hook.type, about, str(hook.attempts), due, hook.reason or "")
        return table

    console.print(_with_hooks(read))
    if not Settings.read().hook_url:
        console.print("FRONTDOOR_HOOK_URL is empty: nothing is posted.")


@app.command()
def retry(
    id: Annotated[str, typer.Argument(help="as in `frontdoor hooks list`")] = "",
    all_: Annotated[bool, typer.Option("--all", help="everything that is dead")] = False,
) -> None:
    """Posts what is dead after all."""
    if bool(id) == all_:
        raise typer.BadParameter("name one id, or --all")

    async def change(hooks: Hooks) -> int:
        return await hooks.again(datetime.now(UTC), id or None)

    count = _with_hooks(change)
    if id and not count:
        console.print(f"There is no dead hook {id}.")
        raise typer.Exit(1)
    console.print(f"{count} to be posted again, as soon as the product runs.")


def _with_hooks(work: Callable[[Hooks], Awaitable[T]]) -> T:
    async def working() -> T:
        database = await open_database(Settings.read().database)
        try:
            return await work(Hooks(database))
        finally:
            await database.dispose()

    return asyncio.run(working())
