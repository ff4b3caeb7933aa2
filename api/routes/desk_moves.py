"""The desk: taking a conversation, giving it back, passing it on, putting it aside, ending it."""

from datetime import datetime
from typing import Annotated, Literal, Self

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, Field, model_validator

from api.desk import shapes, told
from api.desk.gate import AtDesk
from api.desk.known import told_by
from api.desk.refusals import Gone, Refusal, carried_out
from api.routes.conversations import tidy
from api.routes.desk_conversations import item_of
from api.state import Running, State
from handoff.agents import Agent
from handoff.conversations import Conversation
from handoff.desk.cases import Outcome
from handoff.desk.whose import Who
from handoff.tickets import OPEN

router = APIRouter(prefix="/api/v1/desk/conversations/{conversation_id}", tags=["desk"])

Epoch = Annotated[int, Field(ge=0, le=2**31 - 1, description="the epoch the agent saw")]
Note = Annotated[str, Field(max_length=4000, description="for colleagues; the customer never sees it")]


class Claim(BaseModel):
    """Takes a conversation."""

    epoch: Epoch


class Release(BaseModel):
    """Gives it back."""

    epoch: Epoch
    to: Literal["queue", "bot"]
    note: Note = ""


class Pass(BaseModel):
    """Passes it to a colleague or to a team."""

    epoch: Epoch
    agent: str | None = Field(None, max_length=64, description="a colleague's name")
    team: str | None = Field(None, min_length=1, max_length=64)
    note: Note = ""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.agent is None) == (self.team is None):
            raise ValueError("name an agent or a team, and not both")
        return self


class Snooze(BaseModel):
    """Puts it aside; null takes it up again."""

    until: AwareDatetime | None


class Close(BaseModel):
    """Ends it."""

    epoch: Epoch
    outcome: Outcome
    note: Note = ""


@router.post("/claim", summary="Take it")
async def claim(conversation_id: str, body: Claim, user: AtDesk, state: Running) -> shapes.Moved:
    """409 `already_claimed` with who has it when a colleague was faster."""
    who = who_is(user)
    work = state.desk.cases.claim(conversation_id, who, body.epoch, state.clock(), told.claimed(who))
    return await _moved(state, await carried_out(work, state.desk.agents))


@router.post("/release", summary="Give it back to the queue or to the bot")
async def release(conversation_id: str, body: Release, user: AtDesk, state: Running) -> shapes.Moved:
    who, note = who_is(user), tidy(body.note)
    say = told.released(who, body.to)
    work = state.desk.cases.release(conversation_id, who, body.epoch, body.to, state.clock(), note, say)
    return await _moved(state, await carried_out(work, state.desk.agents))


@router.post("/pass", summary="Pass it to a colleague or to a team")
async def pass_on(conversation_id: str, body: Pass, user: AtDesk, state: Running) -> shapes.Moved:
    """409 `full` when the colleague is not there or has no room."""
    who, note, now = who_is(user), tidy(body.note), state.clock()
    cases = state.desk.cases
    if body.team is not None:
        if body.team not in await _teams(state):
            raise Refusal(422, "invalid", "error-invalid", {"fields": [{"field": "team", "message": "no such team"}]})
        say = told.released(who, "queue")
        work = cases.pass_to_team(conversation_id, who, body.epoch, body.team, now, note, say)
    else:
        receiver = who_is(await _receiver(state, body.agent or "", user))
        work = cases.pass_to(conversation_id, who, body.epoch, receiver, now, note, told.passed(receiver))
    return await _moved(state, await carried_out(work, state.desk.agents))


@router.post("/snooze", summary="Put it aside until a moment, or until the customer writes")
async def snooze(conversation_id: str, body: Snooze, user: AtDesk, state: Running) -> shapes.Moved:
    until: datetime | None = body.until
    work = state.desk.cases.snooze(conversation_id, who_is(user), until)
    return await _moved(state, await carried_out(work, state.desk.agents))


@router.post("/close", summary="End it with an outcome")
async def close(conversation_id: str, body: Close, user: AtDesk, state: Running) -> shapes.Moved:
    """With `ticket` a ticket stays open, or is opened from what is known; with any other outcome none does."""
    who, now = who_is(user), state.clock()
    number = None
    if body.outcome == "ticket":
        number = await _ticket(state, conversation_id, body.epoch)
    work = state.desk.cases.close(
        conversation_id, who, body.epoch, body.outcome, now, tidy(body.note), told.closed(who, number)
    )
    return await _moved(state, await carried_out(work, state.desk.agents))


def who_is(agent: Agent) -> Who:
    """An agent as one who acts."""
    return Who(agent.name, agent.display, agent.over_desk)


async def _moved(state: State, conversation: Conversation) -> shapes.Moved:
    state.broadcast.tell(conversation.id)
    return {"conversation": await item_of(state, conversation.id)}


async def _receiver(state: State, name: str, user: Agent) -> Agent:
    roster = await state.desk.agents.roster(state.clock())
    found = next((one for one in roster if one.agent.name == name), None)
    if found is None or not found.agent.at_desk:
        raise Refusal(422, "invalid", "error-invalid", {"fields": [{"field": "agent", "message": "no such agent"}]})
    if not found.free and found.agent.name != user.name:
        raise Refusal(409, "full", "error-desk-full", agent=found.agent.display)
    return found.agent


async def _teams(state: State) -> set[str]:
    named = {team for one in await state.desk.agents.all() for team in one.teams}
    return named | {state.settings.team}


async def _ticket(state: State, conversation_id: str, epoch: int) -> str:
    """The number of the ticket that stays."""
    tickets = await state.services.tickets.for_conversation(conversation_id)
    waiting = next((one for one in tickets if one.status == OPEN), None)
    if waiting is not None:
        return waiting.number
    conversation = await state.conversations.find(conversation_id)
    if conversation is None:
        raise Gone
    return (
        await state.desk.leaving.ticket(conversation, await told_by(conversation, state.services, state.clock()))
    ).number
