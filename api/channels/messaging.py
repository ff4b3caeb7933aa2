"""Messaging: all channels together, with the way in and the way out."""

from collections.abc import Callable
from datetime import datetime

import structlog

from api.broadcast import Broadcast
from api.channels import CHANNELS, Channel
from api.channels.delivery import Delivery
from api.channels.port import is_from_app
from api.channels.reception import Reception
from api.limits import Rates
from api.settings import Settings
from api.worker import Worker
from handoff.database import Database
from handoff.inbound import Inbound, Taken
from handoff.outbox import Outbox

log = structlog.get_logger()


class Messaging:
    """Built, started and stopped with the API.

    Args:
        worker: answers what comes in.
        broadcast: tells whoever watches a conversation; delivery watches all of them.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        rates: Rates,
        worker: Worker,
        broadcast: Broadcast,
        clock: Callable[[], datetime],
    ) -> None:
        self.channels: dict[str, Channel] = {name: build(settings) for name, build in CHANNELS.items()}
        self.outbox = Outbox(database)
        inbound = Inbound(database, worker.holder)
        self.reception = Reception(inbound, rates, settings.shop_name, settings.max_characters, clock)
        self.delivery = Delivery(self.outbox, self.channels, settings.public_url, clock, broadcast.tell)
        self._worker = worker
        self._broadcast = broadcast

    def start(self) -> None:
        """Begin to deliver."""
        self._broadcast.listen(self._said)
        self.delivery.start()

    def _said(self, conversation_id: str) -> None:
        # Most customers are on the website, and what they are told is in no outbox.
        if is_from_app(conversation_id):
            self.delivery.notice()

    async def stop(self) -> None:
        """Stop delivering; what is not out yet is in the outbox."""
        await self.delivery.stop()
        for channel in self.channels.values():
            await channel.aclose()

    def noticed(self, taken: Taken) -> None:
        """Something new is stored: whoever has to do with it hears of it."""
        if taken.fresh and taken.conversation_id is not None:
            self._broadcast.tell(taken.conversation_id)
        if taken.mine and taken.conversation_id is not None:
            self._worker.notice(taken.conversation_id)
