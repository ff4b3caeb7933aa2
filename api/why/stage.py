"""Stage: the product as it is now, set up apart from the one that serves customers, to play one turn again on it."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from api.actions.services import Services
from api.bot.fleet import Fleet
from api.dialogue.attention import Attention
from api.dialogue.bot import Bot
from api.dialogue.plain import PlainEngine
from api.dialogue.rasa import OpenTurns, RasaEngine
from api.knowledge import Knowledge
from api.limits import Rates
from api.meanings import Meanings
from api.meters import Meters
from api.orders.guesses import Guesses
from api.orders.lookups import LookUps
from api.orders.source import open_orders
from api.settings import Settings
from api.why.borrowed_bot import Backstage, bring_bot, open_door, secret_for
from api.why.moment import Moment
from api.why.presence import NotedStaff, StaffThen
from api.why.rehearsal import EventsThen, FactsThen, Played, TicketsThen
from api.why.versions import versions_of
from handoff.database import Database
from handoff.detection import Detector
from handoff.events import Event
from handoff.hours import load_hours
from handoff.orders import OrderFormat
from kb_index.base import KnowledgeBase
from kb_index.encoder import OnnxEncoder


@dataclass(frozen=True)
class Stage:
    """The set-up product. ``base``: its articles."""

    base: KnowledgeBase
    bot: Bot
    events: EventsThen

    async def play(self, moment: Moment, messages: tuple[Event, ...]) -> Played:
        """Has the bot think about the messages once more; what it would have committed."""
        await self.bot.answer(moment.conversation, *messages)
        assert self.events.played is not None
        return self.events.played


@asynccontextmanager
async def stage(settings: Settings, database: Database, moment: Moment, first_seq: int) -> AsyncIterator[Stage]:
    """The product's own code around a moment of the past.

    Raises:
        BotDidNotStart, UnknownModel: the bot is not to be had.
        EncoderMissing, WrongEncoder: the articles cannot be searched.
    """
    async with AsyncExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="frontdoor-replay-")))
        base = await asyncio.to_thread(_articles, settings, work / "index")
        knowledge = Knowledge(base, settings.articles_url)
        stack.callback(knowledge.close)
        fleet, turns = Fleet(secret_for(settings)), OpenTurns()
        services = await _services(stack, settings, database, knowledge, moment, first_seq)
        door = await open_door(stack, settings, Backstage(fleet, turns, services))
        await bring_bot(stack, settings.model_copy(update=door), fleet, work)
        meanings = Meanings(knowledge.encode)
        events = EventsThen(database)
        detector = Detector(meaning=meanings.of, encoder=base.encoder.name)
        bot = Bot(
            RasaEngine(fleet, turns, settings.bot_timeout),
            PlainEngine(services),
            services,
            events,
            lambda: moment.at,
            Meters(),
            Attention(detector, meanings, events, services.staff),
        )
        yield Stage(base, bot, events)


def _articles(settings: Settings, index: Path) -> KnowledgeBase:
    # A copy: opening an index writes to it, and the product that serves customers does so itself.
    if settings.index_folder.is_dir():
        shutil.copytree(settings.index_folder, index)
    base = KnowledgeBase(settings.articles_folder, OnnxEncoder(settings.encoder_folder), index)
    base.load()
    return base


async def _services(
    stack: AsyncExitStack, settings: Settings, database: Database, knowledge: Knowledge, moment: Moment, first_seq: int
) -> Services:
    team = load_hours(settings.hours_file).team(settings.team)
    book = await stack.enter_async_context(open_orders(settings, lambda: moment.at.astimezone(team.timezone).date()))
    # Counted here and nowhere else: what is looked up again takes nothing from the customer's own tries.
    rates = Rates("", settings.rate_per_address, settings.rate_per_conversation)
    stack.push_async_callback(rates.aclose)
    return Services(
        knowledge=knowledge,
        events=EventsThen(database),
        facts=FactsThen(database, first_seq, moment.at),
        tickets=TicketsThen(database),
        team=team,
        shop_name=settings.shop_name,
        orders=OrderFormat(settings.order_pattern, settings.order_template),
        order_example=settings.order_example,
        phone_region=settings.phone_region,
        lookups=LookUps(book, Guesses(rates, settings.rate_lookups)),
        staff=NotedStaff(StaffThen(moment.staff)),
        versions=versions_of(settings),
    )
