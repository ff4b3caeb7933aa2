"""Processes: what one system runs, what it takes of the machine, and how it is ended."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil


class DidNotStart(Exception):
    """A process of the benchmark ended, or never answered; the message quotes the end of its log."""


class CommandFailed(Exception):
    """A command of the benchmark ended with an error; the message quotes the end of its log."""


@dataclass(frozen=True)
class Usage:
    """What some processes hold and used: MiB of memory and seconds of CPU, by the name of the process."""

    memory: Mapping[str, float]
    cpu: Mapping[str, float]

    @property
    def total_memory(self) -> float:
        return sum(self.memory.values())

    @property
    def total_cpu(self) -> float:
        return sum(self.cpu.values())


def memory_kind() -> str:
    """PSS counts a page that several processes share once; not every system knows it."""
    return "PSS" if hasattr(psutil.Process().memory_full_info(), "pss") else "RSS"


def last_lines(log: Path, count: int = 8) -> str:
    """The end of a log. Rasa draws its progress bars over each other; only the last one of a line is of use."""
    lines = log.read_text("utf-8", "replace").splitlines() if log.is_file() else []
    return "\n".join([line[-300:] for line in lines if line.strip()][-count:])


def run(words: Sequence[str], log: Path, cwd: Path, environment: Mapping[str, str]) -> float:
    """One command from begin to end, its output in a log; the seconds it took.

    Raises:
        CommandFailed: with the end of the log.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    with log.open("wb") as output:
        done = subprocess.run(words, cwd=cwd, env=environment, stdout=output, stderr=output, check=False)
    if done.returncode:
        raise CommandFailed(f"{' '.join(words)} ended with {done.returncode}. {log}:\n{last_lines(log)}")
    return time.perf_counter() - begun


class Processes:
    """The processes of one system: those started here with all their children, and those it was told of."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: dict[str, subprocess.Popen[bytes]] = {}
        self._beside: dict[str, int] = {}

    def start(self, name: str, words: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> None:
        """Starts one; its output goes to a log of its name."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"{name}.log").open("ab") as output:
            self._started[name] = subprocess.Popen(
                words, cwd=cwd, env=environment, stdout=output, stderr=output, start_new_session=True
            )

    def beside(self, name: str, pid: int) -> None:
        """A process somebody else started and ends, and that works for this system: its database."""
        self._beside[name] = pid

    def check(self) -> None:
        """Raises DidNotStart when one of them has ended."""
        for name, process in self._started.items():
            if process.poll() is not None:
                log = self._folder / f"{name}.log"
                raise DidNotStart(f"{name} ended with {process.returncode}. {log}:\n{last_lines(log)}")

    def usage(self) -> Usage:
        """What they hold and have used until now, children counted in."""
        memory: dict[str, float] = {}
        cpu: dict[str, float] = {}
        tops = {name: process.pid for name, process in self._started.items()} | self._beside
        for name, pid in tops.items():
            for process in _tree(pid):
                # A child that is a program of its own is shown as one: the bot under the API.
                part = "bot" if process.pid != pid and "serve.py" in " ".join(_words(process)) else name
                memory[part] = memory.get(part, 0.0) + _mebibytes(process)
                cpu[part] = cpu.get(part, 0.0) + _seconds(process)
        return Usage(memory, cpu)

    def end(self) -> None:
        """Ends those started here, the last one first; what does not end in time is killed with its children."""
        for process in reversed(self._started.values()):
            children = _tree(process.pid)
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            for left in children:
                if left.is_running():
                    left.kill()
        self._started.clear()


def _tree(pid: int) -> list[psutil.Process]:
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _mebibytes(process: psutil.Process) -> float:
    try:
        held = process.memory_full_info()
        return float(getattr(held, "pss", held.rss)) / 2**20
    except psutil.AccessDenied:
        # Another user's process, the database's: what it shares is then counted in each.
        return float(process.memory_info().rss) / 2**20
    except psutil.NoSuchProcess:
        return 0.0


def _seconds(process: psutil.Process) -> float:
    try:
        used = process.cpu_times()
        # What ended since, a database's connection for one, is counted in its parent, where the system tells that.
        ended = getattr(used, "children_user", 0.0) + getattr(used, "children_system", 0.0)
        return float(used.user + used.system + ended)
    except psutil.Error:
        return 0.0


def plain_environment(**more: str) -> dict[str, str]:
    """This environment without any setting of the product, and with these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDOOR_")}
    return {**kept, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", **more}


def client(url: str, clients: int) -> httpx.AsyncClient:
    """What customers are played with: connections are kept, and two for each customer are enough."""
    limits = httpx.Limits(max_connections=4 * clients + 8, max_keepalive_connections=4 * clients + 8)
    return httpx.AsyncClient(base_url=url, timeout=30, trust_env=False, limits=limits)
