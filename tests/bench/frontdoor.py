"""Frontdoor as it is installed: `frontdoor up`, written to through the customer API as the widget does."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from tests.bench.load import Unanswered
from tests.bench.processes import Processes, plain_environment, run
from tests.journeys.product import BOT_PYTHON, FRONTDOOR, ROOT, free_port

#: One machine plays all customers, so the limits for one address are out of the way.
NO_LIMITS = {
    "FRONTDOOR_RATE_PER_ADDRESS": "1000000/minute",
    "FRONTDOOR_RATE_PER_CONVERSATION": "1000000/minute",
    # A plain Rasa bot does not wait for the rest of what a customer sends in pieces.
    "FRONTDOOR_QUIET_TIME": "0",
}


def train(data: Path, logs: Path) -> float:
    """Trains the bot by the product's own command, all three languages; the seconds it took."""
    return _frontdoor(data, logs / "frontdoor-train.log", "train")


def export_encoder(data: Path, logs: Path) -> float:
    """Makes the encoder that training and search use; the seconds it took. Done once per installation."""
    return _frontdoor(data, logs / "frontdoor-encoder.log", "encoder", "export")


def index(data: Path, logs: Path) -> float:
    """Encodes and indexes the sample shop's articles; the seconds it took."""
    return _frontdoor(data, logs / "frontdoor-index.log", "kb", "ask", "where is my parcel?")


def train_on(examples: Path, data: Path, logs: Path) -> float:
    """The product's trainer on a folder of examples; the seconds it took. What it makes is not used."""
    words = [str(BOT_PYTHON), str(ROOT / "bot" / "train.py"), "--examples", str(examples)]
    out = data / "of-one-language.tar.gz"
    environment = plain_environment(FRONTDOOR_ENCODER_FOLDER=str(data / "encoder"))
    return run([*words, "--out", str(out)], logs / "frontdoor-train-one.log", ROOT / "bot", environment)


def _frontdoor(data: Path, log: Path, *words: str) -> float:
    return run([str(FRONTDOOR), *words], log, ROOT, plain_environment(FRONTDOOR_DATA_DIR=str(data)))


class Frontdoor:
    """The product, running, on SQLite or on the PostgreSQL it is given.

    Args:
        postgres: url and process id of a PostgreSQL that works for this system alone.
    """

    def __init__(self, data: Path, logs: Path, postgres: tuple[str, int] | None = None) -> None:
        self.name = "Frontdoor, PostgreSQL" if postgres else "Frontdoor"
        self.processes = Processes(logs)
        self.data = data
        self._port = free_port()
        self._settings = {"FRONTDOOR_PORT": str(self._port), "FRONTDOOR_DATA_DIR": str(data), **NO_LIMITS}
        if postgres:
            self._settings["FRONTDOOR_DATABASE_URL"] = postgres[0]
            self.processes.beside("PostgreSQL", postgres[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        self.processes.start("api", [str(FRONTDOOR), "up"], ROOT, plain_environment(**self._settings))

    @asynccontextmanager
    async def customer(self, http: httpx.AsyncClient) -> AsyncIterator["WidgetCustomer"]:
        opened = (await http.post("/api/v1/conversations", json={"locale": "en"})).raise_for_status().json()
        place, headers = f"/api/v1/conversations/{opened['id']}", {"Authorization": f"Bearer {opened['token']}"}
        async with http.stream("GET", f"{place}/events", headers=headers, timeout=None) as stream:
            stream.raise_for_status()
            customer = WidgetCustomer(http, f"{place}/messages", headers)
            listening = asyncio.create_task(customer.listen(stream))
            try:
                yield customer
            finally:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)

    def end(self) -> None:
        self.processes.end()


class WidgetCustomer:
    """A conversation as the widget holds it: messages are posted, answers come on the stream of events."""

    def __init__(self, http: httpx.AsyncClient, place: str, headers: dict[str, str]) -> None:
        self._http = http
        self._place = place
        self._headers = headers
        self._ids = itertools.count()
        self._heard: dict[int, str] = {}
        self._news = asyncio.Event()
        self._ended = False
        self.ticket = False

    async def listen(self, stream: httpx.Response) -> None:
        """Reads the stream until it ends."""
        try:
            async for line in stream.aiter_lines():
                if line.startswith("data:"):
                    self._hear(json.loads(line[5:]))
        finally:
            self._ended = True
            self._news.set()

    def _hear(self, event: dict[str, object]) -> None:
        if event["type"] == "ticket":
            self.ticket = True
        if event["role"] == "bot" and isinstance(event["seq"], int):
            self._heard[event["seq"]] = str(event["text"])
            self._news.set()

    async def say(self, text: str) -> str:
        """Sends a message; gives the first words of the bot that stand after it in the conversation."""
        body = {"id": f"m{next(self._ids)}", "text": text}
        answer = await self._http.post(self._place, json=body, headers=self._headers)
        if answer.status_code != 202:
            raise Unanswered(f"status {answer.status_code}")
        mine: int = answer.json()["seq"]
        while not (later := [seq for seq in self._heard if seq > mine]):
            if self._ended:
                raise Unanswered("the stream ended")
            self._news.clear()
            await self._news.wait()
        return self._heard[min(later)]
