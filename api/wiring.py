"""Wiring: builds everything that has a lifetime, in order, and takes it down in the reverse order."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import structlog
from watchfiles import awatch

from api.actions.services import Services
from api.bot.process import BotProcess
from api.broadcast import Broadcast
from api.dialogue.bot import Bot
from api.dialogue.plain import PlainEngine
from api.dialogue.rasa import OpenTurns, RasaEngine
from api.durable import open_database
from api.knowledge import Knowledge
from api.limits import Rates
from api.settings import Settings
from api.state import State
from api.wording import LANGUAGES
from api.worker import Worker
from handoff.conversations import Conversations
from handoff.events import Events
from handoff.facts import Facts
from handoff.hours import load_hours
from handoff.orders import OrderFormat
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
    model: Path,
    model_version: str,
    clock: Callable[[], datetime] = now,
) -> AsyncIterator[State]:
    """The running product.

    Args:
        base: a loaded knowledge base.
        model: the bot's model file, checked.
    """
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database)
        stack.push_async_callback(database.dispose)
        knowledge = Knowledge(base, settings.articles_url)
        stack.callback(knowledge.close)
        await _warm(knowledge)
        bot = BotProcess(
            settings.bot_python,
            model,
            settings.encoder_folder,
            f"http://127.0.0.1:{settings.port}/internal/actions",
            settings.data_dir / "log" / "bot.log",
            settings.bot_port,
        )
        stack.push_async_callback(bot.stop)
        await bot.start()
        events, conversations, broadcast = Events(database), Conversations(database), Broadcast()
        services = Services(
            knowledge=knowledge,
            events=events,
            facts=Facts(database),
            tickets=Tickets(database),
            team=load_hours(settings.hours_file).team(settings.team),
            shop_name=settings.shop_name,
            orders=OrderFormat(settings.order_pattern, settings.order_template),
            order_example=settings.order_example,
            phone_region=settings.phone_region,
        )
        turns = OpenTurns()
        engine = RasaEngine(bot.client, bot.secret, turns, settings.bot_timeout)
        worker = Worker(
            Bot(engine, PlainEngine(services), services, events, clock),
            conversations,
            events,
            broadcast,
            clock,
        )
        worker.start()
        stack.push_async_callback(worker.stop)
        watcher = asyncio.create_task(_follow(knowledge, settings.articles_folder))
        stack.push_async_callback(_cancel, watcher)
        rates = Rates(settings.redis_url, settings.rate_per_address, settings.rate_per_conversation)
        stack.push_async_callback(rates.aclose)
        yield State(
            settings=settings,
            database=database,
            conversations=conversations,
            events=events,
            knowledge=knowledge,
            services=services,
            bot=bot,
            turns=turns,
            worker=worker,
            broadcast=broadcast,
            rates=rates,
            clock=clock,
            model_version=model_version,
        )


async def _warm(knowledge: Knowledge) -> None:
    """The first question of each language loads what later ones find loaded; no customer should wait for that."""
    for language in LANGUAGES:
        detect("a sentence that is long enough to be looked at", language)
        await knowledge.ask("where is it", language)


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
