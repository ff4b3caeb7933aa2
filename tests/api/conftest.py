"""What the tests of the API share: a stand around a fresh database, and a client for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.settings import Settings
from handoff.conversations import Conversation
from handoff.database import migrate

from .stand import NOW, Stand, migrated


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and nothing in them."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, rate_per_address="1000/minute", rate_per_conversation="1000/minute")


@pytest.fixture
async def stand(tmp_path: Path, empty_database: Path, settings: Settings) -> AsyncIterator[Stand]:
    database = migrated(tmp_path / "frontdoor.db", empty_database)
    await database.connect()
    stand = Stand(database, settings)
    yield stand
    stand.knowledge.close()
    await database.dispose()


@pytest.fixture
async def conversation(stand: Stand) -> Conversation:
    """A conversation of an English customer that has just begun."""
    return await stand.conversations.open("web", "en", "hash", NOW)


@pytest.fixture
async def app(stand: Stand) -> AsyncIterator[FastAPI]:
    app = create_app(stand.settings, stand.running)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    # What goes wrong inside must come out as an answer, as it does behind a real server.
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        yield client
