"""A shop with a desk, and agents with browsers of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from handoff.agents import Role
from handoff.database import migrate

from .desk_page import DeskPage
from .shop import Shop

Agent = Callable[..., DeskPage]


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and nothing in them."""
    path = tmp_path_factory.mktemp("desk") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def shop(tmp_path: Path, empty_desk: Path) -> Iterator[Shop]:
    with Shop(tmp_path, empty_desk) as shop:
        yield shop


@pytest.fixture
def visitor(browser: Browser, shop: Shop) -> Iterator[Agent]:
    """Opens the desk's page in a browser of a certain kind. No test may leave an error in the console behind."""
    contexts: list[BrowserContext] = []
    desks: list[DeskPage] = []

    def make(hash_: str = "", **options: object) -> DeskPage:
        wanted = {"locale": "en-GB", "viewport": {"width": 1280, "height": 800}, **options}
        context = browser.new_context(**wanted)  # type: ignore[arg-type]  # playwright's own options
        context.set_default_timeout(15_000)
        contexts.append(context)
        desks.append(DeskPage(context.new_page(), shop.url).visit(hash_))
        return desks[-1]

    yield make
    for context in contexts:
        context.close()
    assert [error for desk in desks for error in desk.unexpected()] == []


@pytest.fixture
def agent(shop: Shop, visitor: Agent) -> Agent:
    """Somebody who is signed in, in a browser of a certain kind."""

    def make(name: str = "kim", role: Role = "agent", hash_: str = "", **options: object) -> DeskPage:
        shop.person(name, role)
        return visitor(hash_, **options).sign_in(name, shop.password)

    return make


@pytest.fixture
def kim(agent: Agent) -> DeskPage:
    return agent("kim")
