"""The bot's process: started with the product, watched, restarted when it dies, and stopped with it."""

import asyncio
import contextlib
import os
import signal
import socket
from pathlib import Path

import structlog
from tenacity import AsyncRetrying, wait_exponential_jitter

from api.bot.member import Member, NotReady
from api.bot.python import BOT, ONE_THREAD

log = structlog.get_logger()

START_SECONDS = 90.0
#: Seconds it may take to end. It is asked only when no turn is in hand or the last ones were given up, and remembers
#: nothing, so nothing is lost when it is made to.
END_SECONDS = 2.0


class BotDidNotStart(Exception):
    """The process ended, or never said that it is ready."""


def free_port() -> int:
    """A port of loopback that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class BotProcess(Member):
    """One Rasa process on loopback.

    Args:
        python: the bot's Python.
        model: the model file.
        sha256: its hash in our manifest; the process loads no other file.
        encoder_folder: where the exported encoder is.
        actions_url: where Rasa calls our actions.
        log_file: where its own output goes.
        secret: shared with its channel and with the action route.
        version: of the model.
        port: 0 for a free one.
    """

    def __init__(
        self,
        python: Path,
        model: Path,
        encoder_folder: Path,
        actions_url: str,
        log_file: Path,
        secret: str,
        version: str = "",
        port: int = 0,
        sha256: str = "",
    ) -> None:
        self.port = port or free_port()
        super().__init__(f"http://127.0.0.1:{self.port}", secret)
        self.model_version = version
        self._python = python
        self._model = model
        self._sha256 = sha256
        self._encoder_folder = encoder_folder
        self._actions_url = actions_url
        self._log_file = log_file
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Start the process and keep it alive; returns once it is ready.

        Raises:
            BotDidNotStart: with the last lines it wrote.
        """
        await self._launch()
        self._watch = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Ask it to end, then make it."""
        if self._watch:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        self.is_away("stopped")
        await self._end()
        await self.client.aclose()

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), END_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _launch(self) -> None:
        self.is_away("starting")
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            **ONE_THREAD,
            "FRONTDOOR_BOT_SECRET": self.secret,
            "FRONTDOOR_ACTIONS_URL": self._actions_url,
            "FRONTDOOR_ENCODER_FOLDER": str(self._encoder_folder.resolve()),
        }
        with self._log_file.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                str(self._python),
                str(BOT / "serve.py"),
                "--model",
                str(self._model),
                "--sha256",
                self._sha256,
                "--port",
                str(self.port),
                "--parent",
                str(os.getpid()),
                cwd=BOT,
                env=environment,
                stdout=output,
                stderr=output,
                # Ctrl-C goes to us alone; we end the bot after the turns in hand are finished.
                start_new_session=True,
            )
        try:
            async with asyncio.timeout(START_SECONDS):
                await self._until_ready()
        except TimeoutError as problem:
            await self._end()
            raise BotDidNotStart(
                f"The bot was not ready after {START_SECONDS:.0f} s. {self._last_words()}"
            ) from problem
        self.is_ready(self.model_version)

    async def _until_ready(self) -> None:
        while True:
            process = self._process
            if process is None or process.returncode is not None:
                code = process.returncode if process else None
                raise BotDidNotStart(f"The bot's process ended with {code}. {self._last_words()}")
            with contextlib.suppress(NotReady):
                await self.ask_ready()
                break
            await asyncio.sleep(0.2)
        try:
            await self.first_turns(START_SECONDS)
        except NotReady as problem:
            await self._end()
            raise BotDidNotStart(f"The bot {problem}. {self._last_words()}") from problem

    def _last_words(self) -> str:
        lines = self._log_file.read_text("utf-8", "replace").splitlines()[-5:] if self._log_file.is_file() else []
        return f"Its log is {self._log_file}; the end of it:\n" + "\n".join(lines)

    async def _keep(self) -> None:
        while True:
            process = self._process
            if process is None:
                return
            code = await process.wait()
            self.is_away(f"ended with {code}, restarting")
            log.error("bot.died", code=code, restarts=self.restarts)
            async for attempt in AsyncRetrying(wait=wait_exponential_jitter(multiplier=0.5, max=20)):
                with attempt:
                    self.restarts += 1
                    await self._launch()
            log.info("bot.restarted", restarts=self.restarts)
