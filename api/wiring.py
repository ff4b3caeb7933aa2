"""Wiring: builds everything that has a lifetime, in order, and takes it down in the reverse order."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import structlog
from watchfiles import awatch

from api.answering import Answering
from api.bot.opening import open_fleet
from api.bot.registry import Registry
from api.broadcast import Broadcast
from api.channels.messaging import Messaging
from api.desk.desk import Desk
from api.desk.staff import AtTheDesk
from api.dialogue.rasa import OpenTurns
from api.durable import open_database
from api.knowledge import Knowledge
from api.limits import Rates
from api.meters import Meters
from api.neighbours import Neighbours
from api.operator.key import operator_key
from api.operator.ledger import Ledger
from api.settings import Settings
from api.state import State
from api.thinking import Records, bot_of, services_of
from api.why.rules import rules
from api.wording import LANGUAGES
from api.worker import Worker
from handoff.agents import Agents
from handoff.conversations import Conversations
from handoff.database import Database
from handoff.events import Events
from handoff.facts import Facts
from handoff.figures import Figures
from handoff.holds import Holds
from handoff.tickets import Tickets
from kb_index.base import KnowledgeBase
from kb_index.language import detect

log = structlog.get_logger()


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def running(
    settings: Settings,
    base: KnowledgeBase,
    registry: Registry,
    clock: Callable[[], datetime] = now,
) -> AsyncIterator[State]:
    """The running product.

    Args:
        base: a loaded knowledge base.
        registry: the bot's models.
    """
    started_at = clock()
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database)
        stack.push_async_callback(database.dispose)
        knowledge = Knowledge(base, settings.articles_url)
        stack.callback(knowledge.close)
        await _warm(knowledge)
        fleet, live = await open_fleet(stack, settings, registry)
        holds = await _holds(database)
        events, conversations, broadcast = Events(database, holds.holder), Conversations(database), Broadcast()
        rates = Rates(settings.redis_url, settings.rate_per_address, settings.rate_per_conversation)
        stack.push_async_callback(rates.aclose)
        neighbours = Neighbours(settings.redis_url, broadcast) if settings.redis_url else None
        if neighbours:
            neighbours.start()
            stack.push_async_callback(neighbours.stop)
        records = Records(events, Facts(database), Tickets(database), AtTheDesk(Agents(database), database))
        services = await services_of(stack, settings, knowledge, records, rates, clock)
        meters = Meters()
        meters.watchers.set_function(lambda: broadcast.watching)
        knowledge.searched = meters.searched
        turns = OpenTurns()
        bot = bot_of(settings, services, fleet, turns, clock, meters)
        worker = Worker(
            Answering(bot, conversations, events, clock, meters),
            conversations,
            events,
            holds,
            broadcast,
            clock,
            timedelta(seconds=settings.quiet_time),
            settings.max_characters,
        )
        worker.start()
        stack.push_async_callback(worker.stop)
        messaging = Messaging(settings, database, rates, worker, broadcast, clock)
        messaging.start()
        stack.push_async_callback(messaging.stop)
        desk = Desk(settings, database, services, broadcast, clock)
        desk.start()
        stack.push_async_callback(desk.stop)
        watcher = asyncio.create_task(_follow(knowledge, settings.articles_folder))
        stack.push_async_callback(_cancel, watcher)
        yield State(
            settings=settings,
            database=database,
            conversations=conversations,
            events=events,
            knowledge=knowledge,
            services=services,
            fleet=fleet,
            live=live,
            turns=turns,
            worker=worker,
            broadcast=broadcast,
            neighbours=neighbours,
            rates=rates,
            messaging=messaging,
            desk=desk,
            clock=clock,
            meters=meters,
            ledger=Ledger(Figures(database), services.team.timezone),
            operator_key=operator_key(settings),
            started_at=started_at,
        )


async def _holds(database: Database) -> Holds:
    holds = Holds(database, f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid4().hex[:12]}")
    if database.is_sqlite:
        # A file serves one process; what an earlier one had in hand when it was killed is free now.
        await holds.alone()
    return holds


async def _warm(knowledge: Knowledge) -> None:
    """The first question of each language loads what later ones find loaded; no customer should wait for that."""
    for language in LANGUAGES:
        detect("a sentence that is long enough to be looked at", language)
        await knowledge.ask("where is it", language)
    rules()


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _follow(knowledge: Knowledge, folder: Path) -> None:
    """An edited article is live within a second."""
    async for _ in awatch(folder, debounce=200, step=50):
        try:
            changes = await knowledge.refresh()
        except Exception as problem:
            # A refresh that fails leaves the last good articles in place; the next save tries again.
            log.exception("articles.refresh_failed", reason=repr(problem))
            continue
        log.info(
            "articles.refreshed",
            added=len(changes.added),
            changed=len(changes.changed),
            removed=len(changes.removed),
            errors=[str(e) for e in changes.errors],
            seconds=round(changes.seconds, 2),
        )
