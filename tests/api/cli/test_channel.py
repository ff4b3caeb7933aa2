"""Messaging apps on the command line, by what is printed and what a provider is told."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.channels.port import NotConnected
from api.cli.channel import NoSuchChannel, NotRunning
from api.cli.root import app
from handoff.conversations import Conversations
from handoff.database import Database, migrate
from handoff.events import Events, Word
from handoff.outbox import Outbox
from tests.api.channels.bot_api import TOKEN, BotApi, failed

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def api() -> Iterator[BotApi]:
    server = BotApi()
    yield server
    server.close()


@pytest.fixture
def folder(tmp_path: Path, api: BotApi, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder, with the settings of a shop that has a Telegram bot."""
    for name, value in {"DATA_DIR": str(tmp_path), "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url}.items():
        monkeypatch.setenv(f"FRONTDOOR_{name}", value)
    return tmp_path


def frontdoor(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_the_provider_is_told_where_to_post(folder: Path, api: BotApi) -> None:
    done = frontdoor("channel", "connect", "telegram", "https://support.example.com/")
    assert "Webhook was set" in done.output
    [asked] = api.asked
    assert asked.body["url"] == "https://support.example.com/webhooks/telegram"
    assert asked.body["secret_token"] == (folder / "telegram.secret").read_text().strip()


@pytest.mark.usefixtures("folder")
def test_why_the_provider_refused_is_said(api: BotApi) -> None:
    api.plan.append(failed(401, "Unauthorized"))
    done = frontdoor("channel", "connect", "telegram", "https://support.example.com")
    assert isinstance(done.exception, NotConnected)
    assert "401: Unauthorized" in str(done.exception)
    assert TOKEN not in str(done.exception)
    assert frontdoor("channel", "connect", "telegram", "http://support.example.com").exit_code == 2


@pytest.mark.usefixtures("folder")
def test_each_channel_is_listed_with_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "on" in frontdoor("channel", "list").output
    monkeypatch.setenv("FRONTDOOR_TELEGRAM_TOKEN", "")
    assert "FRONTDOOR_TELEGRAM_TOKEN" in frontdoor("channel", "list").output


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_simulated_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDOOR_PORT", "9")
    assert isinstance(frontdoor("channel", "simulate", "telegram", "hello").exception, NotRunning)
    assert isinstance(frontdoor("channel", "simulate", "pigeon", "coo").exception, NoSuchChannel)
    assert "--chat" in frontdoor("channel", "simulate", "telegram", "hello", "--chat", "@jane").output


async def dead_letter(folder: Path) -> tuple[Database, int]:
    url = f"sqlite:///{folder / 'frontdoor.db'}"
    migrate(url)
    database = Database(url)
    await database.connect()
    chat = await Conversations(database).open("telegram", "en", None, NOW, address="1")
    await Events(database).say(chat.id, [Word("message", "bot", "a private matter")], 0, NOW)
    outbox = Outbox(database)
    letter = await outbox.head(chat.id, NOW)
    assert letter is not None
    assert await outbox.finished(letter, "dead", NOW, reason="Telegram answered 403")
    return database, letter.id


async def test_what_could_not_be_sent_is_listed_without_its_text_and_sent_after_all(folder: Path) -> None:
    database, number = await dead_letter(folder)
    listed = (await asyncio.to_thread(frontdoor, "outbox", "list")).output
    assert "Telegram answered 403" in listed
    assert "private" not in listed
    assert (await asyncio.to_thread(frontdoor, "outbox", "retry", "999")).exit_code == 1
    assert (await asyncio.to_thread(frontdoor, "outbox", "retry")).exit_code == 2
    assert (await asyncio.to_thread(frontdoor, "outbox", "retry", str(number))).exit_code == 0
    assert await Outbox(database).counts() == {"due": 1}
    await database.dispose()
