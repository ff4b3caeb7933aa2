"""Errors: what went wrong at the edge, as one sentence and a status."""

import math
import time
from collections.abc import Mapping

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api import logs, wording
from handoff.database import AWAY

log = structlog.get_logger()

#: Seconds after which the operator is told again that the database is away.
TELL_AGAIN = 10.0


class Refused(Exception):
    """A request that is not served. ``key`` names the sentence in words/, said in the caller's language."""

    def __init__(
        self, status: int, code: str, key: str, headers: Mapping[str, str] | None = None, **values: str | int
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.key = key
        self.headers = headers
        self.values = values


class NotFound(Refused):
    """No such conversation for this token; which of the two is nobody's business."""

    def __init__(self) -> None:
        super().__init__(404, "not_found", "error-not-found")


class TooLong(Refused):
    def __init__(self, limit: int) -> None:
        super().__init__(413, "too_long", "error-too-long", limit=limit)


class TooFast(Refused):
    def __init__(self, seconds: int) -> None:
        super().__init__(429, "too_fast", "error-too-fast", {"Retry-After": str(seconds)}, seconds=seconds)


def language_of(request: Request) -> str:
    """The language for an error's sentence: the conversation's, or what the caller's browser asks for."""
    known: str | None = getattr(request.state, "language", None)
    if known:
        return known
    return request.headers.get("accept-language", "en").split(",")[0].strip() or "en"


def install(app: FastAPI) -> None:
    """Every error leaves as {"code", "message"} and, for wrong input, "fields"."""

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> JSONResponse:
        message = wording.say(language_of(request), error.key, **error.values)
        return JSONResponse({"code": error.code, "message": message}, error.status, dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        fields = [
            {"field": ".".join(str(p) for p in e["loc"] if p != "body") or "body", "message": str(e["msg"])}
            for e in error.errors()
        ]
        return _invalid(request, fields)

    last_told = -math.inf

    async def away(request: Request, error: Exception) -> JSONResponse:
        # Nothing was stored, so nothing was promised: the page keeps what it has and sends it again.
        nonlocal last_told
        if time.monotonic() - last_told > TELL_AGAIN:
            last_told = time.monotonic()
            log.error("database.away", reason=logs.reason(error))
        message = wording.say(language_of(request), "error-unavailable")
        return JSONResponse({"code": "unavailable", "message": message}, 503, {"Retry-After": "2"})

    for kind in AWAY:
        app.add_exception_handler(kind, away)

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> JSONResponse:
        # Its story is in the log; a customer's page can still show a sentence.
        message = wording.say(language_of(request), "error-unavailable")
        return JSONResponse({"code": "failed", "message": message}, 500)

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> JSONResponse:
        if isinstance(error.__cause__, RecursionError):
            return _invalid(request, [{"field": "body", "message": "JSON is nested too deeply"}])
        return JSONResponse(
            {"code": f"http_{error.status_code}", "message": str(error.detail)},
            error.status_code,
            dict(error.headers or {}),
        )


def _invalid(request: Request, fields: list[dict[str, str]]) -> JSONResponse:
    message = wording.say(language_of(request), "error-invalid")
    return JSONResponse({"code": "invalid", "message": message, "fields": fields}, 422)
