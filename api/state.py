"""State: what the running product holds, as routes see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, cast

from fastapi import Depends, Request

from api.actions.services import Services
from api.bot.process import BotProcess
from api.broadcast import Broadcast
from api.dialogue.rasa import OpenTurns
from api.knowledge import Knowledge
from api.limits import Rates
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
    bot: BotProcess
    turns: OpenTurns
    worker: Worker
    broadcast: Broadcast
    rates: Rates
    clock: Callable[[], datetime]
    model_version: str


def _state(request: Request) -> State:
    return cast(State, request.app.state.frontdoor)


Running = Annotated[State, Depends(_state)]
