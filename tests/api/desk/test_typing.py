"""Typing is shown for a few seconds, in every process, and kept nowhere."""

from api.broadcast import Broadcast
from api.desk.typing import SHOWN, Typing


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_is_shown_for_a_few_seconds_and_ends_by_itself() -> None:
    clock = Clock()
    typing = Typing(Broadcast(), clock)
    typing.begin("c1", "Kim Min-ji: 상담")
    assert typing.who("c1") == "Kim Min-ji: 상담"
    assert typing.who("c2") is None
    clock.now += SHOWN
    assert typing.who("c1") is None


def test_what_was_sent_is_not_being_written_any_more() -> None:
    typing = Typing(Broadcast(), Clock())
    typing.begin("c1", "Kim")
    typing.stop("c1")
    assert typing.who("c1") is None


async def test_another_process_hears_it_and_wakes_the_customers_page() -> None:
    here, there = Broadcast(), Broadcast()
    here.pass_on(there.hear)
    mine, theirs = Typing(here, Clock()), Typing(there, Clock())
    async with there.watch("c1") as news:
        mine.begin("c1", "Kim")
        assert news.is_set()
    assert theirs.who("c1") == "Kim"
