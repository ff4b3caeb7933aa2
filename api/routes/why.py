"""Why the bot said it: a turn's reasons for whoever is signed in at the desk, and the view that shows them."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Path as InPath
from fastapi.responses import FileResponse

from api.desk.gate import User
from api.desk.refusals import Gone, Refusal
from api.errors import NotFound
from api.routes.desk_page import HEADERS
from api.routes.events import LAST
from api.routes.web import FOLDER, TYPES
from api.state import Running, State
from api.why.explanation import changed, explained
from api.why.shapes import WhyShape
from handoff.ownership import UnknownConversation
from handoff.reasons import NoSuchMessage, NotOfTheBot, Reasons

router = APIRouter()
VIEW = FOLDER / "why"


@router.get(
    "/api/v1/conversations/{conversation_id}/messages/{seq}/why",
    tags=["desk"],
    summary="Why the bot said it",
    responses={404: {"description": "`not_found`, `no_message` or `not_of_the_bot`"}},
)
async def why(
    conversation_id: str,
    seq: Annotated[int, InPath(ge=1, le=LAST, description="the customer's message, or any of the bot's words")],
    user: User,
    state: Running,
) -> WhyShape:
    """Intent, examples, rule, passages with their scores, detection, and the versions of everything that decided."""
    try:
        turn = await Reasons(state.database).of_message(conversation_id, seq)
    except UnknownConversation as problem:
        raise Gone from problem
    except NoSuchMessage as problem:
        raise Refusal(404, "no_message", "error-why-no-message", seq=seq) from problem
    except NotOfTheBot as problem:
        raise Refusal(404, "not_of_the_bot", "error-why-not-of-the-bot", seq=seq) from problem
    told = explained(turn)
    again = None if told["failed"] else f"frontdoor replay {turn.conversation_id} --turn {turn.number}"
    found: WhyShape = {**told, "changed": changed(told["versions"], _versions(state)), "replay": again}  # type: ignore[typeddict-item]  # pydantic checks it
    return found


def _versions(state: State) -> dict[str, Any]:
    return {
        "model": state.fleet.model_version,
        "index": state.knowledge.version,
        "settings": dict(state.services.versions),
    }


@router.get("/why/{name}", include_in_schema=False)
async def file(name: str) -> FileResponse:
    """The view's own files."""
    place: Path = VIEW / name
    # Looked for among the files there are: asked for one with an endless name, the system itself would refuse.
    if place not in VIEW.iterdir() or place.suffix not in TYPES:
        raise NotFound
    return FileResponse(place, media_type=TYPES[place.suffix], headers=HEADERS)
