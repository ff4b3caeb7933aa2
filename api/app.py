"""The application: routes, errors and limits, put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

from api import errors
from api.bodies import BodyLimit
from api.desk import refusals
from api.request_meter import RequestMeter
from api.routes import actions, articles, conversations, desk, events, health, metrics, operator, web, webhooks, why
from api.settings import Settings
from api.state import State

DESCRIPTION = """Frontdoor's customer API. Open a conversation, send messages with your own ids (resending is safe), and
read events as a stream or by long poll. Errors are `{"code", "message"}`; the message may be shown to the customer."""


class Compressed(GZipMiddleware):
    """Compresses pages and scripts. Messages are small, and each would pay for looking at them."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(("/api/", "/internal/", "/webhooks/")):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(settings: Settings, running: Callable[[], AbstractAsyncContextManager[State]]) -> FastAPI:
    """The FastAPI application.

    Args:
        settings: limits and origins.
        running: builds the state when the process starts and takes it down when it ends.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running() as state:
            app.state.frontdoor = state
            yield

    app = FastAPI(
        title="Frontdoor",
        version=version("frontdoor"),
        description=DESCRIPTION,
        lifespan=lifespan,
        redoc_url=None,
    )
    errors.install(app)
    refusals.install(app)
    for part in (conversations, events, actions, health, articles, web, webhooks, operator, metrics, desk, why):
        app.include_router(part.router)
    app.add_middleware(Compressed, minimum_size=1000)
    app.add_middleware(BodyLimit, limit=settings.max_bytes)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=[origin.strip() for origin in settings.allowed_origins.split(",")],
        allow_methods=["GET", "POST"],
        allow_headers=["authorization", "content-type", "last-event-id"],
        expose_headers=["retry-after"],
    )
    # Around everything else, so that what is refused early is counted, too.
    app.add_middleware(RequestMeter)
    return app
