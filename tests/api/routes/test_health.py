"""Health and pages: what is missing is named, and only what is ours to show is shown."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.bot.live import LiveModel, Refused
from api.bot.registry import Registry
from api.limits import Rates
from api.neighbours import Neighbours
from api.routes import health
from handoff.connection import Connection
from tests.api.redis_server import RedisServer, until
from tests.api.stand import Stand, an_article


async def test_a_product_with_all_its_parts_is_ready(client: httpx.AsyncClient, stand: Stand) -> None:
    stand.base.pages["/en/late/"] = an_article()
    answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["missing"]) == (200, [])
    assert answer.json()["parts"] == {"database": "ready", "bot": "ready", "knowledge": "ready"}


async def test_a_missing_part_is_named_with_its_reason(client: httpx.AsyncClient, stand: Stand) -> None:
    stand.member.is_away("ended with -9, restarting")
    answer = await client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["missing"] == ["bot", "knowledge"]
    assert answer.json()["parts"]["bot"] == "ended with -9, restarting"


async def test_what_everybody_may_read_quotes_neither_log_nor_place(
    app: FastAPI, client: httpx.AsyncClient, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.member.is_away("answers 503: no model in /srv/models", "answers 503")
    live = LiveModel(Registry(Path("/srv/models")), stand.fleet, lambda _: pytest.fail("none is started"))
    live.refused = Refused(
        "abc", "The bot's process ended. Its log is /srv/log; the end of it: a secret", "did not start"
    )
    monkeypatch.setattr(app.state.frontdoor, "live", live)
    answer = await client.get("/health/ready")
    assert answer.json()["parts"]["bot"] == "answers 503"
    assert answer.json()["models"]["refused"] == {"version": "abc", "reason": "did not start"}
    assert "/srv" not in answer.text
    assert stand.member.url not in answer.text


async def test_it_is_alive_whatever_is_missing(client: httpx.AsyncClient, stand: Stand) -> None:
    await stand.worker.stop()
    await stand.database.dispose()
    assert (await client.get("/health/live")).status_code == 200
    ready = await client.get("/health/ready")
    assert "database" in ready.json()["missing"]
    await stand.database.connect()


async def test_redis_is_named_while_it_is_away_and_customers_are_still_sent_here(
    app: FastAPI, client: httpx.AsyncClient, stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.base.pages["/en/late/"] = an_article()
    redis = RedisServer(tmp_path).start()
    settings = stand.settings.model_copy(update={"redis_url": redis.url})
    rates, neighbours = Rates(redis.url, "9/minute", "9/minute"), Neighbours(redis.url, stand.broadcast)
    for name, part in (("settings", settings), ("rates", rates), ("neighbours", neighbours)):
        monkeypatch.setattr(app.state.frontdoor, name, part)
    try:
        deaf = (await client.get("/health/ready")).json()["parts"]["redis"]
        assert deaf == "away: news of other processes is not heard"
        neighbours.start()
        await until(lambda: neighbours.connected)
        answer = await client.get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (200, "ready")
        assert answer.json()["parts"]["redis"] == "ready"

        redis.freeze()
        began = time.monotonic()
        answer = await client.get("/health/ready")
        assert time.monotonic() - began < health.LIMIT + 0.5
        assert answer.json()["missing"] == ["redis"]

        redis.end()
        answer = await client.get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
        assert answer.json()["missing"] == ["redis"]
        assert answer.json()["parts"]["redis"] == "away: ConnectionError"
        stand.member.is_away("ended")
        answer = await client.get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
        assert answer.json()["missing"] == ["redis", "bot"]
    finally:
        await neighbours.stop()
        await rates.aclose()
        redis.end()


async def test_a_frozen_database_does_not_hang_the_answer(
    client: httpx.AsyncClient, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.base.pages["/en/late/"] = an_article()
    thawed, given_up = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def frozen(*, long: bool = False) -> AsyncIterator[Connection]:
        try:
            await thawed.wait()
        finally:
            # A driver that is slow to give up, too.
            await asyncio.shield(thawed.wait())
            given_up.set()
        raise ConnectionResetError("it was too late")
        yield

    with monkeypatch.context() as ice:
        ice.setattr(health, "LIMIT", 0.1)
        ice.setattr(stand.database, "session", frozen)
        async with asyncio.timeout(2):
            answer = await client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] == "away: no answer in 0.1 s"
    assert answer.json()["missing"] == ["database"]
    assert (await client.get("/health/ready")).status_code == 200
    thawed.set()
    async with asyncio.timeout(2):
        await given_up.wait()


@pytest.mark.parametrize(
    "name", ["../settings.py", "%2e%2e/settings.py", "..%2fsettings.py", "nothing.js", ".", "demo.html/.."]
)
async def test_only_the_files_of_the_web_folder_are_served(client: httpx.AsyncClient, name: str) -> None:
    answer = await client.get(f"/web/{name}")
    assert answer.status_code in (404, 405), answer.text[:100]


async def test_the_widget_and_the_demo_page_are_served(client: httpx.AsyncClient) -> None:
    assert (await client.get("/")).headers["location"] == "/demo"
    assert "text/html" in (await client.get("/demo")).headers["content-type"]
    assert "javascript" in (await client.get("/web/widget.js")).headers["content-type"]
