"""The product, running: on SQLite with the team at work, and on PostgreSQL with the team at home."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser

from tests.api.channels.bot_api import TOKEN, BotApi
from tests.api.channels.phone import SECRET
from tests.conftest import missing, named, run_as_admin

from ..web.conftest import browser  # noqa: F401 - a fixture
from .product import BOT_PYTHON, FRONTDOOR, ROOT, Product, data_folder, free_port, run
from .receiver import HOOK_SECRET, Receiver
from .street import Street


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys/" in item.path.as_posix():
            item.add_marker("rasa")


@pytest.fixture(scope="session")
def prepared() -> Path:
    """A folder with encoder, model and index; kept between runs, and renewed when their inputs changed."""
    if not FRONTDOOR.is_file():
        missing(f"the product is not installed: {FRONTDOOR} is not there (make dev)")
    if not (BOT_PYTHON.is_file() or os.environ.get("FRONTDOOR_BOT_PYTHON")):
        missing(f"the bot's own environment is not there: {BOT_PYTHON} (make setup)")
    cache = Path(os.environ.get("FRONTDOOR_TEST_CACHE", ROOT / ".pytest_cache" / "frontdoor")).resolve()
    cache.mkdir(parents=True, exist_ok=True)
    run_id, stamp = os.environ.get("PYTEST_XDIST_TESTRUNUID"), cache / "prepared.stamp"
    # The first of several workers makes it. Made again by the next, it would change under the first one's products.
    with FileLock(cache / "prepared.lock"):
        if run_id is None or not stamp.is_file() or stamp.read_text("utf-8") != run_id:
            _prepare(cache)
            stamp.write_text(run_id or "", "utf-8")
    return cache


def _prepare(cache: Path) -> None:
    shutil.rmtree(cache / "articles", ignore_errors=True)
    # A port of its own, so that no product that runs here is taken for one that should follow.
    settings = {"DATA_DIR": str(cache), "PORT": str(free_port())}
    steps = [("train", "--even-if-worse"), ("kb", "ask", "where is my parcel?")]
    for step in steps:
        done = run(settings, *step, timeout=400)
        if done.returncode and "kb rebuild" in done.stderr:
            # The cached index was made by another encoder; the product says so and what to do.
            done = run(settings, "kb", "rebuild", timeout=400)
        assert done.returncode == 0, done.stderr


def at_work() -> str:
    """Hours of a team that is there now, whatever the time: its clock shows about noon, and it closes at 23:00."""
    east = 12 - datetime.now(UTC).hour
    # POSIX has the signs of these the wrong way round.
    zone = f"Etc/GMT{-east:+d}" if east else "Etc/GMT"
    return f"teams:\n  support:\n    timezone: {zone}\n    hours:\n      mon-sun: 00:00-23:00\n    reply_within: 4h\n"


def at_home() -> str:
    """Hours of a team that is away until nine o'clock three days from now."""
    back = (datetime.now(UTC) + timedelta(days=3)).date()
    return (
        "teams:\n  support:\n    timezone: Europe/Amsterdam\n    hours:\n      mon-sun: closed\n"
        f"    open:\n      {back}: 09:00-18:00\n    reply_within: 4h\n"
    )


def hours_file(folder: Path, text: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "hours.yml"
    file.write_text(text, "utf-8")
    return str(file)


@pytest.fixture(scope="session")
def open_shop(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product on SQLite, in business hours."""
    folder = tmp_path_factory.mktemp("open")
    product = Product(data_folder(folder / "data", prepared), HOURS_FILE=hours_file(folder, at_work()))
    product.start()
    yield product
    product.close()


@pytest.fixture(scope="session")
def closed_shop(prepared: Path, tmp_path_factory: pytest.TempPathFactory, postgres: str) -> Iterator[Product]:
    """The product on PostgreSQL, out of hours."""
    folder = tmp_path_factory.mktemp("closed")
    run_as_admin(postgres, "CREATE DATABASE journeys")
    product = Product(
        data_folder(folder / "data", prepared),
        HOURS_FILE=hours_file(folder, at_home()),
        DATABASE_URL=named(postgres, "journeys"),
    )
    product.start()
    yield product
    product.close()


@pytest.fixture(scope="module")
def bot_api() -> Iterator[BotApi]:
    """Telegram's side, on this machine; it keeps what it is sent."""
    server = BotApi()
    yield server
    server.close()


@contextmanager
def on_telegram(folder: Path, prepared: Path, api: BotApi, **settings: str) -> Iterator[Product]:
    """A product of its own in business hours, connected to that Bot API."""
    telegram = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_SECRET": SECRET, "TELEGRAM_API_URL": api.url}
    hours = hours_file(folder, at_work())
    product = Product(data_folder(folder / "data", prepared), HOURS_FILE=hours, **telegram, **settings)
    product.start()
    yield product
    product.close()


@pytest.fixture(params=["sqlite, in hours", "postgresql, out of hours"])
def shop(request: pytest.FixtureRequest) -> Product:
    """The same journey on both."""
    product: Product = request.getfixturevalue("open_shop" if "sqlite" in request.param else "closed_shop")
    return product


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    """The operator's own system, which is told of handovers and tickets."""
    receiver = Receiver()
    yield receiver
    receiver.close()


#: A desk's page is heard from every 20 seconds; who is not for this long has vanished.
AWAY = "30"


@pytest.fixture(scope="session")
def staffed(prepared: Path, tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Iterator[Product]:
    """The product in business hours, with agents who may vanish, and with an operator who wants to be told."""
    folder = tmp_path_factory.mktemp("staffed")
    product = Product(
        data_folder(folder / "data", prepared),
        HOURS_FILE=hours_file(folder, at_work()),
        AGENT_AWAY_SECONDS=AWAY,
        # A bot that stands still is waited for, for as long as somebody needs to take over in a browser.
        BOT_TIMEOUT="30",
        HOOK_URL=receiver.url,
        HOOK_SECRET=HOOK_SECRET,
    )
    product.start()
    yield product
    product.close()


@pytest.fixture
def street(staffed: Product, browser: Browser) -> Iterator[Street]:  # noqa: F811
    """Customers and agents in browsers of their own. No desk may leave an error in the console behind."""
    street = Street(browser, staffed)
    yield street
    street.close()
    assert [error for desk in street.desks for error in desk.unexpected()] == []
