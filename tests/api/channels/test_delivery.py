"""Delivery: whatever a channel does, a letter ends somewhere and holds up nobody else's."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from api.channels.delivery import CLAIM, Delivery, word_of
from api.channels.port import Later, Limits, Outcome, OutgoingWord, Part, Refused, Sent
from handoff.conversations import Conversation
from handoff.events import Event, Word
from handoff.outbox import Letter, Outbox
from tests.api.stand import NOW, Stand


class Pigeon:
    """A channel that does what a test tells it."""

    limits = Limits(100, len, per_chat=0.0, overall=0.0)

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.answers: Callable[[Part], Outcome] = lambda _: Sent("1")
        self.parts: Callable[[OutgoingWord], Sequence[Part]] = lambda word: [
            Part("fly", {"to": word.address, "text": word.text})
        ]
        self.began, self.let_go = asyncio.Event(), asyncio.Event()
        self.let_go.set()

    def simulated(self, _: str) -> bool:
        return False

    def render(self, word: OutgoingWord) -> Sequence[Part]:
        return self.parts(word)

    async def send(self, part: Part) -> Outcome:
        self.began.set()
        self.sent.append((str(part.body["to"]), str(part.body["text"])))
        if part.body["to"] == "far":
            await self.let_go.wait()
        return self.answers(part)


@asynccontextmanager
async def delivering(stand: Stand, pigeon: Pigeon) -> AsyncIterator[Delivery]:
    delivery = Delivery(Outbox(stand.database), {"pigeon": pigeon}, "", stand.clock, stand.broadcast.tell)  # type: ignore[dict-item]
    delivery.start()
    try:
        yield delivery
    finally:
        await delivery.stop()


async def a_chat(stand: Stand, address: str, *texts: str, channel: str = "pigeon") -> Conversation:
    chat = await stand.conversations.open(channel, "en", None, NOW, address=address)
    await stand.events.say(chat.id, [Word("message", "bot", text) for text in texts], 0, NOW)
    return chat


async def ended(stand: Stand, count: int) -> list[Letter]:
    """The letters that are no longer on their way, once there are so many."""
    async with asyncio.timeout(15):
        while True:
            found = [one for one in await Outbox(stand.database).letters() if one.status != "due"]
            if len(found) >= count:
                return found
            await asyncio.sleep(0.02)


async def test_a_slow_chat_holds_up_nobody_else(stand: Stand) -> None:
    pigeon = Pigeon()
    pigeon.let_go.clear()
    await a_chat(stand, "far", "one", "two")
    async with delivering(stand, pigeon):
        await a_chat(stand, "near", "hello", "again")
        await ended(stand, 2)
        assert [text for to, text in pigeon.sent if to == "far"] == ["one"]
        pigeon.let_go.set()
        await ended(stand, 4)
    assert [text for to, text in pigeon.sent if to == "far"] == ["one", "two"]
    assert [text for to, text in pigeon.sent if to == "near"] == ["hello", "again"]


async def test_what_cannot_be_rendered_is_given_up_and_the_next_word_goes_out(stand: Stand) -> None:
    pigeon = Pigeon()
    good = pigeon.parts

    def breaks(word: OutgoingWord) -> Sequence[Part]:
        if word.text == "odd":
            raise ValueError("a mistake of the channel's")
        return good(word)

    pigeon.parts = breaks
    await a_chat(stand, "near", "odd", "even")
    async with delivering(stand, pigeon):
        letters = await ended(stand, 2)
    assert [(letter.status, bool(letter.reason)) for letter in letters] == [("dead", True), ("sent", False)]


async def test_whoever_watches_hears_at_once_that_a_word_was_refused_and_later_that_it_arrived(stand: Stand) -> None:
    pigeon = Pigeon()
    pigeon.answers = lambda _: Refused("the loft is shut")
    chat = await a_chat(stand, "near", "hello")
    async with stand.broadcast.watch(chat.id) as news, delivering(stand, pigeon) as delivery, asyncio.timeout(15):
        await news.wait()
        [told] = await stand.events.after(chat.id, 1, dropped=True)
        assert (told.type, dict(told.data)) == ("undelivered", {"seq": 1, "reason": "the loft is shut"})
        news.clear()
        pigeon.answers = lambda _: Sent("1")
        [letter] = await ended(stand, 1)
        stand.now += timedelta(seconds=1)
        await Outbox(stand.database).again(letter.id, stand.now)
        delivery.notice()
        await news.wait()
    assert [e.type for e in await stand.events.after(chat.id, 1, dropped=True)] == ["undelivered", "delivered"]


async def test_a_word_sent_again_is_tried_as_if_for_the_first_time(stand: Stand) -> None:
    pigeon = Pigeon()
    waits: list[float] = []
    pigeon.parts = lambda word: [Part("fly", {"to": "near", "text": text}) for text in ("a", "b", "c")]
    pigeon.answers = lambda part: Refused("shut") if part.body["text"] == "c" else Sent("1")
    await a_chat(stand, "near", "long")
    outbox = Outbox(stand.database)
    async with delivering(stand, pigeon) as delivery, asyncio.timeout(15):
        [letter] = await ended(stand, 1)
        pigeon.answers = lambda _: Later("busy")
        await outbox.again(letter.id, stand.now)
        delivery.notice()
        while len(waits) < 3:
            [letter] = await outbox.letters()
            wait = (letter.due_at - stand.now).total_seconds()
            # A letter that is just being tried is not due for a while either.
            if letter.reason == "busy" and letter.attempts == len(waits) + 1 and 0 < wait < CLAIM / 2:
                waits.append(wait)
                stand.now = letter.due_at
                delivery.notice()
            await asyncio.sleep(0.01)
    # Each wait is about twice the one before, beginning with a second.
    assert all(0.7 * 2**n < seconds < 1.3 * 2**n for n, seconds in enumerate(waits)), waits


async def test_a_channel_that_is_gone_is_said(stand: Stand) -> None:
    await a_chat(stand, "near", "hello", channel="dodo")
    async with delivering(stand, Pigeon()):
        [letter] = await ended(stand, 1)
    assert letter.status == "dead"
    assert "dodo" in str(letter.reason)


async def test_an_optional_request_is_passed_over_after_a_few_tries(stand: Stand) -> None:
    pigeon = Pigeon()
    pigeon.parts = lambda word: [Part("wave", {"to": "near", "text": "-"}, optional=True), *Pigeon().parts(word)]
    pigeon.answers = lambda part: Later("busy", 0.0) if part.optional else Sent("1")
    await a_chat(stand, "near", "hello")
    outbox = Outbox(stand.database)
    async with delivering(stand, pigeon) as delivery, asyncio.timeout(15):
        while not [one for one in await outbox.letters() if one.status == "sent"]:
            if due := await outbox.next_due(stand.now):
                stand.now = due
                delivery.notice()
            await asyncio.sleep(0.02)
    assert [text for _, text in pigeon.sent] == ["-"] * 3 + ["hello"]


async def test_a_request_in_hand_is_finished_when_the_product_stops(stand: Stand) -> None:
    pigeon = Pigeon()
    pigeon.let_go.clear()
    await a_chat(stand, "far", "one", "two")
    async with delivering(stand, pigeon) as delivery, asyncio.timeout(15):
        await pigeon.began.wait()
        stopping = asyncio.create_task(delivery.stop())
        await asyncio.sleep(0)
        pigeon.let_go.set()
        await stopping
    assert [letter.status for letter in await Outbox(stand.database).letters()] == ["sent", "due"]


SOURCES = [{"title": "Late parcels", "url": "/kb/en/late/#wait"}, {"title": "Refunds", "url": "/kb/en/refunds/"}]


@pytest.mark.parametrize(
    ("public_url", "url", "shown"),
    [
        ("", "/kb/en/late/#wait", None),
        ("https://shop.example", "/kb/en/late/#wait", "https://shop.example/kb/en/late/#wait"),
        ("https://shop.example/help/", "/kb/en/late/", "https://shop.example/help/kb/en/late/"),
        ("https://shop.example", "https://articles.example/late", "https://articles.example/late"),
        ("", "javascript:alert(1)", None),
    ],
)
def test_a_source_is_linked_where_customers_can_reach_it(public_url: str, url: str, shown: str | None) -> None:
    [source] = word_of(letter([{"title": "Late parcels", "url": url}], []), public_url).sources
    assert (source.title, source.url) == ("From the article “Late parcels”", shown)


def test_a_suggestion_is_named_once_when_it_has_a_button() -> None:
    offered = letter(SOURCES, ["Refunds"])
    assert [source.title for source in word_of(offered, "").sources] == ["From the article “Late parcels”"]
    assert [source.title for source in word_of(offered, "https://shop.example").sources][1] == "Refunds"


def letter(sources: list[dict[str, str]], buttons: list[str]) -> Letter:
    at = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    data = {"sources": sources, "buttons": [{"title": title, "text": title} for title in buttons]}
    event = Event("c", 2, "message", "bot", "Here.", data, None, 0, 1, at, at)
    return Letter(1, "c", 2, "pigeon", "due", 0, 0, at, None, [], at, None, "near", "en", event, {})
