"""A bot elsewhere: a Rasa process that somebody else starts and watches, such as a container of its own."""

import asyncio
import contextlib

import httpx
import structlog

from api.bot.member import Member, NotReady
from api.bot.way_back import WayBack

log = structlog.get_logger()

#: Seconds between two looks at whether it is there.
LOOK = 1.0
FIRST_TURN_SECONDS = 30.0


class RemoteBot(Member):
    """Looked at once a second; it gets turns while it says that it is ready.

    Args:
        url: its address, as in FRONTDOOR_BOT_URLS.
        secret: as in FRONTDOOR_BOT_SECRET.
        way_back: how this process of ours is reached.
    """

    def __init__(self, url: str, secret: str, way_back: WayBack) -> None:
        # A kept connection would still lead to a process that has been exchanged for another at the same address.
        super().__init__(url, secret, keep_alive=False)
        self._way_back = way_back
        self._looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Look once, and go on looking. It need not be there yet."""
        await self._look()
        self._looking = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """No longer looked at; the process itself is left alone."""
        if self._looking:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking
        self.is_away("not watched")
        await self.client.aclose()

    def reached(self, answer: httpx.Response) -> None:
        """Our address towards it may have changed since the last look, as it does when a network is made anew."""
        self.actions_url = self._way_back.for_whom_answered(answer)

    def unreachable(self) -> None:
        """Turns go elsewhere until the next look finds it there."""
        self.is_away("cannot be reached")

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            await self._look()

    async def _look(self) -> None:
        try:
            version = await self.ask_ready()
            if not self.ready or version != self.model_version:
                await self.first_turns(FIRST_TURN_SECONDS)
                log.info("bot.ready", url=self.url, model=version)
            self.is_ready(version)
        except NotReady as problem:
            if self.ready:
                self.restarts += 1
                log.error("bot.away", url=self.url, reason=str(problem))
            self.is_away(str(problem), problem.in_short)
        except Exception as problem:
            # Whatever it is, the next look may find it well; without looks it would be away for ever.
            reason = f"cannot be looked at ({problem!r})"
            if self.reason != reason:
                log.exception("bot.not_looked_at", url=self.url, reason=reason)
            self.restarts += self.ready
            self.is_away(reason, "cannot be looked at")
