"""A bot elsewhere: used while it says that it is ready, and missed as soon as it is not."""

import asyncio
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from api.bot import remote
from api.bot.remote import RemoteBot
from api.bot.way_back import WayBack
from tests.api.stand import SECRET

HERE = WayBack("127.0.0.1", 8000)


class Elsewhere:
    """A Rasa process as its channel shows itself."""

    def __init__(self) -> None:
        self.model, self.state, self.thinks = "bot-abc.tar.gz", 200, 200
        self.asked: list[str] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.state == 0:
            raise httpx.ConnectError("nobody there", request=request)
        self.asked.append(request.url.path.rpartition("/")[2])
        if request.headers.get("x-frontdoor-secret") != SECRET:
            return httpx.Response(403, json={"error": "wrong secret"})
        body: dict[str, Any] = {"model": self.model}
        return httpx.Response(self.thinks if self.asked[-1] == "turn" else self.state, json=body)


@pytest.fixture
def elsewhere() -> Elsewhere:
    return Elsewhere()


@pytest.fixture
def bot(elsewhere: Elsewhere) -> RemoteBot:
    bot = RemoteBot("http://bot:5005", SECRET, HERE)
    bot.client = httpx.AsyncClient(
        transport=httpx.MockTransport(elsewhere.answer), base_url=bot.url, headers=bot.client.headers
    )
    return bot


async def test_it_serves_after_its_first_turns_in_each_language(bot: RemoteBot, elsewhere: Elsewhere) -> None:
    await bot._look()
    assert (bot.ready, bot.model_version) == (True, "abc")
    assert elsewhere.asked == ["ready", "turn", "turn", "turn"]
    await bot._look()
    assert elsewhere.asked[4:] == ["ready"]


@pytest.mark.parametrize(("state", "reason"), [(0, "cannot be reached"), (503, "answers 503"), (403, "answers 403")])
async def test_while_it_is_away_its_reason_is_told(
    bot: RemoteBot, elsewhere: Elsewhere, state: int, reason: str
) -> None:
    await bot._look()
    elsewhere.state = state
    await bot._look()
    assert not bot.ready
    assert reason in bot.reason
    assert bot.restarts == 1
    elsewhere.state = 200
    await bot._look()
    assert bot.ready


async def test_one_that_is_there_and_cannot_think_gets_no_customers(bot: RemoteBot, elsewhere: Elsewhere) -> None:
    elsewhere.thinks = 500
    await bot._look()
    assert not bot.ready
    assert "answered its first turn with 500" in bot.reason


async def test_another_model_at_the_same_address_is_noticed(bot: RemoteBot, elsewhere: Elsewhere) -> None:
    await bot._look()
    elsewhere.model = "bot-def.tar.gz"
    await bot._look()
    assert bot.model_version == "def"
    assert elsewhere.asked.count("turn") == 6


async def test_with_another_secret_it_is_not_used(elsewhere: Elsewhere) -> None:
    bot = RemoteBot("http://bot:5005", "another secret", HERE)
    bot.client = httpx.AsyncClient(
        transport=httpx.MockTransport(elsewhere.answer), base_url=bot.url, headers=bot.client.headers
    )
    await bot._look()
    assert not bot.ready
    assert "wrong secret" in bot.reason
    assert bot.in_short == "answers 403"


@pytest.mark.parametrize("content", [b"<html>a proxy at http://inside:5005</html>", b"", b"[]", b'"ready"', b"\xff"])
async def test_what_answers_and_is_no_bot_gets_no_customers(bot: RemoteBot, content: bytes) -> None:
    bot.client = httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, content=content)), base_url=bot.url
    )
    await bot._look()
    assert not bot.ready
    assert bot.in_short == "answers, but not as a bot"


async def test_whatever_a_look_meets_the_next_one_is_made(
    bot: RemoteBot, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "LOOK", 0.001)
    fine, seen, again = elsewhere.answer, asyncio.Event(), asyncio.Event()

    def odd(request: httpx.Request) -> httpx.Response:
        seen.set()
        raise RuntimeError("an address that http://inside cannot have")

    def well(request: httpx.Request) -> httpx.Response:
        if elsewhere.asked.count("turn") == 3:
            again.set()
        return fine(request)

    answer = odd
    bot.client = httpx.AsyncClient(
        transport=httpx.MockTransport(lambda request: answer(request)), base_url=bot.url, headers=bot.client.headers
    )
    with capture_logs() as logs:
        await bot.start()
        assert (bot.ready, bot.in_short) == (False, "cannot be looked at")
        assert "RuntimeError" in bot.reason
        seen.clear()
        await asyncio.wait_for(seen.wait(), 10)
        answer = well
        await asyncio.wait_for(again.wait(), 10)
        assert bot.ready
        await bot.stop()
    # Said once, however often it was met.
    assert [line["event"] for line in logs].count("bot.not_looked_at") == 1
