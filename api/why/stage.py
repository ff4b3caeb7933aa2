"""Stage: the product as it is now, set up apart from the one that serves customers, to play one turn again on it."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from api.bot.fleet import Fleet
from api.dialogue.bot import Bot
from api.dialogue.rasa import OpenTurns
from api.knowledge import Knowledge
from api.limits import Rates
from api.meters import Meters
from api.settings import Settings
from api.thinking import Records, bot_of, services_of
from api.why.borrowed_bot import Backstage, bring_bot, open_door, secret_for
from api.why.moment import Moment
from api.why.presence import StaffThen
from api.why.rehearsal import EventsThen, FactsThen, Played, TicketsThen
from handoff.database import Database
from handoff.events import Event
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
        events = EventsThen(database)
        records = Records(
            events, FactsThen(database, first_seq, moment.at), TicketsThen(database), StaffThen(moment.staff)
        )
        # Counted here and nowhere else: what is looked up again takes nothing from the customer's own tries.
        rates = Rates("", settings.rate_per_address, settings.rate_per_conversation)
        stack.push_async_callback(rates.aclose)
        services = await services_of(stack, settings, knowledge, records, rates, lambda: moment.at)
        door = await open_door(stack, settings, Backstage(fleet, turns, services))
        await bring_bot(stack, settings.model_copy(update=door), fleet, work)
        bot = bot_of(settings, services, fleet, turns, lambda: moment.at, Meters())
        yield Stage(base, bot, events)


def _articles(settings: Settings, index: Path) -> KnowledgeBase:
    # A copy: opening an index writes to it, and the product that serves customers does so itself.
    if settings.index_folder.is_dir():
        shutil.copytree(settings.index_folder, index)
    base = KnowledgeBase(settings.articles_folder, OnnxEncoder(settings.encoder_folder), index)
    base.load()
    return base
