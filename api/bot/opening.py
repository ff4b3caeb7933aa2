"""Opening the fleet: one Rasa process of our own, or those that somebody else started."""

import secrets
from contextlib import AsyncExitStack

from api.bot.fleet import Fleet
from api.bot.live import LiveModel
from api.bot.process import BotProcess
from api.bot.registry import Model, Registry
from api.bot.remote import RemoteBot
from api.bot.way_back import WayBack
from api.settings import Settings


async def open_fleet(stack: AsyncExitStack, settings: Settings, registry: Registry) -> tuple[Fleet, LiveModel | None]:
    """The members turns are sent to, ready or on their way; they are let go when the stack closes.

    Returns: the fleet, and what keeps the live model in it when its process is started here.

    Raises:
        BotDidNotStart: a process of our own did not come up.
        UnknownModel: there is no model, or its file is not ours.
    """
    way_back = WayBack.of(settings)
    if settings.bot_urls:
        fleet = Fleet(settings.bot_secret.get_secret_value())
        for url in settings.bot_urls.split(","):
            remote = RemoteBot(url.strip().rstrip("/"), fleet.secret, way_back)
            stack.push_async_callback(remote.stop)
            await remote.start()
            fleet.exchange(None, remote)
        return fleet, None
    fleet = Fleet(secrets.token_urlsafe(48))
    first_port = iter((settings.bot_port,))

    def process(model: Model) -> BotProcess:
        return BotProcess(
            settings.bot_python,
            registry.folder / model.file,
            settings.encoder_folder,
            way_back.on_this_machine(),
            settings.data_dir / "log" / "bot.log",
            fleet.secret,
            model.version,
            # A later model starts while the one before it still has the port of the settings.
            next(first_port, 0),
            model.sha256,
        )

    live = LiveModel(registry, fleet, process)
    stack.push_async_callback(live.stop)
    await live.start()
    return fleet, live
