"""Neighbours: news reaches who is connected to another process, with Redis there, away, frozen and back."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from api import announcements
from api.broadcast import Broadcast
from api.neighbours import Neighbours

from .redis_server import RedisServer, until


@pytest.fixture
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis")).start()
    yield server
    server.end()


@asynccontextmanager
async def process(url: str) -> AsyncIterator[tuple[Broadcast, Neighbours]]:
    """What one process of the product has of it, connected."""
    broadcast = Broadcast()
    neighbours = Neighbours(url, broadcast)
    neighbours.start()
    try:
        yield broadcast, neighbours
    finally:
        await neighbours.stop()


class Two:
    """Two processes of the product."""

    def __init__(self, here: tuple[Broadcast, Neighbours], there: tuple[Broadcast, Neighbours]) -> None:
        self.here, self._one = here
        self.there, self._other = there
        self.told: list[str] = []
        self.there.listen(self.told.append)

    @property
    def connected(self) -> bool:
        return self._one.connected and self._other.connected

    @property
    def apart(self) -> bool:
        return not (self._one.connected or self._other.connected)


@pytest.fixture
async def two(redis: RedisServer) -> AsyncIterator[Two]:
    async with AsyncExitStack() as stack:
        two = Two(*[await stack.enter_async_context(process(redis.url)) for _ in range(2)])
        await until(lambda: two.connected)
        await asyncio.sleep(0.3)  # they look once when they are connected, and that must not pass for news
        yield two


async def heard(news: asyncio.Event, within: float = 5.0) -> None:
    async with asyncio.timeout(within):
        await news.wait()
    news.clear()


async def test_a_watcher_elsewhere_is_woken_and_others_are_not(two: Two) -> None:
    async with two.there.watch("a") as news, two.there.watch("b") as other:
        two.here.tell("a")
        await heard(news)
        assert not other.is_set()
    assert two.told == ["a"]


async def test_who_watches_here_is_woken_at_once_and_only_once(two: Two) -> None:
    async with two.here.watch("a") as near, two.there.watch("a") as far:
        two.here.tell("a")
        assert near.is_set()
        near.clear()
        await heard(far)
        two.there.tell("the end")
        await until(lambda: "the end" in two.told)
        # Its own words came back from Redis before those of the other, and were not news.
        assert not near.is_set()


@pytest.mark.parametrize("protocol", [2, 3])
async def test_news_passes_whatever_words_redis_uses_and_whatever_the_name(redis: RedisServer, protocol: int) -> None:
    name = "web:한국어 中文 'quoted' %s"
    url = f"{redis.url}?protocol={protocol}"
    async with process(url) as here, process(url) as there:
        two = Two(here, there)
        await until(lambda: two.connected)
        # Long enough that Redis was asked whether it is still there.
        await asyncio.sleep(2.5)
        assert two.connected
        two.here.tell(name)
        await until(lambda: two.told == [name])


async def test_two_products_in_two_databases_of_one_redis_do_not_hear_each_other(redis: RedisServer) -> None:
    other_url = redis.url.removesuffix("0") + "1"
    async with process(redis.url) as here, process(redis.url) as there, process(other_url) as stranger:
        two = Two(here, there)
        heard_there: list[str] = []
        stranger[0].listen(heard_there.append)
        await until(lambda: two.connected and stranger[1].connected)
        two.here.tell("a")
        await until(lambda: two.told == ["a"])
        assert heard_there == []


@pytest.mark.parametrize("how", ["killed", "frozen"])
async def test_without_redis_watchers_look_by_themselves_and_after_it_they_are_told_again(
    redis: RedisServer, two: Two, how: str
) -> None:
    with capture_logs() as logs:
        async with two.there.watch("a") as news:
            if how == "killed":
                redis.end()
            else:
                redis.freeze()
            await until(lambda: two.apart)
            two.here.tell("a")
            for _ in range(3):
                await heard(news, 2.0)
            if how == "killed":
                redis.start()
            else:
                redis.thaw()
            await until(lambda: two.connected)
            await heard(news)
            await asyncio.sleep(0.3)
            two.told.clear()
            two.here.tell("b")
            await until(lambda: "b" in two.told)
    said = [(line["event"], line["use"]) for line in logs]
    # Two processes, each of which says once that it hears nothing, and once that it does again.
    assert said.count(("redis.away", "news from other processes")) == 2
    assert said.count(("redis.back", "news from other processes")) == 2
    assert said.count(("redis.away", "news for other processes")) <= 1


async def test_news_that_was_told_while_redis_was_away_reaches_who_did_not_notice(redis: RedisServer) -> None:
    """One process alone has lost Redis: the others have no reason to look, until it says that something was missed."""
    async with process(redis.url) as here, process(redis.url) as there:
        two = Two(here, there)
        await until(lambda: two.connected)
        await asyncio.sleep(0.3)
        async with two.there.watch("a") as news, Redis.from_url(redis.url) as operator:
            refused = asyncio.Event()
            publish = here[1]._announcements._publish

            async def cut(about: list[str]) -> None:
                if not refused.is_set():
                    refused.set()
                    raise ConnectionResetError("the cable")
                await publish(about)

            here[1]._announcements._publish = cut  # type: ignore[method-assign]  # a network that fails once
            two.here.tell("a")
            await refused.wait()
            assert not news.is_set()
            await heard(news)
            assert await operator.ping()
        assert two.told == []


async def test_telling_never_waits_and_never_fails(redis: RedisServer, two: Two) -> None:
    redis.freeze()
    clock = asyncio.get_running_loop().time
    began = clock()
    for number in range(20_000):
        two.here.tell(str(number))
    assert clock() - began < 1
    # What is not told yet takes no more room than this; then "everyone" is said instead.
    assert len(two._one._announcements._waiting) <= announcements.MOST
    async with two.there.watch("a") as news:
        redis.thaw()
        await heard(news)


async def test_a_process_that_is_stopped_tells_its_last_news(redis: RedisServer) -> None:
    async with process(redis.url) as there:
        told: list[str] = []
        there[0].listen(told.append)
        async with process(redis.url) as here:
            await until(lambda: here[1].connected and there[1].connected)
            here[0].tell("the last")
            # No moment between: it is stopped with the news in hand.
        await until(lambda: "the last" in told)


async def test_redis_that_is_away_at_the_start_is_waited_for(redis: RedisServer) -> None:
    redis.end()
    async with process(redis.url) as here:
        broadcast, neighbours = here
        async with broadcast.watch("a") as news:
            await heard(news)
            await heard(news)
            assert not neighbours.connected
            redis.start()
            await until(lambda: neighbours.connected)


async def test_processes_that_end_while_they_connect_or_listen_do_end(redis: RedisServer) -> None:
    async def begin_and_end(after: float) -> None:
        neighbours = Neighbours(redis.url, Broadcast())
        neighbours.start()
        await asyncio.sleep(after)
        await neighbours.stop()

    async with asyncio.timeout(15):
        # At every moment of connecting, and around the first question after a second of silence.
        await asyncio.gather(*[begin_and_end(number / 5000) for number in range(100)])
        await asyncio.gather(*[begin_and_end(number / 100) for number in range(220)])
