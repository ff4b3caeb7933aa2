"""The desk: signing in and out, and who is there."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.desk import shapes, shown
from api.desk.gate import Session, User, give_cookie, take_cookie
from api.desk.refusals import let_in
from api.routes.conversations import address_of
from api.state import Running, State
from handoff.agents import PRESENT
from handoff.desk.cases import OUTCOMES
from handoff.hours import load_hours
from handoff.sessions import SignedIn

router = APIRouter(prefix="/api/v1/desk", tags=["desk"])


class Credentials(BaseModel):
    """What somebody types to sign in."""

    model_config = ConfigDict(extra="ignore")

    name: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=1000)


class Availability(BaseModel):
    """Sent every 20 seconds: they are there. `available`, when it is given: whether they want new conversations."""

    available: bool | None = None


@router.post("/sign-in", summary="Sign in")
async def sign_in(body: Credentials, request: Request, response: Response, state: Running) -> shapes.Me:
    """Sets the cookie `frontdoor_desk`. 401 for a wrong name or password, 423 after too many of them."""
    address = address_of(request)
    await state.rates.address(address)
    session = await let_in(state.desk.sessions.sign_in(body.name, body.password, address, state.clock()))
    give_cookie(response, request, session)
    response.headers["Cache-Control"] = "no-store"
    return _me(state, session)


@router.post("/sign-out", status_code=204, summary="Sign out")
async def sign_out(response: Response, session: Session, state: Running) -> None:
    """Ends the session. What the agent has goes back to the queue when they do not come back in time."""
    await state.desk.sessions.sign_out(session)
    take_cookie(response)
    state.desk.news.presence()


@router.get("/me", summary="Who is signed in")
async def me(response: Response, session: Session, state: Running) -> shapes.Me:
    """Gives the CSRF token, too."""
    response.headers["Cache-Control"] = "no-store"
    return _me(state, session)


@router.post("/presence", status_code=204, summary="Say that one is there")
async def presence(body: Availability, user: User, state: Running) -> None:
    """A minute without it, and the agent counts as away."""
    if await state.desk.agents.heard(user.id, state.clock(), body.available):
        state.desk.news.presence()


@router.get("/agents", summary="Who is there, and how much they have")
async def agents(user: User, state: Running) -> shapes.Colleagues:
    roster = await state.desk.agents.roster(state.clock())
    return {"agents": [shown.colleague(one) for one in roster]}


def _me(state: State, session: SignedIn) -> shapes.Me:
    settings = state.settings
    return {
        "agent": shown.user(session.agent),
        "csrf": session.csrf,
        "settings": {
            "away_seconds": settings.agent_away_seconds,
            "queue_limit_minutes": settings.queue_limit_minutes,
            "present_seconds": int(PRESENT.total_seconds()),
            "team": settings.team,
            "teams": list(load_hours(settings.hours_file).teams),
            "outcomes": list(OUTCOMES),
        },
    }
