"""Replaying: one turn of the bot is thought about again, and what comes out is held against what was said."""

import asyncio
import json
import logging
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from sqlalchemy.exc import SQLAlchemyError

from api import logs
from api.cli.progress import console
from api.durable import DatabaseAway
from api.settings import Settings
from api.why.comparison import changes, differences
from api.why.moment import moment_of
from api.why.rehearsal import Unwritten
from api.why.stage import stage
from handoff.facts import Facts
from handoff.reasons import KeptTurn, Reasons

#: How the command ends: with a turn that came out the same, or differently. Docs: docs/why.md.
SAME, DIFFERENT = 0, 3
#: Characters of a value that are shown; --json has all of it.
SHOWN = 160


class NothingThere(Exception):
    """There is no database yet, so there is no conversation."""

    exit_code = 2


def replay(
    conversation: Annotated[str, typer.Argument(help="the conversation's id")],
    turn: Annotated[
        int | None, typer.Option(min=1, help="which turn of the bot, counted from 1; without it the last")
    ] = None,
    message: Annotated[int | None, typer.Option(min=1, help="or: a message of the turn, by its `seq`")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="as JSON")] = False,
) -> None:
    """Think about a turn again, with the model and articles of now. Nothing is changed.

    Ends with 0 when it comes out the same, 3 when not, 4 when the record does not hold enough.
    """
    if turn is not None and message is not None:
        raise typer.BadParameter("name a turn or a message, not both")
    # What is said on standard output is the result alone.
    logs.configure("error")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    # It sets itself to tell every step.
    logging.getLogger("bm25s").setLevel(logging.ERROR)
    told = asyncio.run(_replayed(Settings.read(), conversation, turn, message))
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(told)
    raise typer.Exit(SAME if told["same"] else DIFFERENT)


async def _replayed(settings: Settings, conversation_id: str, number: int | None, seq: int | None) -> dict[str, Any]:
    database = await _opened(settings.database)
    try:
        reasons = Reasons(database)
        if seq is None:
            turn = await reasons.of_turn(conversation_id, number)
        else:
            turn = await reasons.of_message(conversation_id, seq)
        return await _compared(settings, database, turn)
    finally:
        await database.dispose()


async def _compared(settings: Settings, database: Unwritten, turn: KeptTurn) -> dict[str, Any]:
    moment = await moment_of(turn, database)
    seqs = [message.seq for message in turn.messages]
    async with stage(settings, database, moment, seqs[0]) as product:
        played = await product.play(moment, turn.messages)
        facts = [fact for fact in await Facts(database).history(turn.conversation_id) if fact.seq in seqs]
        found = differences(turn, facts, played)
        changed = changes(turn, played, product.base)
    return {
        "conversation": turn.conversation_id,
        "turn": turn.number,
        "seq": turn.seq,
        "at": moment.at.isoformat(),
        "messages": [message.text for message in turn.messages],
        "same": not found,
        "differences": [asdict(one) for one in found],
        "changed": [asdict(one) for one in changed],
        "notes": list(moment.notes),
        "words": {"was": [word.text for word in turn.words], "now": [word.text for word in played.words]},
    }


async def _opened(url: str) -> Unwritten:
    """The database as it is: neither made nor brought up to date, since nothing is to change."""
    database = Unwritten(url)
    if database.is_sqlite and not await asyncio.to_thread(Path(database.url.database or "").is_file):
        raise NothingThere(f"There is no database at {database.url.database} yet, so there is no conversation.")
    try:
        await database.connect()
    except (SQLAlchemyError, OSError) as problem:
        raise DatabaseAway(database, problem) from problem
    return database


def _print(told: dict[str, Any]) -> None:
    said = " / ".join(told["messages"])
    console.print(f"Turn {told['turn']} of {told['conversation']}, {told['at'][:19]} UTC", markup=False, soft_wrap=True)
    console.print(f"Customer: {_short(said)}", markup=False, soft_wrap=True)
    for word in told["words"]["now"]:
        console.print(f"Bot now: {_short(word)}", markup=False, soft_wrap=True)
    console.print("\nsame" if told["same"] else f"\ndifferent ({len(told['differences'])})")
    _table(told["differences"])
    if told["changed"]:
        console.print("\nchanged since:")
        _table(told["changed"])
    elif not told["same"]:
        console.print("\nNo version has changed since.")
    for note in told["notes"]:
        console.print(f"note: {note}", markup=False, soft_wrap=True)


def _table(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        console.print(f"  {row['what']}: {_shown(row['was'])} -> {_shown(row['now'])}", markup=False, soft_wrap=True)


def _shown(value: Any) -> str:
    return _short(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
