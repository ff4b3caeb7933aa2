"""Starting the product."""

import gc
import logging
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast
from urllib.parse import quote

import uvicorn
from fastapi import FastAPI

from api import logs
from api.app import create_app
from api.cli import prepare
from api.cli.progress import console, tell
from api.settings import Settings
from api.state import State
from api.wiring import running
from handoff.hours import load_hours

#: Seconds open connections get when the product stops; streams would otherwise hold it up for ever.
LINGER = 3


class Server(uvicorn.Server):
    """Says when the product is ready, and where."""

    started_at = time.monotonic()

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]  # uvicorn's own list of sockets, passed through
        if self.started:
            address = f"http://{self.config.host}:{self.config.port}"
            seconds = time.monotonic() - self.started_at
            console.print(f"\nFrontdoor is ready after {seconds:.0f} s: {address}/demo")
            # Only here: uvicorn's own type does not say that the application is ours.
            state = cast(FastAPI, self.config.app).state.frontdoor
            # A key that is printed where nobody reads along stays in some log for ever.
            key = f"?key={quote(state.operator_key.value)}" if console.is_terminal else f" ({state.operator_key.place})"
            console.print(f"Operator's page: {address}/operator{key}", soft_wrap=True)
            console.print("Press Ctrl-C to stop.\n")
            # What is there now stays: looking through all of it for garbage would hold up every conversation.
            gc.collect()
            gc.freeze()


def up() -> None:
    """Set up what is missing, then serve until Ctrl-C."""
    settings = Settings.read()
    load_hours(settings.hours_file).team(settings.team)
    console.print("Frontdoor is starting.")
    prepare.check_machine(settings)
    prepared = prepare.prepare(settings)
    logs.configure(settings.log_level)
    tell("starting the bot")
    faults: list[Exception] = []

    @asynccontextmanager
    async def started() -> AsyncIterator[State]:
        try:
            async with running(settings, prepared.base, prepared.registry) as state:
                yield state
        except Exception as problem:
            faults.append(problem)
            raise

    app = create_app(settings, started)
    server = Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=LINGER,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
        )
    )
    # What went wrong in starting is told below, in our own words, and not before as a traceback.
    logging.getLogger("uvicorn.error").addFilter(lambda _: not faults)
    try:
        server.run()
    except SystemExit:
        if not faults:
            raise
    if faults:
        raise faults[0]
    sys.exit(0 if server.started else 1)
