"""The plain Rasa bot: made from our English examples, with the configuration Rasa itself writes into a new project."""

import itertools
import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from kb_index.articles import read_folder
from tests.bench.load import Unanswered
from tests.bench.processes import Processes, plain_environment, run
from tests.bench.system import reset
from tests.journeys.product import BOT_PYTHON, free_port

TEMPLATE = Path(__file__).parent / "plain"
#: Where Rasa keeps the pipeline and policies of `rasa init`.
DEFAULTS = "engine/recipes/config_files/default_config.yml"
MODEL = "plain"


def make(folder: Path, examples: Path, articles: Path, rasa: Path) -> Path:
    """Writes the project of the plain bot: English examples, the template beside this file, Rasa's own configuration.

    Args:
        examples: folder of Rasa NLU files.
        articles: folder of Markdown articles; the English ones that customers may see are its answers.
        rasa: Rasa's package folder.
    """
    reset(folder)
    shutil.copytree(examples, folder / "data" / "nlu")
    for name in ("rules.yml", "stories.yml"):
        shutil.copy(TEMPLATE / name, folder / "data" / name)
    shutil.copy(TEMPLATE / "domain.yml", folder / "domain.yml")
    shutil.copy(rasa / DEFAULTS, folder / "config.yml")
    (folder / "credentials.yml").write_text("rest:\n", "utf-8")
    (folder / "actions").mkdir()
    (folder / "actions" / "__init__.py").touch()
    shutil.copy(TEMPLATE / "actions.py", folder / "actions" / "actions.py")
    found, _ = read_folder(articles)
    told = {each.title: each.body for each in found if each.lang == "en" and not each.internal}
    (folder / "actions" / "articles.json").write_text(json.dumps(told), "utf-8")
    return folder


def rasa_package() -> Path:
    """Where the bot's Python has Rasa."""
    asked = "import importlib.util as u; print(u.find_spec('rasa').submodule_search_locations[0])"
    done = subprocess.run([str(BOT_PYTHON), "-c", asked], capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


def train(folder: Path, log: Path) -> float:
    """Trains the project with Rasa's own command; the seconds it took."""
    words = ["train", "--force", "--fixed-model-name", MODEL, "--out", "models"]
    # Nothing is taken over from an earlier training.
    return run(rasa(*words), log, folder, plain_environment(RASA_MAX_CACHE_SIZE="0"))


def rasa(*words: str) -> list[str]:
    return [str(BOT_PYTHON), "-m", "rasa", *words]


class PlainRasa:
    """The plain bot, running: `rasa run` with the REST channel, and `rasa run actions`.

    Args:
        sql: trackers in SQLite instead of in memory.
    """

    def __init__(self, project: Path, logs: Path, sql: bool = False) -> None:
        self.name = "plain Rasa, trackers in SQLite" if sql else "plain Rasa"
        self.processes = Processes(logs)
        self._project = project
        self._sql = sql
        self._port, self._actions_port = free_port(), free_port()
        self._senders = itertools.count()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        endpoints = {"action_endpoint": {"url": f"http://127.0.0.1:{self._actions_port}/webhook"}}
        if self._sql:
            (self._project / "trackers.db").unlink(missing_ok=True)
            endpoints["tracker_store"] = {"type": "SQL", "dialect": "sqlite", "db": "trackers.db"}
        # JSON is YAML.
        file = self._project / f"endpoints-{self._port}.yml"
        file.write_text(json.dumps(endpoints), "utf-8")
        environment = plain_environment(PYTHONPATH=str(self._project))
        actions = rasa("run", "actions", "--port", str(self._actions_port))
        self.processes.start("action server", actions, self._project, environment)
        words = ["--model", f"models/{MODEL}.tar.gz", "--port", str(self._port), "--interface", "127.0.0.1"]
        self.processes.start("rasa", rasa("run", *words, "--endpoints", file.name), self._project, environment)

    @asynccontextmanager
    async def customer(self, http: httpx.AsyncClient) -> AsyncIterator["RestCustomer"]:
        yield RestCustomer(http, f"customer-{self._port}-{next(self._senders)}")

    def end(self) -> None:
        self.processes.end()


class RestCustomer:
    """A conversation over Rasa's REST channel: a message goes out, the words come back in the same call."""

    def __init__(self, http: httpx.AsyncClient, sender: str) -> None:
        self._http = http
        self._sender = sender

    async def say(self, text: str) -> str:
        """Sends a message; gives the answer's words. An empty list is no answer."""
        body = {"sender": self._sender, "message": text}
        answer = await self._http.post("/webhooks/rest/webhook", json=body)
        if answer.status_code != 200:
            raise Unanswered(f"status {answer.status_code}")
        words = "\n".join(word.get("text", "") for word in answer.json())
        if not words.strip():
            raise Unanswered("an empty answer")
        return words
