"""The way back: a bot elsewhere is told how it reaches the process that asked, and nobody else."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from api.bot.remote import RemoteBot
from api.bot.way_back import WayBack
from api.settings import BadSetting, Settings
from tests.api.stand import SECRET
from tests.conftest import missing

MODEL = b'{"model": "bot-abc.tar.gz"}'


@asynccontextmanager
async def serving(asked: list[bytes], address: str = "127.0.0.1") -> AsyncIterator[str]:
    """A bot elsewhere on a real line: keeps the turns it is asked for; gives its address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b"content-length: " in head:
            asked.append(await reader.readexactly(int(head.split(b"content-length: ")[1].split()[0])))
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(MODEL), MODEL))
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, address, 0)
    host, port = server.sockets[0].getsockname()[:2]
    async with server:
        yield f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@asynccontextmanager
async def looked_at(url: str, way_back: WayBack) -> AsyncIterator[RemoteBot]:
    bot = RemoteBot(url, SECRET, way_back)
    try:
        await bot._look()
        assert bot.ready, bot.reason
        yield bot
    finally:
        await bot.client.aclose()


@pytest.mark.parametrize(
    ("way_back", "told"),
    [
        (WayBack("0.0.0.0", 8001), "http://127.0.0.1:8001/internal/actions"),
        (WayBack("10.0.0.7", 8001), "http://10.0.0.7:8001/internal/actions"),
        (WayBack("fd00::7", 8001), "http://[fd00::7]:8001/internal/actions"),
        (WayBack("0.0.0.0", 8001, "https://mesh/a/internal/actions"), "https://mesh/a/internal/actions"),
    ],
)
async def test_each_turn_says_how_the_process_that_asks_is_reached(way_back: WayBack, told: str) -> None:
    asked: list[bytes] = []
    async with serving(asked) as url, looked_at(url, way_back) as bot:
        assert bot.asked({"sender": "x"}) == {"sender": "x", "actions_url": told}
    assert [json.loads(turn)["actions_url"] for turn in asked] == [told] * 3, "also the first turns"


async def test_on_the_newer_internet_the_address_is_written_as_it_must_be() -> None:
    try:
        server = await asyncio.start_server(lambda *_: None, "::1", 0)
    except OSError as problem:
        missing(f"this machine has no IPv6: {problem}")
    server.close()
    await server.wait_closed()
    async with serving([], "::1") as url, looked_at(url, WayBack("::", 8001)) as bot:
        assert bot.actions_url == "http://[::1]:8001/internal/actions"


async def test_a_way_that_nothing_tells_is_not_made_up() -> None:
    bot = RemoteBot("http://bot:5005", SECRET, WayBack("0.0.0.0", 8001))
    bot.client = httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, content=MODEL)), base_url=bot.url
    )
    await bot._look()
    assert bot.ready
    assert bot.asked({"sender": "x"}) == {"sender": "x"}


@pytest.mark.parametrize(
    ("host", "told"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("10.0.0.7", "10.0.0.7")],
)
def test_a_bot_of_this_machine_asks_where_the_product_listens(host: str, told: str) -> None:
    settings = Settings(host=host, port=8001)
    assert WayBack.of(settings).on_this_machine() == f"http://{told}:8001/internal/actions"


def test_an_address_that_is_none_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDOOR_ACTIONS_URL", "api:8000")
    with pytest.raises(BadSetting, match="FRONTDOOR_ACTIONS_URL='api:8000'"):
        Settings.read()
