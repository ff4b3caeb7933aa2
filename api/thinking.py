"""Thinking: what answers a turn, put together alike for customers and for a turn that is played again."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime

from api.actions.services import Services
from api.bot.fleet import Fleet
from api.desk.staff import Staff
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
from api.why.presence import NotedStaff
from api.why.versions import versions_of
from handoff.detection import Detector
from handoff.events import Events
from handoff.facts import Facts
from handoff.hours import load_hours
from handoff.orders import OrderFormat
from handoff.tickets import Tickets


@dataclass(frozen=True)
class Records:
    """Where a turn reads what is known and writes what comes of it, and who is at the desk."""

    events: Events
    facts: Facts
    tickets: Tickets
    staff: Staff


async def services_of(
    stack: AsyncExitStack,
    settings: Settings,
    knowledge: Knowledge,
    records: Records,
    rates: Rates,
    clock: Callable[[], datetime],
) -> Services:
    """What actions need; the connection to the orders is closed by ``stack``.

    Raises:
        ConfigError, UnknownTeam: the file of hours does not say what is needed.
    """
    team = load_hours(settings.hours_file).team(settings.team)
    book = await stack.enter_async_context(open_orders(settings, lambda: clock().astimezone(team.timezone).date()))
    return Services(
        knowledge=knowledge,
        events=records.events,
        facts=records.facts,
        tickets=records.tickets,
        team=team,
        shop_name=settings.shop_name,
        orders=OrderFormat(settings.order_pattern, settings.order_template),
        order_example=settings.order_example,
        phone_region=settings.phone_region,
        lookups=LookUps(book, Guesses(rates, settings.rate_lookups)),
        staff=NotedStaff(records.staff),
        versions=versions_of(settings),
    )


def bot_of(
    settings: Settings,
    services: Services,
    fleet: Fleet,
    turns: OpenTurns,
    clock: Callable[[], datetime],
    meters: Meters,
) -> Bot:
    """The bot that reads a message, asks Rasa, and without Rasa goes by plain rules."""
    knowledge, events = services.knowledge, services.events
    meanings = Meanings(knowledge.encode)
    detector = Detector(meaning=meanings.of, encoder=knowledge.base.encoder.name)
    attention = Attention(detector, meanings, events, services.staff)
    engine = RasaEngine(fleet, turns, settings.bot_timeout)
    return Bot(engine, PlainEngine(services), services, events, clock, meters, attention)
