"""Parts: what is running, in which version, and how each part is."""

import asyncio
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import psutil
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.state import State
from kb_index.articles import article_files


@dataclass(frozen=True)
class BotPart:
    """One process that reads intents and chooses actions. Memory in bytes; unknown on another machine."""

    name: str
    ready: bool
    reason: str
    model: str
    restarts: int
    pid: int | None
    started_at: datetime | None
    memory: int | None


@dataclass(frozen=True)
class Articles:
    """What is written: articles, those customers may read by language, when a file last changed, and the files that
    cannot be used."""

    count: int
    by_language: dict[str, int]
    internal: int
    changed_at: datetime | None
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Parts:
    """The product's parts at one moment. Memory in bytes."""

    version: str
    started_at: datetime
    pid: int
    memory: int
    watchers: int
    bots: tuple[BotPart, ...]
    model: str
    model_starting: str | None
    model_refused: str | None
    database: str
    database_ready: bool
    redis: str
    encoder: str
    index: str
    articles: Articles


async def look(state: State) -> Parts:
    """How every part is now. Nothing here raises: a part that is away is what the operator came to see."""
    stats = cast(dict[str, Any], state.knowledge.base.stats())
    live = state.live
    refused = live.refused if live else None
    return Parts(
        version=version("frontdoor"),
        started_at=state.started_at,
        pid=os.getpid(),
        memory=_memory(os.getpid()) or 0,
        watchers=state.broadcast.watching,
        bots=tuple(_bots(state)),
        model=state.fleet.model_version,
        model_starting=live.starting if live else None,
        model_refused=refused.version if refused else None,
        database="SQLite" if state.database.is_sqlite else "PostgreSQL",
        database_ready=await _database(state),
        redis=await _redis(state),
        encoder=Path(str(stats.get("encoder", ""))).name,
        index=str(stats.get("version", state.knowledge.version)),
        articles=Articles(
            count=int(stats["articles"]),
            by_language=dict(stats.get("languages", {})),
            internal=int(stats.get("internal", 0)),
            changed_at=await asyncio.to_thread(_changed, state.settings.articles_folder),
            errors=tuple(stats.get("errors", ())),
        ),
    )


def _bots(state: State) -> list[BotPart]:
    return [
        BotPart(
            name=member.url,
            ready=member.ready,
            reason=member.reason,
            model=member.model_version,
            restarts=member.restarts,
            pid=member.pid,
            started_at=member.started_at,
            memory=_memory(member.pid),
        )
        for member in state.fleet.members
    ]


def _memory(pid: int | None) -> int | None:
    """Resident memory of a process of this machine in bytes; None when it has gone."""
    if pid is None:
        return None
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return None


async def _database(state: State) -> bool:
    try:
        async with state.database.session() as connection:
            await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError, RuntimeError):
        return False
    return True


async def _redis(state: State) -> str:
    """`off`, `ready` or `away`."""
    if not state.settings.redis_url:
        return "off"
    try:
        await state.rates.ping()
    except (RedisError, OSError):
        return "away"
    return "ready"


def _changed(folder: Path) -> datetime | None:
    stamps = []
    for file in article_files(folder) if folder.is_dir() else ():
        try:
            stamps.append(file.stat().st_mtime)
        except OSError:
            continue  # It went away between listing and looking.
    return datetime.fromtimestamp(max(stamps), UTC) if stamps else None
