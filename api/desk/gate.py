"""The desk's gate: who is signed in, what their role allows, and whether a request comes from our own page."""

from typing import Annotated

from fastapi import Depends, Header, Request, Response
from fastapi.security import APIKeyCookie

from api.desk.refusals import Refusal
from api.state import Running
from handoff.agents import Agent
from handoff.sessions import LONGEST, SignedIn

COOKIE = "frontdoor_desk"
CSRF = "X-Frontdoor-CSRF"
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="set by `sign-in`")


async def signed_in(
    request: Request,
    state: Running,
    token: Annotated[str | None, Depends(_cookie)],
    shown: Annotated[str, Header(alias=CSRF, description="with every POST: the token of `me`")] = "",
) -> SignedIn:
    """Whose session the request belongs to; a request that changes something shows the session's CSRF token, too."""
    found = await state.desk.sessions.find(token or "", state.clock())
    if found is None:
        if not await state.desk.agents.any():
            raise Refusal(401, "no_users", "error-desk-no-users")
        raise Refusal(401, "signed_out", "error-desk-signed-out")
    if request.method != "GET" and not found.is_csrf(shown):
        raise Refusal(403, "csrf", "error-desk-csrf")
    return found


Session = Annotated[SignedIn, Depends(signed_in)]


async def _user(session: Session) -> Agent:
    return session.agent


async def _at_desk(session: Session) -> Agent:
    if not session.agent.at_desk:
        raise Refusal(403, "not_allowed", "error-desk-not-allowed")
    return session.agent


async def _over_desk(session: Session) -> Agent:
    if not session.agent.over_desk:
        raise Refusal(403, "not_allowed", "error-desk-not-allowed")
    return session.agent


#: Anybody signed in; those who talk with customers; those who are over them.
User = Annotated[Agent, Depends(_user)]
AtDesk = Annotated[Agent, Depends(_at_desk)]
OverDesk = Annotated[Agent, Depends(_over_desk)]


def give_cookie(response: Response, request: Request, session: SignedIn) -> None:
    """Has the browser keep a session, where no script and no other site gets at it."""
    response.set_cookie(
        COOKIE,
        session.token,
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def take_cookie(response: Response) -> None:
    """Has the browser forget it."""
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
