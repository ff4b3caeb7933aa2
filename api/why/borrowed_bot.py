"""The borrowed bot: a bot process for one turn that is played again, with a door at which it asks for our actions."""

import asyncio
import secrets
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from tenacity import AsyncRetrying, stop_after_delay, wait_fixed

from api.actions.services import Services
from api.bot.fleet import Fleet, NobodyReady
from api.bot.process import BotDidNotStart, BotProcess
from api.bot.registry import Registry, UnknownModel, checked
from api.bot.remote import RemoteBot
from api.bot.way_back import WayBack
from api.dialogue.rasa import OpenTurns
from api.routes import actions
from api.settings import Settings

#: Seconds within which a bot started elsewhere must say that it is ready.
PATIENCE = 20.0


class Quiet(uvicorn.Server):
    """Leaves signals alone: Ctrl-C ends the command, and this with it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass
class Backstage:
    """What the action route needs of the product's state."""

    fleet: Fleet
    turns: OpenTurns
    services: Services


async def open_door(stack: AsyncExitStack, settings: Settings, backstage: Backstage) -> dict[str, object]:
    """Serves our actions on a port of their own; the settings by which a bot finds the way there."""
    app = FastAPI(openapi_url=None)
    app.state.frontdoor = backstage
    app.include_router(actions.router)
    door = socket.create_server((settings.host if settings.bot_urls else "127.0.0.1", 0))
    stack.callback(door.close)
    port = door.getsockname()[1]
    config = uvicorn.Config(app, log_level="critical", log_config=None, access_log=False, lifespan="off")
    server = Quiet(config)
    serving = asyncio.create_task(server.serve([door]))
    stack.push_async_callback(_ended, server, serving)
    told = settings.actions_url
    if told:
        parts = urlsplit(told)
        told = parts._replace(netloc=f"{parts.hostname}:{port}").geturl()
    host = settings.host if settings.bot_urls else "127.0.0.1"
    return {"host": host, "port": port, "actions_url": told}


async def _ended(server: uvicorn.Server, serving: "asyncio.Task[None]") -> None:
    server.should_exit = True
    await serving


async def bring_bot(stack: AsyncExitStack, settings: Settings, fleet: Fleet, work: Path) -> None:
    """Has a bot in the fleet that is ready: one of our own, or those that were started elsewhere.

    Raises:
        BotDidNotStart, UnknownModel: it is not to be had.
    """
    way_back = WayBack.of(settings)
    if settings.bot_urls:
        for url in settings.bot_urls.split(","):
            remote = RemoteBot(url.strip().rstrip("/"), fleet.secret, way_back)
            stack.push_async_callback(remote.stop)
            await remote.start()
            fleet.exchange(None, remote)
        await _until_ready(fleet)
        return
    registry = Registry(settings.models_folder)
    model = registry.active()
    if model is None:
        raise UnknownModel(f"There is no model in {registry.folder}. Run `frontdoor train`.")
    file = await asyncio.to_thread(checked, registry.folder, model)
    process = BotProcess(
        settings.bot_python,
        file,
        settings.encoder_folder,
        way_back.on_this_machine(),
        work / "bot.log",
        fleet.secret,
        model.version,
        sha256=model.sha256,
    )
    stack.push_async_callback(process.stop)
    await process.start()
    fleet.exchange(None, process)


async def _until_ready(fleet: Fleet) -> None:
    try:
        async for attempt in AsyncRetrying(stop=stop_after_delay(PATIENCE), wait=wait_fixed(0.2), reraise=True):
            with attempt:
                if not fleet.ready:
                    raise NobodyReady(fleet.reason)
    except NobodyReady as problem:
        raise BotDidNotStart(f"No bot is ready: {problem}") from problem


def secret_for(settings: Settings) -> str:
    """Shared with the bot: the one of the settings where it runs elsewhere."""
    return settings.bot_secret.get_secret_value() if settings.bot_urls else secrets.token_urlsafe(48)
