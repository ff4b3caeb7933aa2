"""The operator's page, and its figures as JSON."""

from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.errors import Refused
from api.operator.gate import COOKIE, ForOperator, language_of, may_enter
from api.operator.overview import as_json, gather
from api.operator.page import render, render_key
from api.routes.conversations import address_of
from api.state import Running, State

router = APIRouter(tags=["operator"])
#: Neither kept nor shown inside another site, and nothing in it comes from elsewhere.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
#: Seconds the browser keeps the cookie: a month.
KEPT = 30 * 24 * 3600
LONGEST_FORM = 2048


@router.get("/operator", summary="The operator's page", response_class=HTMLResponse)
async def page(request: Request, state: Running) -> Response:
    """With the key in the address, it is exchanged for a cookie and leaves the address."""
    language = language_of(request)
    if await may_enter(request, state):
        if "key" in request.query_params:
            return _entered(request, state)
        return HTMLResponse(render(await gather(state), language), headers=HEADERS)
    wrong = bool(request.query_params.get("key"))
    return HTMLResponse(render_key(language, wrong), 401, {**HEADERS, "WWW-Authenticate": 'Bearer realm="operator"'})


@router.post("/operator", include_in_schema=False)
async def enter(request: Request, state: Running) -> Response:
    """The key typed into the page that asks for it."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            raise Refused(413, "too_long", "error-too-large")
    shown = parse_qs(body.decode("utf-8", "replace")).get("key", [""])[0]
    if state.operator_key.is_it(shown.strip()):
        return _entered(request, state)
    await state.rates.wrong_key(address_of(request))
    return HTMLResponse(render_key(language_of(request), wrong=True), 401, HEADERS)


@router.get("/operator/figures", summary="What the operator's page shows, as JSON")
async def figures(state: ForOperator) -> dict[str, Any]:
    return as_json(await gather(state))


def _entered(request: Request, state: State) -> Response:
    # The path as it is reached, so that it also holds behind a proxy that adds one.
    place = request.scope.get("root_path", "") + "/operator"
    language = request.query_params.get("lang")
    answer = RedirectResponse(f"{place}?lang={language_of(request)}" if language else place, 303, HEADERS)
    answer.set_cookie(
        COOKIE,
        state.operator_key.cookie,
        max_age=KEPT,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer
