"""Starting the product, and stopping it."""

import asyncio
import gc
import logging
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType
from typing import cast
from urllib.parse import quote

import uvicorn
from fastapi import FastAPI
from sse_starlette.sse import AppStatus

from api import logs
from api.app import create_app
from api.cli import prepare
from api.cli.prepare import Prepared
from api.cli.progress import console, tell
from api.cli.stopping import NotCutShort, deaf, listening, stoppable
from api.heads import Doorway
from api.settings import Settings
from api.state import State
from api.wiring import running
from handoff.hours import load_hours

#: Seconds for each part of stopping, which together with the bot's end stay below the ten that supervisors give: the
#: turns in hand, the letters in hand, the connections that are still open. What is not done by then is done after the
#: next start, or by another process.
TURNS, LETTERS, LINGER = 3.5, 2.0, 1.5


class Server(uvicorn.Server):
    """Says when the product is ready, and where; stops when it is asked to, and only once."""

    started_at = time.monotonic()
    #: Builds what the product is made of; nobody waits for it any more when the product is asked to stop meanwhile.
    starting: asyncio.Task[object] | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # A second Ctrl-C or SIGTERM would change nothing: what is in hand is finished, within seconds.
        deaf()
        self.should_exit = True
        if self.starting:
            self.starting.get_loop().call_soon_threadsafe(self.starting.cancel)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn would send the signal to itself at the end, and a clean stop would look like a killed process.
        with listening(self.handle_exit):
            yield

    async def shutdown(self, sockets: object = None) -> None:
        state = getattr(cast(FastAPI, self.config.app).state, "frontdoor", None)
        if isinstance(state, State):
            # While we still listen: the turns in hand need the bot, and the bot calls our actions.
            await state.worker.stop(TURNS)
            await state.messaging.delivery.stop(LETTERS)
            state.broadcast.close()
        await super().shutdown(sockets)  # type: ignore[arg-type]  # as above

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
            if await state.desk.agents.any():
                console.print(f"The desk: {address}/desk", soft_wrap=True)
            else:
                console.print("The desk has no user yet: frontdoor user add NAME --role operator", soft_wrap=True)
            console.print("Press Ctrl-C to stop.\n")
            # What is there now stays: looking through all of it for garbage would hold up every conversation.
            gc.collect()
            gc.freeze()


def up() -> None:
    """Set up what is missing, then serve until Ctrl-C."""
    with stoppable():
        settings = Settings.read()
        load_hours(settings.hours_file).team(settings.team)
        console.print("Frontdoor is starting.")
        prepare.check_machine(settings)
        _serve(settings, prepare.prepare(settings))


def _serve(settings: Settings, prepared: Prepared) -> None:
    logs.configure(settings.log_level)
    tell("starting the bot")
    faults: list[Exception] = []

    @asynccontextmanager
    async def started() -> AsyncIterator[State]:
        server.starting = asyncio.current_task()
        if server.should_exit:
            # Asked between the first line it said and here: nothing was started yet.
            raise asyncio.CancelledError
        try:
            async with running(settings, prepared.base, prepared.registry) as state:
                server.starting = None
                yield state
        except Exception as problem:
            faults.append(problem)
            raise

    app = create_app(settings, started)
    # Our streams end by themselves once the turns in hand are answered; cut off at the signal, they would miss these.
    AppStatus.disable_automatic_graceful_drain()  # type: ignore[no-untyped-call]  # the library forgot it
    server = Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            # Its lines go the way of all others, which quotes nobody.
            log_config=None,
            access_log=False,
            http=Doorway,
            timeout_graceful_shutdown=LINGER,  # type: ignore[arg-type]  # it is handed to asyncio, which takes halves
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
        )
    )
    # What went wrong in starting is told below, in our own words, and not before as a traceback.
    uvicorns = logging.getLogger("uvicorn.error")
    uvicorns.addFilter(lambda _: not faults and server.starting is None)
    uvicorns.addFilter(NotCutShort())
    try:
        server.run()
    except SystemExit:
        if not faults and not server.should_exit:
            raise
    if faults:
        raise faults[0]
    sys.exit(0 if server.started or server.should_exit else 1)
