"""Patience: a question without an answer is given up, in time, and in silence."""

import asyncio
import gc
from typing import NoReturn

import pytest

from api.patience import at_most, end


async def test_an_answer_in_time_is_given_and_a_failure_is_raised() -> None:
    async def answer() -> str:
        await asyncio.sleep(0)
        return "here"

    async def fail() -> NoReturn:
        raise ConnectionResetError("gone")

    assert await at_most(5, answer()) == "here"
    with pytest.raises(ConnectionResetError, match="gone"):
        await at_most(5, fail())


async def test_who_does_not_even_give_up_is_not_waited_for() -> None:
    thawed, ended = asyncio.Event(), asyncio.Event()

    async def stubborn() -> None:
        try:
            await thawed.wait()
        except asyncio.CancelledError:
            await thawed.wait()
            ended.set()
            raise ConnectionResetError("too late for anybody to hear") from None

    reported: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: reported.append(what))
    async with asyncio.timeout(2):
        with pytest.raises(TimeoutError, match=r"no answer in 0\.05 s"):
            await at_most(0.05, stubborn())
        gc.collect()
        thawed.set()
        await ended.wait()
    await asyncio.sleep(0)
    gc.collect()
    assert reported == []


async def test_who_goes_away_takes_the_question_along() -> None:
    begun, cut = asyncio.Event(), asyncio.Event()

    async def question() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            cut.set()

    waiting = asyncio.create_task(at_most(60, question()))
    await begun.wait()
    waiting.cancel()
    async with asyncio.timeout(2):
        await cut.wait()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_task_that_loses_its_cancellation_is_ended_all_the_same() -> None:
    begun, lost = asyncio.Event(), []

    async def deaf() -> None:
        while True:
            try:
                begun.set()
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                lost.append(1)
                if len(lost) == 3:
                    raise

    task = asyncio.create_task(deaf())
    await begun.wait()
    async with asyncio.timeout(5):
        await end(task)
    assert task.cancelled()
    await end(task)
