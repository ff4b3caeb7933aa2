"""The desk: everything agents work with, built, started and stopped with the API."""

from collections.abc import Callable
from datetime import datetime, timedelta

from api.actions.services import Services
from api.broadcast import Broadcast
from api.desk.hooks import HookSender
from api.desk.keeper import Keeper
from api.desk.leaving import Leaving
from api.desk.news import Newsroom
from api.desk.places import Places
from api.desk.typing import Typing
from api.settings import Settings
from handoff.agents import Agents
from handoff.conversations import Conversations
from handoff.database import Database
from handoff.desk.alerts import Alerts
from handoff.desk.board import Board
from handoff.desk.cases import Cases
from handoff.desk.replies import Replies
from handoff.desk.saved_replies import SavedReplies
from handoff.desk.watch import Watch
from handoff.hooks import Hooks
from handoff.outbox import Outbox
from handoff.packet import Packets
from handoff.sessions import Sessions


class Desk:
    """One for the process.

    Args:
        services: what the bot's actions use; a ticket is made of the same.
        broadcast: tells whoever watches a conversation.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        services: Services,
        broadcast: Broadcast,
        clock: Callable[[], datetime],
    ) -> None:
        self.agents = Agents(database)
        self.sessions = Sessions(database, self.agents)
        self.cases, self.replies, self.board = Cases(database), Replies(database), Board(database)
        self.saved, self.alerts, self.watch = SavedReplies(database), Alerts(database), Watch(database)
        self.packets, self.hooks, self.outbox = Packets(database), Hooks(database), Outbox(database)
        self.typing, self.news = Typing(broadcast), Newsroom(database, broadcast)
        self.places = Places(database, self.board, self.agents, self.typing, clock)
        self.leaving = Leaving(database, services, broadcast, clock)
        self.away = timedelta(seconds=settings.agent_away_seconds)
        self.limit = timedelta(minutes=settings.queue_limit_minutes)
        self.sender = HookSender(self.hooks, settings.hook_url, settings.hook_secret.get_secret_value(), clock)
        self.keeper = Keeper(
            self.watch,
            self.cases,
            Conversations(database),
            self.leaving,
            self.alerts,
            self.agents,
            self.sessions,
            self.hooks,
            self.news,
            broadcast,
            clock,
            self.away,
            self.limit,
            self.sender.on,
        )

    def start(self) -> None:
        """Begin to look after what nobody does."""
        self.news.start()
        self.sender.start()
        self.keeper.start()

    async def stop(self) -> None:
        """What is not done is in the database."""
        await self.keeper.stop()
        await self.sender.stop()
        await self.news.stop()
