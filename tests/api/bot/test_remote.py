"""A bot elsewhere: used while it says that it is ready, and missed as soon as it is not."""

from typing import Any

import httpx
import pytest

from api.bot.remote import RemoteBot
from tests.api.stand import SECRET


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
    bot = RemoteBot("http://bot:5005", SECRET)
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
    bot = RemoteBot("http://bot:5005", "another secret")
    bot.client = httpx.AsyncClient(
        transport=httpx.MockTransport(elsewhere.answer), base_url=bot.url, headers=bot.client.headers
    )
    await bot._look()
    assert not bot.ready
    assert "wrong secret" in bot.reason
