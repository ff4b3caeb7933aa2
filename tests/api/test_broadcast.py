"""Broadcast: who watches is woken, who listens is told, and nobody else."""

import asyncio

from api.broadcast import Broadcast


async def test_only_watchers_of_the_conversation_are_woken() -> None:
    broadcast = Broadcast()
    async with broadcast.watch("a") as one, broadcast.watch("a") as two, broadcast.watch("b") as other:
        assert broadcast.watching == 3
        broadcast.tell("a")
        assert one.is_set()
        assert two.is_set()
        assert not other.is_set()
    assert broadcast.watching == 0
    broadcast.tell("a")


async def test_what_was_stored_elsewhere_is_told_to_listeners_and_not_passed_on_again() -> None:
    broadcast = Broadcast()
    listened: list[str] = []
    passed: list[str] = []
    broadcast.listen(listened.append)
    broadcast.pass_on(passed.append)
    broadcast.tell("mine")
    broadcast.hear("theirs")
    assert listened == ["mine", "theirs"]
    assert passed == ["mine"]


async def test_everybody_looks_soon_but_not_all_at_once() -> None:
    broadcast = Broadcast()
    async with broadcast.watch("a") as first, broadcast.watch("b") as second:
        broadcast.wake_all(0.2)
        await first.wait()
        assert not second.is_set()
        async with asyncio.timeout(2):
            await second.wait()
    broadcast.wake_all(0.2)
