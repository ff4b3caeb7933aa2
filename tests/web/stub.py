"""A small honest server: it keeps the customer API's promises, and breaks them only where a test says so."""

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import Any, Self, TypeVar

import uvicorn

from .stub_api import Api
from .stub_conversation import Call, Conversation, Event

Result = TypeVar("Result")


class Stub:
    """The server in a thread of its own, with handles for what goes wrong on real networks."""

    def __init__(self) -> None:
        self.conversations: dict[str, Conversation] = {}
        self.calls: list[Call] = []
        self.answer: Callable[[str], str | None] = lambda text: f"You asked: {text}"
        self.down = False  # every API call answers 503
        # or "refused", "html" (a login page answers), "silent" (a proxy gathers all), "stuck" (all but the start)
        self.streaming = "sse"
        self.newline = "\n"
        self.repeats = False  # streams begin at the beginning, whatever was asked for
        self.held = False  # nobody gets a conversation until this is over
        self.refusals: list[tuple[int, dict[str, str], dict[str, Any]]] = []  # for the next messages
        self.lose_answers = 0  # so many messages are taken, but their 202 never arrives
        self.place: dict[str, Any] | None = None  # where a customer stands, when it is not the bot's
        self.left: list[str] = []  # who would rather have a ticket
        self.cuts = 0
        self.typed = 0
        self.typist = ""
        self.stopping = False
        self.changed = asyncio.Condition()
        # Listening from the first moment: whoever comes before the server is ready simply waits.
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        quiet: dict[str, Any] = {"log_level": "critical", "ws": "none", "lifespan": "off"}
        self._server = uvicorn.Server(uvicorn.Config(Api(self).app, timeout_graceful_shutdown=1, **quiet))
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10), "The stub did not start."
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping = True
        self._do(lambda: None)
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()

    def say(self, text: str | None, role: str = "bot", type_: str = "message", **more: Any) -> Event:
        """The bot, an agent or the system says something in the newest conversation."""
        return self._do(lambda: list(self.conversations.values())[-1].add(role, text, type_, **more))

    def type(self, role: str) -> None:
        """Somebody begins to type. That is transient: it is told to whoever listens now."""

        def begin() -> None:
            self.typed, self.typist = self.typed + 1, role

        self._do(begin)

    def stands(self, owner: str, **more: Any) -> None:
        """The conversation is somebody else's, or the place in the queue is another now."""
        none = {"place": None, "minutes": None, "agent": None, "typing": False, "can_leave": owner == "queue"}

        def stand() -> None:
            self.place = {"owner": owner, **none, **more}

        self._do(stand)

    def cut_streams(self) -> None:
        """Every open stream breaks off."""

        def cut() -> None:
            self.cuts += 1

        self._do(cut)

    def release(self) -> None:
        """Whoever waits for a conversation gets one now."""

        def free() -> None:
            self.held = False

        self._do(free)

    def forget(self) -> None:
        """The server loses all conversations."""
        self._do(self.conversations.clear)

    def seen(self, method: str, ending: str) -> list[Call]:
        """The calls with this method whose path ends so."""
        return [call for call in self.calls if call.method == method and call.path.endswith(ending)]

    def _do(self, act: Callable[[], Result]) -> Result:
        """Does it in the server's own thread, and wakes everybody who waits for a change."""

        async def locked() -> Result:
            async with self.changed:
                result = act()
                self.changed.notify_all()
                return result

        return asyncio.run_coroutine_threadsafe(locked(), self._loop).result(5)

    def _run(self) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            self._ready.set()
            await self._server.serve(sockets=[self._socket])

        asyncio.run(serve())
