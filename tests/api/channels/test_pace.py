"""Pace: chats do not wait for each other, only for themselves and for the provider."""

import asyncio

from api.channels.pace import REMEMBERED, Pace
from api.channels.port import Limits


class Slept:
    """A sleep that takes no time and remembers how long it should have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(round(seconds, 1))


async def test_one_chat_waits_for_itself_and_others_go_on() -> None:
    slept = Slept()
    pace = Pace(Limits(10, len, per_chat=5.0, overall=0.0), slept)
    for address in ("a", "a", "b", "a"):
        await pace.turn(address)
    assert slept.seconds == [5.0, 10.0]


async def test_all_chats_together_keep_to_the_limit() -> None:
    slept = Slept()
    pace = Pace(Limits(10, len, per_chat=0.0, overall=2.0), slept)
    await asyncio.gather(*(pace.turn(str(n)) for n in range(4)))
    assert slept.seconds == [2.0, 4.0, 6.0]


async def test_the_distance_counts_from_the_moment_a_message_is_gone() -> None:
    slept = Slept()
    pace = Pace(Limits(10, len, per_chat=5.0, overall=0.0), slept)
    await pace.turn("a")
    await pace.turn("a")
    pace.gone("a")
    await pace.turn("a")
    assert slept.seconds == [5.0, 5.0]


async def test_chats_that_are_free_again_are_forgotten() -> None:
    pace = Pace(Limits(10, len, per_chat=0.0, overall=0.0), Slept())
    for number in range(REMEMBERED + 5):
        await pace.turn(str(number))
    assert len(pace._chats) < REMEMBERED
