"""Bodies: a size that nobody has to believe, and a time that nobody has to wait."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.bodies import ACTION_BYTES, THROWN_AWAY, WEBHOOK_BYTES, BodyLimit


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the size of what it was sent."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


@pytest.fixture
async def small() -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that takes a hundred bytes."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(BodyLimit(echo, 100)), base_url="http://shop") as client:
        yield client


async def pieces(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * 30


async def test_a_body_at_the_limit_goes_through_whole(small: httpx.AsyncClient) -> None:
    assert (await small.post("/api/x", content=b"x" * 100)).text == "100"
    assert (await small.post("/api/x", content=pieces(3))).text == "90"


async def test_a_body_over_the_limit_is_refused_with_a_sentence(small: httpx.AsyncClient) -> None:
    answer = await small.post("/api/x", content=b"x" * 101, headers={"Accept-Language": "zh-CN,zh"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_long")
    assert "。" in answer.json()["message"]


async def test_a_body_that_does_not_say_how_large_it_is_is_counted(small: httpx.AsyncClient) -> None:
    answer = await small.post("/api/x", content=pieces(4))
    assert "content-length" not in answer.request.headers
    assert answer.status_code == 413


async def test_a_body_that_lies_about_its_size_is_counted(small: httpx.AsyncClient) -> None:
    answer = await small.post("/api/x", content=pieces(4), headers={"Content-Length": "5"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("path", "most"), [("/webhooks/telegram", WEBHOOK_BYTES), ("/internal/actions", ACTION_BYTES), ("/operator", 100)]
)
async def test_each_kind_of_sender_has_its_own_limit(small: httpx.AsyncClient, path: str, most: int) -> None:
    assert (await small.post(path, content=b"x" * most)).text == str(most)
    assert (await small.post(path, content=b"x" * (most + 1))).status_code == 413


async def test_what_has_no_body_is_not_waited_for(small: httpx.AsyncClient) -> None:
    assert (await small.get("/api/x")).text == "0"


class Line:
    """A sender, piece by piece, and what it was answered."""

    def __init__(self, *pieces: Message) -> None:
        self._pieces = list(pieces)
        self.taken = 0
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        if not self._pieces:
            await asyncio.Event().wait()
        self.taken += 1
        return self._pieces.pop(0)

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    async def meets(self, app: ASGIApp, **headers: str) -> int | None:
        """The status it is answered with."""
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        await app({"type": "http", "path": "/api/x", "headers": raw}, self.receive, self.send)
        return self.sent[0]["status"] if self.sent else None


def piece(size: int, more: bool = True) -> Message:
    return {"type": "http.request", "body": b"x" * size, "more_body": more}


async def test_a_body_that_never_ends_is_refused_with_a_sentence() -> None:
    line = Line(piece(1), piece(1))
    assert (
        await line.meets(BodyLimit(echo, 100, seconds=0.05), transfer_encoding="chunked", accept_language="ko") == 408
    )
    told = json.loads(line.sent[1]["body"])
    assert told["code"] == "too_slow" and told["message"].endswith("주세요.")


async def test_a_body_that_is_too_large_is_taken_in_to_its_end_so_that_the_sender_reads_why() -> None:
    line = Line(*[piece(60_000)] * 9, piece(1, more=False))
    assert await line.meets(BodyLimit(echo, 100), transfer_encoding="chunked") == 413
    assert line.taken == 10


async def test_an_endless_one_is_hung_up_on() -> None:
    line = Line(*[piece(1_000_000)] * 50)
    assert await line.meets(BodyLimit(echo, 100), transfer_encoding="chunked") == 413
    assert line.taken * 1_000_000 <= THROWN_AWAY + 1_000_000


@pytest.mark.parametrize("size", ["9" * 19, "9" * 5000])
async def test_one_that_says_it_is_endless_is_not_read_at_all(size: str) -> None:
    line = Line(piece(10))
    assert await line.meets(BodyLimit(echo, 100), content_length=size) == 413
    assert line.taken == 0


async def test_a_sender_who_asks_first_is_told_before_it_sends() -> None:
    line = Line(piece(10))
    assert await line.meets(BodyLimit(echo, 100), content_length="1000", expect="100-continue") == 413
    assert line.taken == 0


async def test_a_sender_who_hangs_up_is_not_answered() -> None:
    line = Line(piece(10), {"type": "http.disconnect"})
    assert await line.meets(BodyLimit(echo, 100), content_length="50") is None
