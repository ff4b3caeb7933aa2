"""A desk for tests: agents who are signed in, each with a browser of their own."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
from fastapi import FastAPI

from handoff.agents import Role
from handoff.passwords import hashed

from ..stand import Stand

PASSWORD = "a long enough password"


@cache
def stored() -> str:
    return hashed(PASSWORD)


@dataclass
class Browser:
    """Somebody's browser: keeps the cookie, and shows the CSRF token with each POST."""

    client: httpx.AsyncClient
    name: str
    csrf: str = ""

    async def sign_in(self, password: str = PASSWORD) -> httpx.Response:
        body = {"name": self.name, "password": password}
        answer = await self.client.post("/api/v1/desk/sign-in", json=body)
        if answer.status_code == 200:
            self.csrf = answer.json()["csrf"]
        return answer

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.client.get(f"/api/v1/desk/{path}", params=params)

    async def post(self, path: str, **body: Any) -> httpx.Response:
        headers = {"X-Frontdoor-CSRF": self.csrf}
        return await self.client.post(f"/api/v1/desk/{path}", json=body, headers=headers)

    async def move(self, id_: str, move: str, **body: Any) -> httpx.Response:
        """A move that should succeed; gives the conversation as it then is."""
        answer = await self.post(f"conversations/{id_}/{move}", **body)
        assert answer.status_code == 200, answer.text
        return answer

    async def view(self, name: str) -> list[dict[str, Any]]:
        answer = await self.get("conversations", view=name)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["conversations"]
        return found

    async def one(self, id_: str) -> dict[str, Any]:
        answer = await self.get(f"conversations/{id_}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


class Office:
    """Makes users and gives each a browser. Closed with the test."""

    def __init__(self, app: FastAPI, stand: Stand) -> None:
        self._app = app
        self._stand = stand
        self._browsers: list[Browser] = []

    def browser(self, name: str, url: str = "http://shop") -> Browser:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        browser = Browser(httpx.AsyncClient(transport=transport, base_url=url), name)
        self._browsers.append(browser)
        return browser

    async def person(self, name: str, role: Role = "agent", *, signed_in: bool = True, **more: Any) -> Browser:
        """Somebody who is there and wants conversations."""
        await self._stand.desk.agents.add(name, role, stored(), self._stand.now, display=name.title(), **more)
        browser = self.browser(name)
        if signed_in:
            assert (await browser.sign_in()).status_code == 200
            assert (await browser.post("presence", available=True)).status_code == 204
        return browser

    async def aclose(self) -> None:
        for browser in self._browsers:
            await browser.client.aclose()


async def customers_view(stand: Stand, id_: str, after: int = 0) -> list[str]:
    """What the customer can read, from an event on."""
    return [event.text for event in await stand.events.after(id_, after) if event.text]
