"""Breaker: a Redis that does not answer costs one customer a second, not each of them."""

import asyncio
import signal
import time
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from api.errors import TooFast
from api.limits import PATIENCE, WRONG_KEYS, Rates

from .redis_server import RedisServer, until


@pytest.fixture
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis")).start()
    yield server
    server.end(signal.SIGTERM)


async def counted_in_redis(rates: Rates) -> None:
    """Waits until messages are counted in Redis again."""
    await until(lambda: not rates._breaker.open)


async def test_only_the_first_message_waits_for_a_frozen_redis_and_the_log_says_it_once(redis: RedisServer) -> None:
    rates = Rates(redis.url, "1000/minute", "1000/minute")
    with capture_logs() as logs:
        await rates.address("10.0.0.1")
        redis.freeze()
        began = time.monotonic()
        await rates.address("10.0.0.1")
        first = time.monotonic() - began
        began = time.monotonic()
        for _ in range(50):
            await rates.address("10.0.0.1")
            await rates.conversation("c")
            await rates.tally(WRONG_KEYS, "operator", "10.0.0.1")
        rest = time.monotonic() - began
        # Long enough for several questions whether it is back.
        await asyncio.sleep(2.5)
        redis.thaw()
        await counted_in_redis(rates)
    await rates.aclose()
    assert first < PATIENCE + 0.5
    assert rest < 0.5
    assert [(line["event"], line["use"]) for line in logs] == [
        ("redis.away", "rate limits"),
        ("redis.back", "rate limits"),
    ]


async def test_the_limit_holds_in_this_process_meanwhile_and_in_all_of_them_afterwards(redis: RedisServer) -> None:
    one, other = (Rates(redis.url, "2/minute", "2/minute") for _ in range(2))
    redis.end()
    for _ in range(2):
        await one.conversation("c")
    with pytest.raises(TooFast):
        await one.conversation("c")
    redis.start()
    await counted_in_redis(one)
    await one.conversation("d")
    await other.conversation("d")
    with pytest.raises(TooFast):
        await one.conversation("d")
    await one.aclose()
    await other.aclose()


async def test_nothing_is_left_running_when_it_is_closed_while_redis_is_away(redis: RedisServer) -> None:
    rates = Rates(redis.url, "2/minute", "2/minute")
    redis.end()
    await rates.address("10.0.0.1")
    before = len(asyncio.all_tasks())
    await rates.aclose()
    assert len(asyncio.all_tasks()) == before - 1
