"""Patience: nobody waits longer than a while for a part that may have frozen."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

#: Questions nobody waits for any more. Somebody has to hold them until they have given up.
_left: set[asyncio.Task[Any]] = set()


async def at_most(seconds: float, question: Coroutine[None, None, T]) -> T:
    """The answer to a question.

    Raises:
        TimeoutError: there was none in time; or whatever the question raised.
    """
    asking = asyncio.get_running_loop().create_task(question)
    try:
        await asyncio.wait([asking], timeout=seconds)
        if asking.done():
            return asking.result()
        raise TimeoutError(f"no answer in {seconds:g} s")
    finally:
        if not asking.done():
            # Cut off, but not waited for: PostgreSQL's driver takes ten seconds to give up on a frozen server.
            asking.cancel()
            _left.add(asking)
            asking.add_done_callback(_gone)


async def end(*tasks: asyncio.Task[Any]) -> None:
    """Cancels tasks and waits until they have ended, whatever they ended with."""
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            # More than once: until Python 3.12 a cancellation that meets the end of a wait_for is lost, and redis-py
            # waits so for each command it sends. The product would not stop.
            task.cancel()
        await asyncio.wait(left, timeout=0.1)
    await asyncio.gather(*tasks, return_exceptions=True)


def _gone(asking: asyncio.Task[Any]) -> None:
    _left.discard(asking)
    if not asking.cancelled():
        # Looked at, or it would be reported as a failure that nobody had seen.
        asking.exception()
