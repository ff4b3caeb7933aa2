"""Health and pages: what is missing is named, and only what is ours to show is shown."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.bot.live import LiveModel, Refused
from api.bot.registry import Registry
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
