"""Tickets on the command line: what waits for a person."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer
from rich.table import Table

from api.cli.progress import console
from api.durable import open_database
from api.settings import Settings
from handoff.tickets import Ticket, Tickets

T = TypeVar("T")

app = typer.Typer(help="Tickets that customers opened.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Tickets that customers opened."""


@app.command("list")
def list_open() -> None:
    """The team's open tickets, the longest waiting first."""
    settings = Settings.read()

    async def read(store: Tickets) -> list[Ticket]:
        return await store.queue(settings.team)

    table = Table("number", "kind", "language", "subject", "reply by (UTC)")
    for ticket in asyncio.run(_with_store(settings, read)):
        due = ticket.reply_by.strftime("%Y-%m-%d %H:%M") if ticket.reply_by else "no promise"
        table.add_row(ticket.number, ticket.kind, ticket.language, ticket.subject, due)
    console.print(table)


@app.command()
def show(number: str) -> None:
    """One ticket with everything needed to answer it."""
    settings = Settings.read()

    async def read(store: Tickets) -> Ticket | None:
        return await store.find(number)

    ticket = asyncio.run(_with_store(settings, read))
    if ticket is None:
        console.print(f"There is no ticket {number}.")
        raise typer.Exit(1)
    for name in Ticket.__slots__:
        console.print(f"{name}: {getattr(ticket, name)}", markup=False, soft_wrap=True)


async def _with_store(settings: Settings, read: Callable[[Tickets], Awaitable[T]]) -> T:
    database = await open_database(settings.database)
    try:
        return await read(Tickets(database))
    finally:
        await database.dispose()
