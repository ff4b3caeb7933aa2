"""An operator in Chromium sees what was not delivered and why, presses the button, and the customer gets it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from fastapi import FastAPI
from playwright.async_api import Browser, Page, async_playwright, expect

from api.channels.port import Outcome, Part, Refused, Sent
from handoff.events import Word
from tests.conftest import missing

from ..server import served
from ..stand import Stand

pytestmark = pytest.mark.browser
SHOTS = Path(__file__).resolve().parents[2] / "shots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
#: The page asks again every five seconds.
SOON = 20_000
REASON = "Telegram answered 403: Forbidden: bot was blocked by the user"


class Blocked:
    """Telegram's way out, with a customer who has blocked us until they do not any more."""

    def __init__(self) -> None:
        self.blocked, self.got = True, list[str]()
        self.has_both = asyncio.Event()

    def simulated(self, _: str) -> bool:
        return False

    async def send(self, part: Part) -> Outcome:
        if self.blocked:
            return Refused(REASON)
        self.got.append(str(part.body["text"]))
        if len(self.got) == 2:
            self.has_both.set()
        return Sent("1")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        missing("chromium is not installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def app_customer(app: FastAPI, stand: Stand, monkeypatch: pytest.MonkeyPatch) -> Blocked:
    """A customer on Telegram to whom two words could not be delivered."""
    customer, channel = Blocked(), stand.messaging.channels["telegram"]
    for name in ("simulated", "send"):
        monkeypatch.setattr(channel, name, getattr(customer, name))
    await say(stand, "Your kettle is on its way.", "Anything else?")
    return customer


async def say(stand: Stand, *texts: str) -> None:
    """The bot says something on Telegram, and it is given up."""
    chat = await stand.conversations.open("telegram", "en", None, stand.now, id="m4711", address="4711")
    outbox = stand.messaging.outbox
    async with stand.broadcast.watch(chat.id) as news, asyncio.timeout(20):
        await stand.events.say(chat.id, [Word("message", "bot", text) for text in texts], 0, stand.now)
        stand.messaging.delivery.notice()
        while len(await outbox.undelivered(10)) < len(texts):
            await news.wait()
            news.clear()


async def test_operator_has_what_was_not_delivered_sent_after_all(
    app: FastAPI, stand: Stand, browser: Browser, app_customer: Blocked, settings: object
) -> None:
    key = (stand.settings.data_dir / "operator.key").read_text("utf-8").strip()
    async with served(app) as url:
        page = await browser.new_page()
        errors: list[str] = []
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        await page.goto(f"{url}/operator?key={key}&lang=en")
        listed = page.locator("#undelivered-list tbody tr")
        await expect(listed).to_have_count(2)
        for words in ("Telegram", "Bot", REASON):
            await expect(listed.first).to_contain_text(words)
        assert "kettle" not in await page.content()
        # As it stands, nothing has changed: it is tried, refused, and comes back by itself.
        await page.get_by_role("button", name="Send all again").press("Enter")
        await expect(page.get_by_text("2 messages are being sent again.")).to_be_visible()
        await expect(listed).to_have_count(2, timeout=SOON)
        assert app_customer.got == []
        app_customer.blocked = False
        await page.get_by_role("button", name="Send again").last.press("Enter")
        await expect(page.get_by_text("One message is being sent again.")).to_be_visible()
        await expect(listed).to_have_count(1)
        await page.get_by_role("button", name="Send again").press("Enter")
        await expect(page.get_by_text("Every word to a messaging app has arrived")).to_be_visible()
        async with asyncio.timeout(20):
            await app_customer.has_both.wait()
        assert sorted(app_customer.got) == ["Anything else?", "Your kettle is on its way."]
        assert errors == []


@pytest.mark.parametrize("lang", ["en", "zh", "ko"])
async def test_the_list_shuts_nobody_out_and_fits_its_window(
    app: FastAPI, stand: Stand, browser: Browser, app_customer: Blocked, lang: str
) -> None:
    key = (stand.settings.data_dir / "operator.key").read_text("utf-8").strip()
    async with served(app) as url:
        for width in (320, 1200):
            page = await browser.new_page(viewport={"width": width, "height": 800})
            await page.goto(f"{url}/operator?key={key}&lang={lang}")
            await expect(page.locator("#undelivered-list tbody tr")).to_have_count(2)
            assert await violations(page) == []
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
            section = page.locator("section[aria-labelledby=undelivered]")
            await section.screenshot(path=SHOTS / f"undelivered-{lang}-{width}.png")
            await page.close()


async def violations(page: Page) -> list[str]:
    found = (await Axe().run(page)).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]
