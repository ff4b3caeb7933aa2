"""The load: every message is counted once, as answered, late or lost, and what is counted is what happened."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx
import pytest

from tests.bench import load as loading
from tests.bench.dialogues import Dialogue
from tests.bench.load import Customer, Figures, Unanswered, load, milliseconds
from tests.bench.plain import RestCustomer

SCRIPT = [Dialogue(("a", "b"), ("greet", "matter"))]


class Scripted:
    """A customer whose answers come from a function."""

    def __init__(self, answer: Callable[[str], None]) -> None:
        self._answer = answer

    async def say(self, text: str) -> str:
        self._answer(text)
        # Lets the others go on, as waiting for an answer does.
        await asyncio.sleep(0)
        return "answer"


def opens(answer: Callable[[str], None]) -> Callable[[], AbstractAsyncContextManager[Customer]]:
    @asynccontextmanager
    async def opening() -> AsyncIterator[Customer]:
        yield Scripted(answer)

    return opening


async def test_every_answer_is_counted() -> None:
    said: list[str] = []
    figures = await load(opens(said.append), SCRIPT, clients=3, seconds=0.05)
    assert figures.answered + figures.late == len(said) > 6
    assert figures.row()["per_second"] == round(figures.answered / 0.05, 1)


async def test_a_message_without_an_answer_is_counted_by_its_reason() -> None:
    lost = 0

    def answer(text: str) -> None:
        nonlocal lost
        if text == "b":
            lost += 1
            raise Unanswered("an empty answer")

    figures = await load(opens(answer), SCRIPT, clients=1, seconds=0.05)
    assert figures.failures == {"an empty answer": lost}
    assert figures.answered + figures.late >= lost > 0


async def test_an_answer_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "PATIENCE", 0.02)

    class Silent:
        async def say(self, text: str) -> str:
            await asyncio.Event().wait()
            return text

    @asynccontextmanager
    async def opening() -> AsyncIterator[Customer]:
        yield Silent()

    figures = await load(opening, SCRIPT, clients=2, seconds=0.01)
    assert figures.failures == {"no answer in 0.02 s": 2}
    assert figures.answered == 0


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [(200, [], "an empty answer"), (200, [{"text": " "}], "an empty answer"), (500, {}, "status 500")],
)
async def test_silence_of_the_rest_channel_is_a_failure(status: int, answer: object, reason: str) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, json=answer))
    async with httpx.AsyncClient(transport=transport, base_url="http://rasa") as http:
        with pytest.raises(Unanswered, match=reason):
            await RestCustomer(http, "one").say("hello")


def test_percentiles_are_of_answers_that_happened() -> None:
    assert milliseconds([0.001, 0.002, 0.003, 0.1], 0.5) == 2.0
    assert milliseconds([0.001, 0.002, 0.003, 0.1], 0.95) == 100.0
    assert milliseconds([], 0.5) is None


def test_rounds_are_added_up() -> None:
    both = Figures(4, 2.0, [0.1], failures=Counter({"late": 1}))
    both.add(Figures(4, 2.0, [0.2, 0.3], failures=Counter({"late": 2})))
    row = both.row()
    assert (row["seconds"], row["answered"], row["per_second"], row["failures"]) == (4.0, 3, 0.8, {"late": 3})
