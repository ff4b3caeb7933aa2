"""State: what the running product holds, as routes see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, cast

from fastapi import Depends, Request

from api.actions.services import Services
from api.bot.fleet import Fleet
from api.bot.live import LiveModel
from api.broadcast import Broadcast
from api.channels.messaging import Messaging
from api.desk.desk import Desk
from api.dialogue.rasa import OpenTurns
from api.knowledge import Knowledge
from api.limits import Rates
from api.meters import Meters
from api.neighbours import Neighbours
from api.operator.key import Key
from api.operator.ledger import Ledger
from api.settings import Settings
from api.worker import Worker
from handoff.conversations import Conversations
from handoff.database import Database
from handoff.events import Events


@dataclass
class State:
    """Built by wiring when the product starts; one for the process."""

    settings: Settings
    database: Database
    conversations: Conversations
    events: Events
    knowledge: Knowledge
    services: Services
    fleet: Fleet
    #: Which model its processes serve and which one is starting; none when they are started elsewhere.
    live: LiveModel | None
    turns: OpenTurns
    worker: Worker
    broadcast: Broadcast
    #: The other processes of the product; none when there is no Redis.
    neighbours: Neighbours | None
    rates: Rates
    messaging: Messaging
    desk: Desk
    clock: Callable[[], datetime]
    meters: Meters
    ledger: Ledger
    operator_key: Key
    started_at: datetime


async def _state(request: Request) -> State:
    # Not a plain function: FastAPI would hand each request to a thread for it.
    return cast(State, request.app.state.frontdoor)


Running = Annotated[State, Depends(_state)]
