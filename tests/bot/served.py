"""A running bot, in the process of the tests: Rasa's own server with our channel, store and settings files."""

import asyncio
import os
import threading
from pathlib import Path
from typing import Any, Optional

import requests
from action_server import ActionServer
from components.turn_trackers import TurnTrackerStore
from rasa.core.agent import load_agent
from rasa.core.run import configure_app, create_http_input_channels
from rasa.core.utils import AvailableEndpoints

BOT = Path(__file__).resolve().parents[2] / "bot"
SECRET = "a secret of the tests, long enough for the channel"


class ServedBot:
    """Serves the model on a free port of loopback while it is open; ``actions`` stands in for the product."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self.actions = ActionServer()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    async def _start(self) -> None:
        os.environ.update(FRONTDOOR_BOT_SECRET=SECRET, FRONTDOOR_ACTIONS_URL=self.actions.url)
        endpoints = AvailableEndpoints.read_endpoints(str(BOT / "endpoints.yml"))
        channels = create_http_input_channels(None, str(BOT / "credentials.yml"))
        self.app = configure_app(channels, enable_api=False, endpoints=endpoints)
        self.app.ctx.agent = await load_agent(str(self._model), endpoints=endpoints)
        self._server = await self.app.create_server("127.0.0.1", 0, return_asyncio_server=True)
        await self._server.startup()
        await self._server.start_serving()
        self.url = f"http://127.0.0.1:{self._server.server.sockets[0].getsockname()[1]}"

    async def _stop(self) -> None:
        await self._server.before_stop()
        self._server.close()
        # After a failed test a turn may still wait for its action.
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await self._server.wait_closed()

    @property
    def store(self) -> TurnTrackerStore:
        return TurnTrackerStore.current

    def call(
        self, path: str, body: Any = None, secret: "str | bytes" = SECRET, timeout: float = 30
    ) -> requests.Response:
        """POST with a body, else GET."""
        return requests.request(
            "GET" if body is None else "POST",
            f"{self.url}/webhooks/frontdoor/{path}",
            json=body,
            headers={"X-Frontdoor-Secret": secret} if secret else {},
            timeout=timeout,
        )

    def turn(self, text: str, sender: str = "ana", timeout: float = 30, **state: Any) -> requests.Response:
        return self.call("turn", {"sender": sender, "text": text, **state}, timeout=timeout)

    def said(self, text: str, intent: Optional[str] = None, **state: Any) -> dict:
        """The outcome of a turn that went well. With ``intent`` the customer pressed a button."""
        answer = self.turn(text, intent={"name": intent} if intent else None, **state)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def __enter__(self) -> "ServedBot":
        self.actions.__enter__()
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(120)
        return self

    def __exit__(self, *_: Any) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self.actions.__exit__()
