"""The street: browsers of customers, who have only a chat, and of agents at their desk, on one running product."""

import json
import os
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, BrowserContext, Locator, expect

from handoff.agents import Role

from ..web.chat_page import ChatPage
from ..web.desk.desk_page import DeskPage
from .product import FRONTDOOR, ROOT, Product, environment

PASSWORD = "correct horse battery"
PICTURES = ROOT / "docs" / "pictures" / "desk"
#: An answer on a busy machine.
SOON = 30_000
#: Nobody has their hands full with what earlier tests left, unless they say so.
MANY = 50
#: Who was added where: the command takes seconds.
_employed: set[tuple[str, str]] = set()
ASKS = {"en": "I want to talk to a human", "zh": "转人工", "ko": "상담원 연결해 주세요"}


def employ(product: Product, name: str, role: Role = "agent", capacity: int = MANY) -> None:
    """Somebody who can sign in; whoever is there already stays."""
    if (product.url, name) in _employed:
        return
    words = ["user", "add", name, "--role", role, "--display", name.title(), "--capacity", str(capacity)]
    done = subprocess.run(
        [str(FRONTDOOR), *words, "--password-stdin"],
        env=environment(product.settings),
        input=PASSWORD,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0 or "already" in done.stderr, done.stderr
    _employed.add((product.url, name))


class Street:
    """Opens browsers, and closes them when nobody needs them any more."""

    def __init__(self, browser: Browser, product: Product) -> None:
        self.browser, self.product = browser, product
        self.contexts: list[BrowserContext] = []
        self.desks: list[DeskPage] = []

    def context(self, **options: object) -> BrowserContext:
        wanted = {"locale": "en-GB", "viewport": {"width": 1280, "height": 800}, **options}
        context = self.browser.new_context(**wanted)  # type: ignore[arg-type]  # playwright's own options
        context.set_default_timeout(SOON)
        self.contexts.append(context)
        return context

    def customer(self, lang: str = "en") -> ChatPage:
        page = self.context(viewport={"width": 500, "height": 760}).new_page()
        return ChatPage(page, self.product.url).visit(f"/demo?lang={lang}").open()

    def agent(self, name: str = "kim", role: Role = "agent", available: bool = True, capacity: int = MANY) -> DeskPage:
        employ(self.product, name, role, capacity)
        desk = DeskPage(self.context().new_page(), self.product.url).visit().sign_in(name, PASSWORD)
        takes(desk, available)
        self.desks.append(desk)
        return desk

    def close(self) -> None:
        try:
            for desk in self.desks:
                if not desk.page.is_closed():
                    # A test that failed may have left a window open over the page.
                    desk.page.keyboard.press("Escape")
                    takes(desk, False)
        finally:
            for context in self.contexts:
                context.close()


def takes(desk: DeskPage, available: bool) -> None:
    """Whether they take conversations, and the server knows it."""
    there = desk.page.get_by_label("Taking conversations")
    if there.is_checked() != available:
        with desk.page.expect_response(lambda one: "available" in (one.request.post_data or "")):
            there.set_checked(available)


def id_of(chat: ChatPage) -> str:
    """The conversation's id, as the customer's browser keeps it."""
    kept = chat.page.evaluate("Object.entries(localStorage).find(([key]) => key.startsWith('frontdoor:'))[1]")
    id_: str = json.loads(kept)["id"]
    return id_


def place_of(chat: ChatPage) -> Locator:
    """Where the chat shows the place in the queue."""
    return chat.widget.locator(".place")


def answered(chat: ChatPage, text: str) -> str:
    """Sends a message and waits for an answer; gives its last words."""
    seen = chat.said("bot").count()
    chat.send(text)
    expect(chat.said("bot").nth(seen)).to_be_visible(timeout=SOON)
    expect(chat.typing).to_be_empty(timeout=SOON)
    return chat.said("bot").last.inner_text()


def asks_for_a_person(chat: ChatPage, *before: str) -> str:
    """The customer is told that somebody comes, and is in the queue; gives the conversation's id."""
    for text in before:
        answered(chat, text)
    chat.send(ASKS["en"])
    expect(place_of(chat)).to_contain_text("You are", timeout=SOON)
    return id_of(chat)


def waited(product: Product, id_: str, minutes: float) -> None:
    """So many minutes go by for one who waits: as if they had come into the queue that much earlier."""
    then = (datetime.now(UTC) - timedelta(minutes=minutes)).replace(tzinfo=None).isoformat(" ")
    with sqlite3.connect(product.data / "frontdoor.db", timeout=30) as database:
        done = database.execute(
            'UPDATE ownership_changes SET at = ? WHERE conversation_id = ? AND "to" = ?', (then, id_, "queue")
        )
        assert done.rowcount == 1
    database.close()


def take(desk: DeskPage, name: str) -> None:
    """Keeps a picture for the docs, when pictures are asked for."""
    if os.environ.get("FRONTDOOR_PICTURES") == "1":
        expect(desk.told).to_be_empty(timeout=SOON)
        desk.picture(PICTURES / f"{name}.png")
