"""A shop with a desk: the API with its database behind a real port, and handles for what customers and agents do."""

import asyncio
import socket
import threading
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

import uvicorn

from api.app import create_app
from api.settings import Settings
from handoff.agents import Role
from handoff.conversations import Conversation
from handoff.facts import Fact, record_facts
from handoff.packet import record_signals
from handoff.packet.parts import Evidence
from tests.api.routes.desk import PASSWORD, stored
from tests.api.stand import Stand, an_article, answered, migrated

Result = TypeVar("Result")


class Now(Stand):
    """A stand whose clock is the browser's."""

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    @now.setter
    def now(self, value: datetime) -> None:
        """Nobody sets this clock."""


class Shop:
    """Runs in a thread of its own. What a method does is done when it returns."""

    def __init__(self, folder: Path, template: Path, port: int = 0) -> None:
        self.password = PASSWORD
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        rates = {"rate_per_address": "10000/minute", "rate_per_conversation": "10000/minute"}
        self._settings = Settings(data_dir=folder, **rates)  # type: ignore[arg-type]  # the fields of Settings
        self._file, self._template = folder / "frontdoor.db", template
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(30), "The shop did not open."
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._close)
        self._thread.join(20)
        self._socket.close()

    def _close(self) -> None:
        self.stand.broadcast.close()
        self._server.should_exit = True

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        database = migrated(self._file, self._template)
        await database.connect()
        self.stand = Now(database, self._settings)
        self.stand.base.pages["/en/late/"] = an_article(
            body="Parcels take three days. After five days we send a new one."
        )
        self.stand.base.outcomes["parcel"] = [answered(text="Parcels take three days.")]
        app = create_app(self._settings, self.stand.running)
        config = uvicorn.Config(app, log_level="critical", ws="none", timeout_graceful_shutdown=5)
        self._server = uvicorn.Server(config)
        async with app.router.lifespan_context(app):
            self._server.config.lifespan = "off"
            self._ready.set()
            await self._server.serve(sockets=[self._socket])
        self.stand.knowledge.close()
        await database.dispose()

    def do(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def person(self, name: str, role: Role = "agent", **more: Any) -> None:
        """Somebody who can sign in."""
        at = self.stand.clock()
        self.do(self.stand.desk.agents.add(name, role, stored(), at, display=name.title(), **more))

    def chat(self, *texts: str, language: str = "en") -> str:
        """A customer who wrote to the bot; gives the conversation's id."""
        opened = self.do(self.stand.conversations.open("web", language, "hash", self.stand.clock()))
        for text in texts:
            self.do(self.stand.say(opened.id, text))
        return opened.id

    def waiting(self, *texts: str, language: str = "en", name: str = "Jane Miller") -> str:
        """A customer who waits for a person."""
        id_ = self.chat(*(texts or ("My teapot is broken. I want to talk to a person.",)), language=language)
        self.knows(id_, Fact("name", name, name, 1, confirmed=True))
        self.move(id_, "queue", "explicit_request")
        return id_

    def knows(self, id_: str, *facts: Fact) -> None:
        """The customer gave details."""

        async def record() -> None:
            async with self.stand.database.transaction() as connection:
                await record_facts(connection, id_, facts, self.stand.clock())

        self.do(record())

    def signals(self, id_: str, *evidence: Evidence) -> None:
        """Detection noticed something."""

        async def record() -> None:
            async with self.stand.database.transaction() as connection:
                await record_signals(connection, id_, evidence, self.stand.clock())

        self.do(record())
        self.stand.broadcast.tell(id_)

    def move(self, id_: str, to: Any, reason: str, actor: str = "bot", agent: str | None = None) -> Conversation:
        at = self.stand.clock()
        moved = self.do(self.stand.conversations.move(id_, to, actor, reason, None, agent=agent, at=at))
        self.tell(id_)
        return moved

    def writes(self, id_: str, text: str) -> None:
        """The customer writes something more."""
        self.do(self.stand.events.receive(id_, None, text, self.stand.clock()))
        self.tell(id_)

    def said(self, id_: str) -> list[tuple[str, str]]:
        """Everything the customer can see, as (role, text)."""
        return [(event.role, event.text) for event in self.do(self.stand.events.after(id_, 0)) if event.text]

    def tell(self, id_: str) -> None:
        self._loop.call_soon_threadsafe(self.stand.broadcast.tell, id_)
