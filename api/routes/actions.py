"""Actions over HTTP: Rasa's action protocol, served by the product itself, for its own bot only."""

import hmac
import json
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse

from api import logs
from api.actions import ACTIONS
from api.dialogue.rasa import response
from api.state import Running
from handoff.database import AWAY

log = structlog.get_logger()
router = APIRouter(prefix="/internal/actions", include_in_schema=False)


@router.post("")
async def act(request: Request, state: Running, x_frontdoor_secret: Annotated[str, Header()] = "") -> JSONResponse:
    # Before anything it says is read: a stranger's body is not worth a millisecond of a customer's.
    if not hmac.compare_digest(x_frontdoor_secret.encode(), state.fleet.secret.encode()):
        refusal = {"code": "wrong_secret", "message": "Only this product's own bot may ask for actions."}
        return JSONResponse(refusal, 403)
    try:
        body = json.loads(await request.body())
        reading = _reading(body)
    except (ValueError, RecursionError, LookupError, TypeError) as problem:
        message = f"This is no call of an action: {type(problem).__name__}."
        return JSONResponse({"code": "invalid", "message": message}, 422)
    name, sender = body.get("next_action"), body.get("sender_id")
    action = ACTIONS.get(str(name))
    if action is None:
        return JSONResponse({"error": f"There is no action {name}.", "action_name": name}, 404)
    turn = state.turns.find(str(sender))
    if turn is None:
        # The turn was given up; what Rasa still does for it must change nothing.
        return JSONResponse({"error": "This turn is over.", "action_name": name}, 409)
    turn.intent, turn.confidence = reading.get("name"), reading.get("confidence", 0.0)
    with logs.about(turn.conversation.id, turn.message.seq):
        try:
            with turn.steps.timed("actions"):
                result = await action(turn, state.services)
        except AWAY as problem:
            # No fault of the turn: it is thought about anew when the database is back.
            turn.away = problem
            return JSONResponse({"error": "The database is away.", "action_name": name}, 503)
        except Exception as problem:
            # Rasa swallows a failed action and goes on; the turn remembers it for the bot.
            log.exception("action.failed", action=name, conversation=turn.conversation.id)
            turn.trouble = f"{name} failed: {type(problem).__name__}"
            return JSONResponse({"error": turn.trouble, "action_name": name}, 500)
        log.debug("action.done", action=name)
    turn.said += result.said
    turn.acted.append(str(name))
    return JSONResponse({"events": result.events(), "responses": [response(said) for said in result.said]})


def _reading(body: dict[str, Any]) -> dict[str, Any]:
    """The intent as Rasa tells it; raises LookupError or TypeError when the call has another shape."""
    reading = body["tracker"]["latest_message"]["intent"]
    if not isinstance(reading, dict):
        raise TypeError("an intent is an object")
    return reading
