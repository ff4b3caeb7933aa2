"""Actions over HTTP: Rasa's action protocol, served by the product itself, for its own bot only."""

import hmac
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Body, Header
from fastapi.responses import JSONResponse

from api.actions import ACTIONS
from api.dialogue.rasa import response
from api.state import Running

log = structlog.get_logger()
router = APIRouter(prefix="/internal/actions", include_in_schema=False)


@router.post("")
async def act(
    state: Running, body: Annotated[dict[str, Any], Body()], x_frontdoor_secret: Annotated[str, Header()] = ""
) -> JSONResponse:
    if not hmac.compare_digest(x_frontdoor_secret.encode(), state.fleet.secret.encode()):
        return JSONResponse({"error": "wrong secret"}, 403)
    name, sender = body.get("next_action"), body.get("sender_id")
    action = ACTIONS.get(str(name))
    if action is None:
        return JSONResponse({"error": f"There is no action {name}.", "action_name": name}, 404)
    turn = state.turns.find(str(sender))
    if turn is None:
        # The turn was given up; what Rasa still does for it must change nothing.
        return JSONResponse({"error": "This turn is over.", "action_name": name}, 409)
    reading = body["tracker"]["latest_message"]["intent"]
    turn.intent, turn.confidence = reading.get("name"), reading.get("confidence", 0.0)
    try:
        result = await action(turn, state.services)
    except Exception as problem:
        # Rasa swallows a failed action and goes on; the turn remembers it for the bot.
        log.exception("action.failed", action=name, conversation=turn.conversation.id)
        turn.trouble = f"{name} failed: {type(problem).__name__}"
        return JSONResponse({"error": turn.trouble, "action_name": name}, 500)
    turn.said += result.said
    turn.acted.append(str(name))
    return JSONResponse({"events": result.events(), "responses": [response(said) for said in result.said]})
