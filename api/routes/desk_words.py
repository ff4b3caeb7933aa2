"""The desk: what an agent says to the customer and notes for colleagues, and a look at a draft before it is sent."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from api import wording
from api.desk import shapes
from api.desk.gate import AtDesk
from api.desk.refusals import Refusal, carried_out
from api.errors import language_of
from api.routes.conversations import says_something, tidy
from api.routes.desk_moves import Epoch, who_is
from api.state import Running, State
from handoff.packet import asks_again
from handoff.packet.asked import warning

router = APIRouter(prefix="/api/v1/desk/conversations/{conversation_id}", tags=["desk"])

#: The longest thing an agent says at once, in characters.
LONGEST = 4000
Text = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Key = Annotated[str, Field(min_length=1, max_length=200, description="the client's own; sent again, it is said once")]


class Attached(BaseModel):
    """An article that goes with a reply."""

    permalink: str = Field(min_length=1, max_length=500)


class Reply(BaseModel):
    """Something to say to the customer."""

    id: Key
    epoch: Epoch
    text: Text
    sources: list[Attached] = Field(default_factory=list, max_length=5)


class Note(BaseModel):
    """Something for colleagues."""

    id: Key
    text: Text


class Draft(BaseModel):
    """What the agent is about to say."""

    text: str = Field(max_length=LONGEST)


@router.post("/reply", summary="Say something to the customer")
async def reply(conversation_id: str, body: Reply, user: AtDesk, state: Running) -> shapes.WrittenShape:
    """Refused with 409 when the agent does not have the conversation any more; never dropped in silence."""
    text = _said(body.text)
    data: dict[str, Any] = {"sources": [_source(state, one.permalink) for one in body.sources]} if body.sources else {}
    work = state.desk.replies.reply(conversation_id, who_is(user), tidy(body.id), body.epoch, text, state.clock(), data)
    written = await carried_out(work, state.desk.agents)
    state.desk.typing.stop(conversation_id)
    state.broadcast.tell(conversation_id)
    return {"seq": written.seq, "fresh": written.fresh}


@router.post("/note", summary="Note something for colleagues")
async def note(conversation_id: str, body: Note, user: AtDesk, state: Running) -> shapes.WrittenShape:
    """The customer never sees it."""
    work = state.desk.replies.note(conversation_id, who_is(user), tidy(body.id), _said(body.text), state.clock())
    written = await carried_out(work, state.desk.agents)
    state.broadcast.tell(conversation_id)
    return {"seq": written.seq, "fresh": written.fresh}


@router.post("/typing", status_code=204, summary="The agent is writing")
async def typing(conversation_id: str, user: AtDesk, state: Running) -> None:
    """Shown to the customer for six seconds, and kept nowhere."""
    conversation = await state.conversations.find(tidy(conversation_id))
    if conversation is not None and conversation.owner == "agent" and conversation.agent == user.name:
        state.desk.typing.begin(conversation.id, user.display)


@router.post("/check", summary="Look at a draft: does it ask for what is known?")
async def check(conversation_id: str, body: Draft, request: Request, user: AtDesk, state: Running) -> shapes.Warnings:
    packet = await carried_out(state.desk.packets.of(tidy(conversation_id), now=state.clock()), state.desk.agents)
    agents_language = wording.spoken(language_of(request))
    found = asks_again(tidy(body.text), packet, packet.language.now)
    return {
        "warnings": [
            {
                "field": one.field,
                "value": one.value,
                "sentence": warning(one, agents_language),
                "draft": one.sentence,
            }
            for one in found
        ]
    }


def _said(text: str) -> str:
    tidied = tidy(text)
    if not says_something(tidied):
        raise Refusal(422, "empty", "error-empty")
    return tidied


def _source(state: State, permalink: str) -> dict[str, Any]:
    article = state.knowledge.base.article(permalink)
    if article is None or article.internal:
        # What customers may not read is not attached.
        fields = [{"field": "sources", "message": f"customers can read no article {permalink}"}]
        raise Refusal(422, "invalid", "error-invalid", {"fields": fields})
    return state.knowledge.source(permalink, article.title, 1.0)
