"""A stand whose Telegram is a small server on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from api.settings import Settings

from .bot_api import TOKEN, BotApi
from .phone import SECRET


@pytest.fixture
def bot_api() -> Iterator[BotApi]:
    api = BotApi()
    yield api
    api.close()


@pytest.fixture
def settings(tmp_path: Path, bot_api: BotApi) -> Settings:
    return Settings(
        data_dir=tmp_path,
        rate_per_conversation="1000/minute",
        telegram_token=SecretStr(TOKEN),
        telegram_secret=SecretStr(SECRET),
        telegram_api_url=bot_api.url,
    )
