"""The operator's page, and its figures as JSON."""

from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.errors import Refused
from api.operator.gate import COOKIE, ForOperator, check_meant, language_of, may_enter
from api.operator.letters import send_again
from api.operator.overview import as_json, gather
from api.operator.page import render, render_key
from api.operator.words import Words
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
        shown = render(await gather(state), language, state.operator_key.form, _again(request))
        return HTMLResponse(shown, headers=HEADERS)
    wrong = bool(request.query_params.get("key"))
    return HTMLResponse(render_key(language, wrong), 401, {**HEADERS, "WWW-Authenticate": 'Bearer realm="operator"'})


@router.post("/operator", include_in_schema=False)
async def enter(request: Request, state: Running) -> Response:
    """The key typed into the page that asks for it."""
    shown = (await _form(request)).get("key", "")
    if state.operator_key.is_it(shown.strip()):
        return _entered(request, state)
    await state.rates.wrong_key(address_of(request))
    return HTMLResponse(render_key(language_of(request), wrong=True), 401, HEADERS)


@router.post("/operator/letters", include_in_schema=False)
async def again(request: Request, state: ForOperator) -> Response:
    """A word that was given up, or all of them, is sent after all."""
    form, words = await _form(request), Words(language_of(request), ZoneInfo("UTC"))
    check_meant(request, state, form.get("token", ""))
    count = await send_again(state, form.get("letter", ""), words)
    place = request.scope.get("root_path", "") + "/operator"
    return RedirectResponse(f"{place}?lang={words.language}&again={count}#undelivered", 303, HEADERS)


@router.get("/operator/figures", summary="What the operator's page shows, as JSON")
async def figures(state: ForOperator) -> dict[str, Any]:
    return as_json(await gather(state))


async def _form(request: Request) -> dict[str, str]:
    """What a form posted, the first value of each field."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            raise Refused(413, "too_long", "error-too-large")
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _again(request: Request) -> int | None:
    """How many words the operator has just had sent again, as the address says."""
    count = request.query_params.get("again", "")
    return int(count) if count.isascii() and count.isdigit() and len(count) < 7 else None


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
