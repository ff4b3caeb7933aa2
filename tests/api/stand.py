"""A stand for the API: everything real but Rasa and the knowledge base, which do what a test tells them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from api.actions import Services
from api.answering import Answering
from api.bot.fleet import Fleet
from api.bot.member import Member
from api.broadcast import Broadcast
from api.channels.messaging import Messaging
from api.desk.desk import Desk
from api.desk.staff import Standing, There
from api.dialogue.attention import Attention
from api.dialogue.bot import Bot
from api.dialogue.engine import Engine
from api.dialogue.plain import PlainEngine
from api.dialogue.rasa import OpenTurns
from api.dialogue.turn import Said, Turn
from api.knowledge import Knowledge
from api.limits import Rates
from api.meanings import Meanings
from api.meters import Meters
from api.operator.key import operator_key
from api.operator.ledger import Ledger
from api.orders.book import Order, OrdersAway
from api.orders.guesses import Guesses
from api.orders.lookups import LookUps
from api.settings import Settings
from api.state import State
from api.worker import Worker
from handoff.conversations import Conversations
from handoff.database import Database
from handoff.desk.order import Urgency
from handoff.detection import Detector
from handoff.events import Events
from handoff.facts import Facts
from handoff.figures import Figures
from handoff.holds import Holds
from handoff.orders import OrderFormat
from handoff.teams import Team
from handoff.tickets import Tickets
from handoff.windows import Interval
from kb_index.answers import Answer, Outcome, Suggestion
from kb_index.articles import Article
from kb_index.base import NoSuchArticle
from kb_index.leaning import Before
from kb_index.passages import Passage

#: A Monday morning; the team is there from nine to six.
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TEAM = Team("support", ZoneInfo("UTC"), {day: (Interval(9 * 3600, 18 * 3600),) for day in range(5)}, timedelta(hours=4))
SECRET = "the secret of this stand, which is long enough"


def an_article(permalink: str = "/en/late/", **values: object) -> Article:
    base = Article("Late parcels", "en", permalink, "delivery", False, (), "Wait one day.", "late.md", "late")
    return replace(base, **values)  # type: ignore[arg-type]


def an_answer(permalink: str = "/en/late/", text: str = "Wait one day.") -> Answer:
    return Answer(text, "Late parcels", "", permalink, "wait", "en", f"{permalink}#wait")


def given_words(text: str = "Wait one day.", title: str = "Late parcels") -> str:
    """An answer as the customer reads it: what was understood, the step, and the question whether it helped."""
    return f"On “{title}”:\n{text}\n\nDid that help?"


def answered(permalink: str = "/en/late/", text: str = "Wait one day.") -> Outcome:
    return Outcome("answer", "en", 0.9, an_answer(permalink, text))


def suggests(*permalinks: str) -> Outcome:
    return Outcome("suggest", "en", 0.5, suggestions=tuple(Suggestion(f"About {p}", p, "en", 0.5) for p in permalinks))


#: Read once: its weights are the same for every test.
DETECTOR = Detector()


class ToldBase:
    """A knowledge base that knows what it was told: outcomes by question, the first that was not given yet."""

    version = "told"

    def __init__(self) -> None:
        self.outcomes: dict[str, list[Outcome]] = {}
        self.pages: dict[str, Article] = {}
        self.asked: list[tuple[str, Before | None]] = []
        self.sections: dict[str, str] = {}

    def ask(
        self,
        question: str,
        lang: str | None = None,
        exclude: frozenset[str] = frozenset(),
        before: Before | None = None,
    ) -> Outcome:
        self.asked.append((question, before))
        for outcome in self.outcomes.get(question, []):
            if outcome.answer is None or outcome.answer.passage_id not in exclude:
                return outcome
        return Outcome("none", lang or "en", 0.0)

    def answer_from(self, permalink: str, question: str | None = None) -> Answer:
        if permalink not in self.pages or self.pages[permalink].internal:
            raise NoSuchArticle(permalink)
        return an_answer(permalink, self.pages[permalink].body)

    def passage(self, passage_id: str) -> Passage | None:
        if passage_id not in self.sections:
            return None
        link, _, anchor = passage_id.partition("#")
        text = self.sections[passage_id]
        return Passage(passage_id, link, anchor, f"About {link}", anchor.title(), text, "en", False, (text,), link)

    def article(self, permalink: str) -> Article | None:
        return self.pages.get(permalink)

    def stats(self) -> dict[str, object]:
        return {"articles": len(self.pages)}


class ToldOrders:
    """An order book that holds what it was told, and is away when it was told why."""

    def __init__(self) -> None:
        self.orders: dict[str, Order] = {}
        self.away: str | None = None
        self.asked: list[str] = []

    async def in_use(self) -> bool:
        return bool(self.orders) or self.away is not None

    async def find(self, number: str) -> Order | None:
        self.asked.append(number)
        if self.away:
            raise OrdersAway(self.away)
        return self.orders.get(number)


class ToldEngine:
    """An engine that does what a test put into ``does``; it repeats what it heard until then."""

    def __init__(self) -> None:
        self.does: Callable[[Turn], Awaitable[list[Said]]] = self.repeat

    async def repeat(self, turn: Turn) -> list[Said]:
        return [Said(f"You said: {turn.text}")]

    async def think(self, turn: Turn) -> list[Said]:
        return await self.does(turn)


class ToldStaff:
    """A desk at which there is who it was told, with the queue it was told."""

    def __init__(self) -> None:
        self.is_there: There = "nobody"
        self.stands: Standing | None = None

    async def there(self, at: datetime) -> There:
        return self.is_there

    async def standing(self, urgency: Urgency, at: datetime) -> Standing | None:
        return self.stands


class SeenBroadcast(Broadcast):
    """Tells a test when somebody watches, and when nobody does any more."""

    def __init__(self) -> None:
        super().__init__()
        self.watched, self.alone = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def watch(self, conversation_id: str) -> AsyncIterator[asyncio.Event]:
        try:
            async with super().watch(conversation_id) as news:
                self.alone.clear()
                self.watched.set()
                yield news
        finally:
            if not self._watchers:
                self.alone.set()


class Stand:
    """All parts of the product by name, around one database."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings
        self.now = NOW
        self.base, self.engine, self.orders = ToldBase(), ToldEngine(), ToldOrders()
        self.staff = ToldStaff()
        self.rates = Rates("", settings.rate_per_address, settings.rate_per_conversation)
        self.knowledge = Knowledge(self.base)  # type: ignore[arg-type]  # the told twin of it
        self.holds = Holds(database, "stand")
        self.events, self.conversations = Events(database, self.holds.holder), Conversations(database)
        self.tickets, self.broadcast, self.turns = Tickets(database), SeenBroadcast(), OpenTurns()
        self.member = Member("http://bot.test", SECRET)
        self.member.is_ready("told")
        self.fleet = Fleet(SECRET, [self.member])
        self.meters, self.figures = Meters(), Figures(database)
        self.ledger = Ledger(self.figures, TEAM.timezone, fresh=0)
        self.meters.watchers.set_function(lambda: self.broadcast.watching)
        self.knowledge.searched = self.meters.searched
        self.services = Services(
            knowledge=self.knowledge,
            events=self.events,
            facts=Facts(database),
            tickets=self.tickets,
            team=TEAM,
            shop_name="Linden & Lark",
            orders=OrderFormat(settings.order_pattern, settings.order_template),
            order_example=settings.order_example,
            phone_region="NL",
            lookups=LookUps(self.orders, Guesses(self.rates, settings.rate_lookups), even=0),
            staff=self.staff,
        )
        self.bot = self.bot_with(self.engine)
        self.worker = self.new_worker()

    def clock(self) -> datetime:
        return self.now

    @property
    def attention(self) -> Attention:
        return Attention(DETECTOR, Meanings(self.knowledge.encode), self.events, self.staff)

    def new_worker(self, quiet: float = 0, holds: Holds | None = None) -> Worker:
        return Worker(
            Answering(self.bot, self.conversations, self.events, self.clock, self.meters),
            self.conversations,
            self.events,
            holds or self.holds,
            self.broadcast,
            self.clock,
            timedelta(seconds=quiet),
            self.settings.max_characters,
        )

    def bot_with(self, engine: Engine) -> Bot:
        plain = PlainEngine(self.services)
        return Bot(engine, plain, self.services, self.events, self.clock, self.meters, self.attention)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[State]:
        """The state routes see, with the worker at work."""
        async with AsyncExitStack() as stack:
            self.worker.start()
            stack.push_async_callback(self.worker.stop)
            self.messaging = Messaging(
                self.settings, self.database, self.rates, self.worker, self.broadcast, self.clock
            )
            self.messaging.start()
            stack.push_async_callback(self.messaging.stop)
            # Its keeper is asked by tests, and does nothing by itself.
            self.desk = Desk(self.settings, self.database, self.services, self.broadcast, self.clock)
            self.desk.news.start()
            stack.push_async_callback(self.desk.news.stop)
            yield State(
                settings=self.settings,
                database=self.database,
                conversations=self.conversations,
                events=self.events,
                knowledge=self.knowledge,
                services=self.services,
                fleet=self.fleet,
                live=None,
                turns=self.turns,
                worker=self.worker,
                broadcast=self.broadcast,
                neighbours=None,
                rates=Rates("", self.settings.rate_per_address, self.settings.rate_per_conversation),
                messaging=self.messaging,
                desk=self.desk,
                clock=self.clock,
                meters=self.meters,
                ledger=self.ledger,
                operator_key=operator_key(self.settings),
                started_at=NOW,
            )

    async def heard(self, conversation_id: str, after: int = 0, within: float = 10) -> list[str]:
        """The bot's words after a seq, waited for."""
        async with self.broadcast.watch(conversation_id) as news, asyncio.timeout(within):
            while True:
                news.clear()
                found = await self.events.after(conversation_id, after)
                if words := [e.text for e in found if e.role == "bot"]:
                    return words
                await news.wait()

    async def say(self, conversation_id: str, text: str, bot: Bot | None = None) -> list[str]:
        """One message through a bot, without the worker; gives the words that were said."""
        received = await self.events.receive(conversation_id, None, text, self.now)
        conversation = await self.conversations.find(conversation_id)
        waiting = await self.events.unhandled(conversation_id)
        assert conversation is not None
        assert waiting[0].seq == received.seq
        return [e.text for e in await (bot or self.bot).answer(conversation, waiting[0])]


def migrated(file: Path, template: Path) -> Database:
    file.write_bytes(template.read_bytes())
    return Database(f"sqlite:///{file}")
