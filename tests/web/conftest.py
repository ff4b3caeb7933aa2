"""A browser, and a server to point it at."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import missing

from .chat_page import ChatPage
from .stub import Stub

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/web/" in item.path.as_posix():
            item.add_marker("browser")


# One browser per module, not per run: while it lives, playwright's loop occupies the main thread, and tests
# elsewhere that need a loop of their own could not run.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        missing("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as server:
        yield server


@pytest.fixture
def base_url(stub: Stub) -> str:
    """Where the product runs. Tests that need only this also hold for the real one."""
    return stub.url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/Amsterdam")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def chat(page: Page, base_url: str) -> Iterator[ChatPage]:
    """The chat in a tab that has gone nowhere yet. No test may leave an error in the console behind."""
    chat = ChatPage(page, base_url)
    yield chat
    assert chat.errors == []


@pytest.fixture
def new_chat(browser: Browser, base_url: str) -> Iterator[Callable[..., ChatPage]]:
    """Makes a customer with a browser of a certain kind: small, dark, Korean, without storage."""
    contexts: list[BrowserContext] = []

    def make(**options: object) -> ChatPage:
        context = browser.new_context(**{"locale": "en-GB", "timezone_id": "Europe/Amsterdam", **options})  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        return ChatPage(context.new_page(), base_url)

    yield make
    for context in contexts:
        context.close()
