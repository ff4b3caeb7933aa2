"""The desk: articles to look things up in, and saved replies."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api import wording
from api.desk import shapes, shown
from api.desk.gate import User
from api.desk.packets import passages_for
from api.desk.refusals import Refusal, carried_out
from api.routes.conversations import says_something, tidy
from api.state import Running, State
from handoff.agents import Agent
from handoff.desk.saved_replies import SavedReply

router = APIRouter(prefix="/api/v1/desk", tags=["desk"])

#: Articles shown for a search.
MOST = 5


class SavedText(BaseModel):
    """A saved reply. {name}, {agent}, {order} and {ticket} are filled in before it is sent."""

    language: str = Field(pattern="^(en|zh|ko)$")
    title: str = Field(min_length=1, max_length=100)
    text: str = Field(min_length=1, max_length=4000)


@router.get("/articles", summary="Search the articles")
async def articles(
    user: User,
    state: Running,
    q: Annotated[str, Query(max_length=500)],
    lang: Annotated[str, Query(max_length=35)] = "en",
) -> shapes.ArticlesShape:
    """What customers may read, best first; `text` is the passage that is nearest to the question."""
    question = tidy(q)
    if not says_something(question):
        return {"articles": []}
    found = await passages_for(state, question, wording.spoken(lang), MOST)
    return {
        "articles": [
            {
                "permalink": one.permalink,
                "title": one.title,
                "text": one.text,
                "score": one.score,
                "url": str(state.knowledge.source(one.permalink, one.title, one.score)["url"]),
            }
            for one in found
        ]
    }


@router.get("/replies", summary="Saved replies")
async def replies(
    user: User, state: Running, lang: Annotated[str | None, Query(max_length=35)] = None
) -> shapes.RepliesShape:
    """In one language, or all."""
    await state.desk.saved.seed(state.clock())
    found = await state.desk.saved.all(wording.spoken(lang) if lang else None)
    return {"replies": [shown.reply(one, user) for one in found]}


@router.post("/replies", status_code=201, summary="Add a saved reply")
async def add(body: SavedText, user: User, state: Running) -> shapes.ReplyShape:
    work = state.desk.saved.add(body.language, tidy(body.title), tidy(body.text), user.name, state.clock())
    return shown.reply(await carried_out(work, state.desk.agents), user)


@router.post("/replies/{reply_id}", summary="Change a saved reply")
async def change(reply_id: str, body: SavedText, user: User, state: Running) -> shapes.ReplyShape:
    """An agent changes their own; supervisors, knowledge managers and operators any."""
    await _theirs(state, reply_id, user)
    work = state.desk.saved.change(reply_id, body.language, tidy(body.title), tidy(body.text), state.clock())
    return shown.reply(await carried_out(work, state.desk.agents), user)


@router.post("/replies/{reply_id}/delete", status_code=204, summary="Delete a saved reply")
async def delete(reply_id: str, user: User, state: Running) -> None:
    await _theirs(state, reply_id, user)
    await carried_out(state.desk.saved.delete(reply_id, state.clock()), state.desk.agents)


async def _theirs(state: State, reply_id: str, user: Agent) -> SavedReply:
    found = await carried_out(state.desk.saved.find(reply_id), state.desk.agents)
    if user.role == "agent" and found.author != user.name:
        raise Refusal(403, "not_allowed", "error-desk-not-allowed")
    return found
