"""Users on the command line: who may sign in at the desk."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from rich.table import Table

from api.cli.progress import console
from api.durable import open_database
from api.settings import Settings
from handoff.agents import ROLES, Agent, Agents, Role, UnknownAgent, tidy_name
from handoff.database import Database
from handoff.lockout import LockOut
from handoff.passwords import LONGEST, SHORTEST, BadPassword, hashed

T = TypeVar("T")

app = typer.Typer(help="Who works at the desk.", no_args_is_help=True)

FromStdin = Annotated[bool, typer.Option("--password-stdin", help="read the password from standard input")]


class NotTheSame(Exception):
    """A password was typed in two ways."""

    def __init__(self) -> None:
        super().__init__("The two passwords are not the same. Nothing was changed.")


@app.callback()
def group() -> None:
    """Who works at the desk."""


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="what they sign in with")],
    role: Annotated[str, typer.Option(help=", ".join(ROLES))] = "agent",
    display: Annotated[str, typer.Option(help="what customers read; the name when empty")] = "",
    language: Annotated[list[str] | None, typer.Option(help="en, zh, ko; several times; none: any")] = None,
    team: Annotated[list[str] | None, typer.Option(help="teams whose queues they see; none: all")] = None,
    capacity: Annotated[int, typer.Option(min=1, max=100, help="conversations at a time")] = 4,
    password_stdin: FromStdin = False,
) -> None:
    """Adds somebody, and asks for their password."""
    known = next((one for one in ROLES if one == role), None)
    if known is None:
        raise typer.BadParameter(f"{role!r} is no role. Allowed: {', '.join(ROLES)}", param_hint="--role")
    if not 0 < len(tidy_name(name)) <= 64 or any(char.isspace() for char in tidy_name(name)):
        raise typer.BadParameter("1 to 64 characters without spaces are wanted", param_hint="NAME")
    stored = _asked(password_stdin)

    async def work(database: Database) -> Agent:
        rest = {"display": display, "languages": language or [], "teams": team or [], "capacity": capacity}
        return await _add(Agents(database), name, known, stored, rest)

    agent = _with_database(work)
    console.print(f"{agent.name} can sign in at /desk, as {agent.role}.")


async def _add(agents: Agents, name: str, role: Role, stored: str, rest: dict[str, object]) -> Agent:
    return await agents.add(name, role, stored, datetime.now(UTC), **rest)  # type: ignore[arg-type]  # options, as typed


@app.command("list")
def list_users() -> None:
    """Who can sign in."""

    async def read(database: Database) -> list[Agent]:
        return await Agents(database).all()

    table = Table("name", "display", "role", "languages", "teams", "capacity", "last seen (UTC)")
    for one in _with_database(read):
        seen = f"{one.seen_at:%Y-%m-%d %H:%M}" if one.seen_at else "never"
        languages, teams = ", ".join(one.languages) or "any", ", ".join(one.teams) or "all"
        table.add_row(one.name, one.display, one.role, languages, teams, str(one.capacity), seen)
    console.print(table)


@app.command()
def password(
    name: Annotated[str, typer.Argument(help="as in `frontdoor user list`")], password_stdin: FromStdin = False
) -> None:
    """Gives somebody another password, signs them out everywhere, and lifts a lock."""

    async def check(database: Database) -> None:
        if await Agents(database).find(name) is None:
            raise UnknownAgent(name)

    _with_database(check)
    stored = _asked(password_stdin)

    async def change(database: Database) -> None:
        await Agents(database).set_password(name, stored)
        await LockOut(database).lift(tidy_name(name))

    _with_database(change)
    console.print(f"{tidy_name(name)} has another password.")


@app.command()
def remove(name: Annotated[str, typer.Argument(help="as in `frontdoor user list`")]) -> None:
    """Takes somebody's access away at once; what they have goes back to the queue."""

    async def work(database: Database) -> None:
        await Agents(database).remove(name, datetime.now(UTC))

    _with_database(work)
    console.print(f"{tidy_name(name)} can't sign in any more.")


def _asked(from_stdin: bool) -> str:
    if from_stdin:
        return hashed(sys.stdin.readline().rstrip("\r\n"))
    first = typer.prompt(f"Password ({SHORTEST} to {LONGEST} characters)", hide_input=True)
    if not SHORTEST <= len(first) <= LONGEST:
        raise BadPassword
    if typer.prompt("The same again", hide_input=True) != first:
        raise NotTheSame
    return hashed(first)


def _with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    async def working() -> T:
        database = await open_database(Settings.read().database)
        try:
            return await work(database)
        finally:
            await database.dispose()

    return asyncio.run(working())
