"""The doorway between the product and Rasa: one message and its state in, words and the new state out.

Rasa's REST channel answers 200 with an empty list when anything goes wrong. This one says what went wrong, with 5xx.
It wants the product's secret, and free text can never command the bot.
"""

from __future__ import annotations

import asyncio
import gc
import hmac
import logging
import os
import time
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from components import action_answers, kept_connections, log_lines, straight_runner, way_back
from components.scripts import visible
from components.swallowed import listening
from components.turn_trackers import TurnTrackerStore

logger = logging.getLogger(__name__)

#: The product sets it for both sides at each start; a Rasa process without it does not come up.
SECRET_VARIABLE = "FRONTDOOR_BOT_SECRET"  # noqa: S105 - the variable's name, not a secret
#: Stands in for a leading "/": Rasa takes "/restart" or "/greet{...}" from a customer for a command.
HARMLESS_SLASH = "\u2215"
#: Rasa waits 300 s for an action. Nobody waits that long for an answer, and its own lock is gone after 60.
TURN_SECONDS = 60.0


class Words(OutputChannel):
    """Collects whole responses: text, buttons and what hangs on them stay together."""

    def __init__(self) -> None:
        self.said: List[Dict[Text, Any]] = []

    @classmethod
    def name(cls) -> Text:
        return "frontdoor"

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        self.said.append(message)

    async def send_text_message(self, recipient_id: Text, text: Text, **kwargs: Any) -> None:
        self.said.append({"text": text})


def harmless(text: Text) -> Text:
    """The same words, unable to be read as a command of Rasa's, and the same in every disguise of the slash."""
    seen = visible(text).strip()
    return HARMLESS_SLASH + seen[1:] if seen.startswith("/") else text.strip()


class FrontdoorChannel(InputChannel):
    """``POST /webhooks/frontdoor/turn``.

    Request: ``{"sender", "text", "intent": null | {"name", "entities"}, "slots": {...}, "active_loop": null | name,
    "actions_url": null | address}``. Several products may share this bot; ``actions_url`` is where the one that asks
    serves the actions of this turn.
    Answer: ``{"words": [...], "slots": {...}, "active_loop", "actions": [...], "reading": {...}}``. With ``intent`` the
    product says what the customer meant (they pressed a button), and the classifier is not asked.

    Anything but 200 is a turn that went wrong, with ``error`` saying why: 502 when an action failed (the rest of the
    answer is what came of the turn nevertheless), 409 while the turn before is not over, 503 without a model,
    504 when it took too long. The header ``X-Frontdoor-Message`` names the customer's message in the log.
    """

    def __init__(self, secret: Text) -> None:
        self._secret = secret.encode()

    @classmethod
    def name(cls) -> Text:
        return "frontdoor"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> "FrontdoorChannel":
        secret = os.environ.get(SECRET_VARIABLE, "")
        if len(secret) < 32:
            raise RasaException(
                f"{SECRET_VARIABLE} must hold at least 32 characters; without it anybody could speak as a customer."
            )
        return cls(secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        # Before the first customer is here: what Rasa does anew for each turn, and needs to do only once.
        for change in (action_answers, kept_connections, straight_runner, way_back):
            change.install()
        doorway = Blueprint("frontdoor_channel", __name__)

        @doorway.listener("after_server_start")
        async def settle(*_: Any) -> None:
            # Half a million objects of Rasa and the model are there to stay. Looking for garbage among them holds up
            # every customer for a quarter of a second, again and again.
            gc.collect()
            gc.freeze()

        @doorway.listener("before_server_stop")
        async def hang_up(*_: Any) -> None:
            await kept_connections.close()

        def may_enter(request: Request) -> bool:
            given = request.headers.get("x-frontdoor-secret", "")
            return hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret)

        @doorway.route("/ready", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            if not may_enter(request):
                return response.json({"error": "wrong secret"}, status=403)
            agent = request.app.ctx.agent
            if agent is None or not agent.is_ready():
                return response.json({"error": "no model is loaded"}, status=503)
            return response.json({"model": agent.processor.model_filename})

        @doorway.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            if not may_enter(request):
                return response.json({"error": "wrong secret"}, status=403)
            begun = time.perf_counter()
            log_lines.of_message(request.headers.get(log_lines.HEADER))
            store = TurnTrackerStore.current
            agent = request.app.ctx.agent
            if store is None or agent is None or not agent.is_ready():
                return response.json({"error": "no model is loaded"}, status=503)
            asked = request.json
            if not _complete(asked):
                # A message without a sender would fall into a conversation shared by all of them.
                return response.json({"error": "sender and text are wanted, as texts"}, status=400)
            actions_url = asked.get("actions_url")
            if actions_url is not None and not _is_address(actions_url):
                return response.json({"error": "actions_url is wanted as http://… or https://…"}, status=400)
            sender = asked["sender"]
            if store.holds(sender):
                return response.json({"error": "the turn before is still being thought about"}, status=409)
            words = Words()
            message = UserMessage(
                harmless(asked["text"]), words, sender, parse_data=_meant(asked), input_channel=self.name()
            )
            with listening() as swallowed, way_back.asked_from(actions_url):
                try:
                    store.begin(sender, asked.get("slots") or {}, asked.get("active_loop"))
                    await asyncio.wait_for(on_new_message(message), TURN_SECONDS)
                except asyncio.TimeoutError:
                    logger.warning("turn took too long")
                    return response.json({"error": f"the turn took longer than {TURN_SECONDS:g} s"}, status=504)
                except Exception as problem:  # whatever Rasa raises, the product must hear of it
                    logger.exception("turn failed")
                    return response.json({"error": f"{type(problem).__name__}: {problem}"}, status=500)
                finally:
                    # Also when the product hung up, which ends this here and now.
                    tracker = store.finish(sender)
            if tracker is None or tracker.latest_message is None:
                return response.json({"error": "the turn left no trace"}, status=500)
            outcome = _outcome(tracker, words.said)
            log_lines.turn_ended(begun, 502 if swallowed else 200, outcome)
            if swallowed:
                return response.json({"error": "; ".join(swallowed), **outcome}, status=502)
            return response.json(outcome)

        return doorway


def _complete(asked: Any) -> bool:
    return isinstance(asked, dict) and all(isinstance(asked.get(name), str) for name in ("sender", "text"))


def _is_address(url: Any) -> bool:
    return isinstance(url, str) and url.startswith(("http://", "https://"))


def _meant(asked: Dict[Text, Any]) -> Optional[Dict[Text, Any]]:
    intent = asked.get("intent")
    if not intent:
        return None
    return {
        "text": asked["text"],
        "intent": {"name": intent["name"], "confidence": 1.0},
        "entities": intent.get("entities", []),
        "intent_ranking": [],
    }


def _outcome(tracker: DialogueStateTracker, said: List[Dict[Text, Any]]) -> Dict[Text, Any]:
    message = tracker.latest_message
    slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value is not None}
    events = list(tracker.events)
    since = max(place for place, event in enumerate(events) if isinstance(event, UserUttered))
    return {
        "words": said,
        "slots": {k: v for k, v in slots.items() if k != "session_started_metadata"},
        "active_loop": tracker.active_loop_name,
        "actions": [
            {"name": e.action_name, "policy": e.policy, "confidence": e.confidence}
            for e in events[since:]
            if isinstance(e, ActionExecuted)
        ],
        "reading": {
            "intent": message.intent,
            "ranking": message.parse_data.get("intent_ranking", []),
            "scope": message.parse_data.get("scope"),
        },
    }
