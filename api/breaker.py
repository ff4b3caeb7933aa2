"""Breaker: a part that does not answer is left alone until it does, so that only the first customer waits for it."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from redis.exceptions import RedisError

from api.outage import Outage
from api.patience import end

#: What can go wrong between us and Redis.
AWAY = (RedisError, OSError, TimeoutError)
#: Seconds between two tries whether it is back, and how long one of them may take.
RETRY = 1.0


class Breaker:
    """Closed while all is well; open from a failure until the part answers again.

    Args:
        outage: where failure and recovery are told.
        ask: asks the part whether it is there; raises one of AWAY when it is not.
    """

    def __init__(self, outage: Outage, ask: Callable[[], Awaitable[object]]) -> None:
        self._outage = outage
        self._ask = ask
        self._asking: asyncio.Task[None] | None = None

    @property
    def open(self) -> bool:
        """The part is not to be asked for anything now."""
        return self._outage.lasts

    def failed(self, problem: BaseException) -> None:
        """It did not do what it was asked for; from now on it is only asked whether it is back."""
        if not self._outage.lasts:
            self._outage.begin(problem)
            self._asking = asyncio.create_task(self._until_back())

    async def _until_back(self) -> None:
        while self._outage.lasts:
            await asyncio.sleep(RETRY)
            with contextlib.suppress(*AWAY):
                async with asyncio.timeout(RETRY):
                    await self._ask()
                self._outage.end()

    async def aclose(self) -> None:
        """Stop asking."""
        if self._asking:
            await end(self._asking)
