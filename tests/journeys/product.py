"""The product as an operator runs it: `frontdoor up` as a process of its own, watched by what it says."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import httpx
import psutil

from handoff.database import Database

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
FRONTDOOR = ROOT / ".venv" / "bin" / "frontdoor"
BOT_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
#: A first start on a busy machine encodes all articles and loads Rasa.
STARTS_WITHIN = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(settings: dict[str, str]) -> dict[str, str]:
    """This environment without any setting of its own, and with these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDOOR_")}
    if "FRONTDOOR_BOT_PYTHON" in os.environ:
        kept["FRONTDOOR_BOT_PYTHON"] = os.environ["FRONTDOOR_BOT_PYTHON"]
    return {**kept, "COLUMNS": "200", **{f"FRONTDOOR_{name}": value for name, value in settings.items()}}


def run(settings: dict[str, str], *words: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """One command of `frontdoor` from begin to end."""
    return subprocess.run(
        [str(FRONTDOOR), *words],
        env=environment(settings),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def data_folder(folder: Path, prepared: Path) -> Path:
    """A data folder of its own that finds encoder, models and index already made; nothing else is shared."""
    folder.mkdir(parents=True)
    for name in ("encoder", "models"):
        (folder / name).symlink_to(prepared / name)
    shutil.copytree(prepared / "index", folder / "index")
    return folder


class Product:
    """Started, stopped, killed and started again, always with the same settings."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = {
            "PORT": str(self.port),
            "DATA_DIR": str(data),
            "RATE_PER_ADDRESS": "100000/minute",
            "RATE_PER_CONVERSATION": "100000/minute",
            # Test customers send nothing in pieces; those that do say so.
            "QUIET_TIME": "0",
            **settings,
        }
        self.http = httpx.Client(base_url=f"{self.url}/api/v1", timeout=40, trust_env=False)
        self.lines: list[str] = []
        self._news = threading.Condition()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> "Product":
        """Starts it; returns when it says that it is ready."""
        begin = len(self.lines)
        self.launch()
        self.wait_for("Frontdoor is ready", since=begin, within=STARTS_WITHIN)
        return self

    def launch(self) -> None:
        """Starts it; returns at once."""
        self._process = subprocess.Popen(
            [str(FRONTDOOR), "up"],
            env=environment(self.settings),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._read, args=(self._process,), daemon=True).start()

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                with self._news:
                    self.lines.append(line.rstrip())
                    self._news.notify_all()
        with self._news:
            self.lines.append(f"-- ended with {process.wait()}")
            self._news.notify_all()

    def wait_for(self, words: str, *, since: int = 0, within: float = 30) -> str:
        """The first line with these words that it says after line ``since``."""
        deadline = time.monotonic() + within
        with self._news:
            while True:
                for line in self.lines[since:]:
                    if words in line:
                        return line
                    if line.startswith("-- ended"):
                        raise AssertionError("It ended:\n" + "\n".join(self.lines[-30:]))
                left = deadline - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    raise AssertionError(f"No {words!r} within {within} s:\n" + "\n".join(self.lines[-30:]))

    @property
    def process(self) -> psutil.Process:
        assert self._process is not None
        return psutil.Process(self._process.pid)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def rasa(self) -> psutil.Process:
        """The bot's process."""
        return next(child for child in self.process.children() if "serve.py" in " ".join(child.cmdline()))

    def close(self) -> None:
        """Ends it, and what the tests held of it."""
        self.end()
        self.http.close()

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """Sends a signal; returns the exit code once it has ended."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(how)
        return self._process.wait(30)

    def ready(self) -> httpx.Response:
        return httpx.get(f"{self.url}/health/ready", timeout=10, trust_env=False)

    def read(self, what: Callable[[Database], Awaitable[T]]) -> T:
        """Something from the product's database, read beside it as an operator would."""

        async def reading() -> T:
            database = Database(self.settings.get("DATABASE_URL") or f"sqlite:///{self.data / 'frontdoor.db'}")
            await database.connect()
            try:
                return await what(database)
            finally:
                await database.dispose()

        return asyncio.run(reading())
