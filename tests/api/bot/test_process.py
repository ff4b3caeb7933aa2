"""The bot's process: kept alive, known by its secret, and never left behind."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import psutil
import pytest

from api.bot import process as processes
from api.bot.process import BotDidNotStart, BotProcess
from api.bot.python import BOT

SECRET = "a secret of the tests, long enough for the channel"
#: Stands in for the bot's Python: takes serve.py's arguments and its way to die, and serves nothing but "ready".
SERVER = """#!{python}
import http.server, importlib.util, os, sys
sys.path.insert(0, {bot!r})
spec = importlib.util.spec_from_file_location("serve", {serve!r})
serve = importlib.util.module_from_spec(spec)
spec.loader.exec_module(serve)
value = lambda name: sys.argv[sys.argv.index(name) + 1]
serve.die_with(int(value("--parent")))
assert value("--model") == "the model" and sys.argv[1].endswith("serve.py")
if {broken}:
    sys.exit("this model is from another version")

class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        right = self.headers.get("X-Frontdoor-Secret") == os.environ["FRONTDOOR_BOT_SECRET"]
        self.send_response(200 if right and self.path.startswith("/webhooks/frontdoor/") else 403)
        self.end_headers()
        self.wfile.write(b"{{}}")

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        if {mute}:
            self.send_response(500)
            self.end_headers()
        else:
            self.do_GET()

    def log_message(self, *_):
        pass

print("serving", flush=True)
http.server.HTTPServer(("127.0.0.1", int(value("--port"))), Ready).serve_forever()
"""
PARENT = """
import asyncio, pathlib, sys
sys.path.insert(0, {root!r})
from api.bot.process import BotProcess
async def main():
    here = pathlib.Path({folder!r})
    bot = BotProcess(here / "python", pathlib.Path("the model"), here, "http://x", here / "bot.log", "a secret")
    await bot.start()
    print(bot.pid, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


def fake(folder: Path, broken: bool = False, mute: bool = False) -> Path:
    python = folder / "python"
    python.write_text(
        SERVER.format(python=sys.executable, bot=str(BOT), serve=str(BOT / "serve.py"), broken=broken, mute=mute)
    )
    python.chmod(0o755)
    return python


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[BotProcess]:
    bot = BotProcess(
        fake(tmp_path), Path("the model"), tmp_path, "http://x/actions", tmp_path / "log" / "bot.log", SECRET
    )
    yield bot
    await bot.stop()


async def test_it_is_ready_once_started_and_gone_once_stopped(bot: BotProcess) -> None:
    assert not bot.ready
    await bot.start()
    assert (bot.ready, bot.reason) == (True, "ready")
    assert bot.pid is not None
    process = psutil.Process(bot.pid)
    await bot.stop()
    assert not process.is_running()
    assert not bot.ready


async def test_it_opens_only_to_its_own_secret(bot: BotProcess) -> None:
    await bot.start()
    async with httpx.AsyncClient(trust_env=False) as stranger:
        place = f"http://127.0.0.1:{bot.port}/webhooks/frontdoor/ready"
        assert (await stranger.get(place)).status_code == 403
        assert (await stranger.get(place, headers={"X-Frontdoor-Secret": bot.secret})).status_code == 200


async def test_one_that_cannot_think_is_not_given_to_customers(tmp_path: Path) -> None:
    bot = BotProcess(fake(tmp_path, mute=True), Path("the model"), tmp_path, "http://x", tmp_path / "bot.log", SECRET)
    with pytest.raises(BotDidNotStart, match="answered its first turn with 500"):
        await bot.start()
    assert not bot.ready
    await bot.stop()


class Launches:
    """Counts the launches of a bot, and can be waited for."""

    def __init__(self, bot: BotProcess, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: asyncio.Queue[bool] = asyncio.Queue()
        launch = bot._launch

        async def watched() -> None:
            await launch()
            self.done.put_nowait(bot.ready)

        monkeypatch.setattr(bot, "_launch", watched)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
async def test_when_it_is_killed_it_comes_back(
    bot: BotProcess, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    launches = Launches(bot, monkeypatch)
    await bot.start()
    await launches.done.get()
    first = bot.pid
    assert first is not None
    os.kill(first, how)
    assert await asyncio.wait_for(launches.done.get(), 30)
    assert bot.pid != first
    assert (bot.ready, bot.restarts) == (True, 1)


async def test_stopping_while_it_restarts_leaves_nothing_behind(
    bot: BotProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.start()
    restarting = asyncio.Event()

    async def never_ready() -> None:
        restarting.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(bot, "_until_ready", never_ready)
    assert bot.pid is not None
    os.kill(bot.pid, signal.SIGKILL)
    await asyncio.wait_for(restarting.wait(), 30)
    again = psutil.Process(bot.pid)
    await asyncio.wait_for(bot.stop(), 20)
    assert not again.is_running()


async def test_one_that_cannot_start_says_why_in_its_own_words(tmp_path: Path) -> None:
    bot = BotProcess(fake(tmp_path, broken=True), Path("the model"), tmp_path, "http://x", tmp_path / "bot.log", SECRET)
    with pytest.raises(BotDidNotStart, match="this model is from another version"):
        await bot.start()
    await bot.stop()


async def test_one_that_is_never_ready_is_ended_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = BotProcess(fake(tmp_path), Path("the model"), tmp_path, "http://x", tmp_path / "bot.log", SECRET)
    monkeypatch.setattr(processes, "START_SECONDS", 0.3)
    monkeypatch.setattr(bot, "_until_ready", asyncio.Event().wait)
    with pytest.raises(BotDidNotStart, match="not ready after"):
        await bot.start()
    assert bot._process is not None
    assert bot._process.returncode is not None
    await bot.stop()


def test_it_ends_with_the_product_that_started_it_however_that_ended(tmp_path: Path) -> None:
    fake(tmp_path)
    code = PARENT.format(root=str(BOT.parent), folder=str(tmp_path))
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        bot = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait(10)
    bot.wait(10)
    assert not bot.is_running()
