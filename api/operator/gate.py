"""The gate: who shows the operator's key may read the page, its figures and the metrics."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, HTTPException, Request

from api.operator.words import Words, chosen
from api.routes.conversations import address_of
from api.state import Running, State

COOKIE = "frontdoor_operator"


def language_of(request: Request) -> str:
    """The language the operator reads: `lang` in the address, else what the browser accepts."""
    return chosen(request.query_params.get("lang"), request.headers.get("accept-language", ""))


async def may_enter(request: Request, state: State) -> bool:
    """Whether the key, or the cookie it was exchanged for, is shown.

    Raises:
        TooFast: many wrong keys came from this address.
    """
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    shown = bearer.strip() if scheme.lower() == "bearer" else request.query_params.get("key", "")
    cookie = request.cookies.get(COOKIE, "")
    if (shown and state.operator_key.is_it(shown)) or (cookie and state.operator_key.is_cookie(cookie)):
        return True
    if shown or cookie:
        await state.rates.wrong_key(address_of(request))
    return False


def check_meant(request: Request, state: State, token: str) -> None:
    """Takes a form's token; returns when the operator themselves asked for a change, raises HTTPException when not.

    A cookie is sent along whoever makes the browser post, so it does not say that. A form of our page does, and so does
    the key as a bearer token.
    """
    key = state.operator_key
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if not key.is_form(token) and not (scheme.lower() == "bearer" and key.is_it(bearer.strip())):
        raise HTTPException(403, Words(language_of(request), ZoneInfo("UTC"))("not-meant"))


async def _let_in(request: Request, state: Running) -> State:
    if await may_enter(request, state):
        return state
    words = Words(language_of(request), ZoneInfo("UTC"))
    raise HTTPException(401, words("key-wanted"), {"WWW-Authenticate": 'Bearer realm="operator"'})


#: The state, for the operator alone; anybody else is told where the key is found, and never the key.
ForOperator = Annotated[State, Depends(_let_in)]
