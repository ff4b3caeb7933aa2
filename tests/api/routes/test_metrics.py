"""Metrics: Prometheus reads the same figures as the operator, and no label that a stranger makes up."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_open
from prometheus_client.parser import text_string_to_metric_families as parse
from sqlalchemy import insert

from api.dialogue.turn import Said, Turn
from handoff.conversations import Conversation
from handoff.tables import outbox

from ..stand import Stand, answered, suggests

DOCS = Path(__file__).parents[3] / "docs" / "metrics.md"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def bearer(client: httpx.AsyncClient, stand: Stand) -> dict[str, str]:
    key = (stand.settings.data_dir / "operator.key").read_text("utf-8").strip()
    return {"Authorization": f"Bearer {key}"}


async def scraped(client: httpx.AsyncClient, bearer: dict[str, str]) -> Samples:
    answer = await client.get("/metrics", headers=bearer)
    assert answer.status_code == 200
    return {(s.name, frozenset(s.labels.items())): s.value for family in parse(answer.text) for s in family.samples}


def of(samples: Samples, name: str, **labels: str) -> float | None:
    return samples.get((f"frontdoor_{name}", frozenset(labels.items())))


def total(samples: Samples, name: str, **labels: str) -> float:
    """The sum over all series with these labels."""
    wanted = set(labels.items())
    return sum(value for (found, has), value in samples.items() if found == f"frontdoor_{name}" and wanted <= has)


@pytest.fixture
async def busy(stand: Stand, conversation: Conversation) -> Stand:
    """A morning: answers, suggestions, nothing found, a bot that broke, and a Korean customer who wants a person."""
    from api.dialogue.plain import PlainEngine

    plain = stand.bot_with(PlainEngine(stand.services))
    vague = {"which one": [suggests("/a", "/b")], "or that one": [suggests("/c", "/d")]}
    stand.base.outcomes = {"where is it": [answered()], **vague}
    for text in ("where is it", *vague, "pottery"):
        await stand.say(conversation.id, text, plain)
    korean = await stand.conversations.open("web", "ko", "hash", stand.now)
    await stand.say(korean.id, "상담원 연결해 주세요", plain)

    async def breaks(_turn: Turn) -> list[Said]:
        raise ValueError

    stand.engine.does = breaks
    await stand.say(conversation.id, "are you there")
    return stand


async def test_metrics_and_page_say_the_same(client: httpx.AsyncClient, bearer: dict[str, str], busy: Stand) -> None:
    told: dict[str, Any] = (await client.get("/operator/figures", headers=bearer)).json()["figures"]
    found = await scraped(client, bearer)
    today = told["today"]
    assert (today["turns"], today["answered"], today["suggested"], today["unanswered"]) == (6, 1, 2, 2)
    assert today["without_bot"] == 1
    for outcome, count in today["outcomes"].items():
        assert total(found, "today_turns", outcome=outcome) == count
        assert total(found, "turns_total", outcome=outcome) == count
    for group, name in (("by_language", "language"), ("by_channel", "channel")):
        for key, summary in told[group].items():
            assert total(found, "today_turns", **{name: key}) == summary["turns"]
            assert total(found, "today_conversations", **{name: key}) == summary["conversations"]
            assert total(found, "today_tickets", **{name: key}) == summary["tickets"]
            assert total(found, "today_troubles", **{name: key}) == summary["without_bot"]
            assert total(found, "today_turns", outcome="person", **{name: key}) == summary["handoff_requests"]
    for result in ("answered", "suggested", "unanswered"):
        assert of(found, "today_question_ratio", result=result) == pytest.approx(today[f"{result}_share"])
    for quantile, name in (("0.5", "wait_p50"), ("0.95", "wait_p95")):
        assert of(found, "today_turn_wait_seconds", quantile=quantile, language="all") == today[name]
        assert of(found, "today_turn_wait_seconds", quantile=quantile, language="ko") == told["by_language"]["ko"][name]
    now = told["now"]
    assert of(found, "tickets_open") == now["open_tickets"]
    assert of(found, "promises_overdue") == now["overdue_promises"]
    assert of(found, "messages_unanswered") == now["unanswered_messages"]
    assert of(found, "conversations_waiting") == now["waiting_conversations"]
    assert of(found, "outbox_due") == now["undelivered"]
    assert of(found, "dead_letters") == now["dead_letters"]
    assert of(found, "engine_down_total", kind="engine") == today["without_bot"]
    assert of(found, "handoff_requests_total", language="ko", channel="web") == 1


async def test_what_happens_over_http_is_counted_by_route_and_never_by_address(
    client: httpx.AsyncClient, bearer: dict[str, str]
) -> None:
    opened = (await client.post("/api/v1/conversations", json={"locale": "en"})).json()
    token = {"Authorization": f"Bearer {opened['token']}"}
    place = f"/api/v1/conversations/{opened['id']}/messages"
    for _ in range(2):
        # Sent again: stored, and counted, once.
        assert (await client.post(place, json={"id": "1", "text": "hello"}, headers=token)).status_code == 202
    for address in ("/no/such/place", "/nor/this?one=1"):
        await client.get(address)
    await client.request("BREW", "/operator")
    await client.post("/api/v1/conversations", content=b"x" * 100_000)
    found = await scraped(client, bearer)
    assert of(found, "messages_received_total", channel="web") == 1
    route = "/api/v1/conversations/{conversation_id}/messages"
    assert of(found, "http_requests_total", method="POST", route=route, status="202") == 2
    assert of(found, "http_requests_total", method="GET", route="unmatched", status="404") == 2
    assert of(found, "http_requests_total", method="POST", route="unmatched", status="413") == 1
    assert total(found, "http_requests_total", method="other") == 1
    assert opened["id"] not in str(found)


async def test_each_look_into_the_articles_is_timed(
    client: httpx.AsyncClient, bearer: dict[str, str], busy: Stand
) -> None:
    found = await scraped(client, bearer)
    assert (of(found, "search_seconds_count") or 0) >= 4
    assert total(found, "turn_seconds_count") == 6
    assert of(found, "event_watchers") == 0


async def test_the_time_of_each_turn_is_told_by_step(
    client: httpx.AsyncClient, bearer: dict[str, str], busy: Stand
) -> None:
    found = await scraped(client, bearer)
    for step, times in (("waiting", 6), ("commit", 6), ("plain", 1)):
        assert of(found, "turn_step_seconds_count", step=step) == times
    assert total(found, "turn_step_seconds_sum") > 0


async def test_what_is_on_its_way_and_what_will_never_arrive_is_told_with_its_age(
    client: httpx.AsyncClient, bearer: dict[str, str], stand: Stand, conversation: Conversation
) -> None:
    await stand.events.receive(conversation.id, "m1", "hello?", stand.now)
    row = {"conversation_id": conversation.id, "channel": "telegram", "attempts": 3, "parts_sent": 0, "sent": []}
    row |= {"due_at": stand.now, "at": stand.now, "reason": "away", "done_at": None}
    async with stand.database.transaction() as connection:
        await connection.execute(
            insert(outbox), [{**row, "seq": 1, "status": "due"}, {**row, "seq": 2, "status": "dead"}]
        )
    stand.now += timedelta(minutes=2)
    found = await scraped(client, bearer)
    assert (of(found, "messages_unanswered"), of(found, "conversations_waiting")) == (1, 1)
    assert of(found, "oldest_unanswered_seconds") == of(found, "outbox_oldest_seconds") == 120
    assert (of(found, "outbox_due"), of(found, "dead_letters")) == (1, 1)


async def test_parts_are_measured(client: httpx.AsyncClient, bearer: dict[str, str], stand: Stand) -> None:
    found = await scraped(client, bearer)
    assert of(found, "bot_ready", bot="1") == 1
    assert of(found, "database_up") == 1
    assert of(found, "redis_up") is None
    assert (of(found, "process_memory_bytes", process="api") or 0) > 10**7
    [about] = [dict(labels) for name, labels in found if name == "frontdoor_info"]
    assert about["model"] == "told"
    stand.member.is_away("gone")
    stand.member.restarts = 3
    found = await scraped(client, bearer)
    assert (of(found, "bot_ready", bot="1"), of(found, "bot_restarts_total", bot="1")) == (0, 3)


async def test_prometheus_may_ask_for_its_newer_format(
    client: httpx.AsyncClient, bearer: dict[str, str], busy: Stand
) -> None:
    accept = "application/openmetrics-text; version=1.0.0"
    answer = await client.get("/metrics", headers={**bearer, "Accept": accept})
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert "frontdoor_turns" in [family.name for family in parse_open(answer.text)]
    plain = await client.get("/metrics", headers=bearer)
    assert plain.headers["content-type"].startswith("text/plain")


async def test_two_products_in_one_process_count_apart(stand: Stand) -> None:
    from api.meters import Meters

    other = Meters()
    other.message("web")
    assert stand.meters.registry.get_sample_value("frontdoor_messages_received_total", {"channel": "web"}) is None


async def test_every_metric_is_in_the_table_of_metrics_and_the_other_way_round(
    client: httpx.AsyncClient, bearer: dict[str, str], busy: Stand
) -> None:
    answer = await client.get("/metrics", headers=bearer)
    exposed = {f"{f.name}_total" if f.type == "counter" else f.name for f in parse(answer.text)}
    told = set(re.findall(r"^\| `(frontdoor_\w+)`", DOCS.read_text("utf-8"), flags=re.MULTILINE))
    # Only where there is something to say: a Redis, an article on disk.
    seldom = {"frontdoor_redis_up", "frontdoor_articles_changed_timestamp_seconds"}
    assert exposed - told == set()
    assert told - exposed <= seldom
