"""Heads: no first line is too long for a clear refusal, and none is waited for for ever."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn

from api import heads
from api.heads import BYTES, Doorway


async def hello(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"hi"})


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A server with this doorway."""
    config = uvicorn.Config(hello, port=0, http=Doorway, log_config=None, lifespan="off")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    yield server.servers[0].sockets[0].getsockname()[1]
    await server.shutdown()


async def told(port: int, *pieces: bytes) -> bytes:
    """What comes back until the line is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        async with asyncio.timeout(20):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


GOOD = b"GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n"


async def test_a_head_of_usual_size_is_read_in_whatever_pieces_it_comes(port: int) -> None:
    whole = GOOD + b"X: " + b"x" * 8000 + b"\r\n\r\n"
    assert (await told(port, whole)).endswith(b"hi")
    assert (await told(port, *(whole[at : at + 1000] for at in range(0, len(whole), 1000)))).endswith(b"hi")


async def test_one_connection_may_ask_as_often_as_it_likes(port: int) -> None:
    again = GOOD.replace(b"Connection: close\r\n", b"X: " + b"x" * 9000 + b"\r\n")
    asked = [again + b"\r\n"] * (3 * BYTES // 9000) + [GOOD + b"\r\n"]
    assert (await told(port, *asked)).count(b"hi") == len(asked)


@pytest.mark.parametrize(
    "head",
    [
        GOOD + b"X: " + b"x" * BYTES + b"\r\n\r\n",
        GOOD + b"X: y\r\n" * (BYTES // 3) + b"\r\n",
        b"GET /" + b"x" * BYTES + b" HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
    ],
    ids=["a long line", "many lines", "a long address", "no HTTP"],
)
async def test_any_other_is_refused_in_the_form_of_all_refusals(port: int, head: bytes) -> None:
    line, _, body = (await told(port, head)).partition(b"\r\n\r\n")
    assert line.startswith(b"HTTP/1.1 400")
    assert json.loads(body)["code"] == "unreadable"


async def test_a_line_that_does_not_end_is_told_so(port: int) -> None:
    assert (await told(port, GOOD + b"X: ", *[b"x" * 10_000] * 100)).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("begun", [b"", GOOD])
async def test_a_head_that_does_not_come_is_not_waited_for(
    port: int, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(heads, "SECONDS", 0.05)
    assert await told(port, begun) == b""
