"""A chat on Telegram in tests: what a customer sends, and what comes back once all is settled."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
from telegram import PhotoSize

from api import wording
from api.channels.telegram import Telegram
from api.settings import Settings
from handoff.outbox import Letter
from tests.api.stand import Stand

from .bot_api import BotApi
from .phone import headers

PLACE = "/webhooks/telegram"


PHOTO = {"photo": [PhotoSize("id", "unique", 90, 90)]}


async def post(client: httpx.AsyncClient, update: str) -> None:
    answer = await client.post(PLACE, content=update.encode(), headers=headers())
    assert answer.status_code == 200, answer.text


async def words(bot_api: BotApi, count: int, within: float = 20) -> list[str]:
    await asyncio.to_thread(bot_api.wait, count, within)
    return bot_api.words()


async def settled(stand: Stand, within: float = 20) -> list[Letter]:
    """All letters, once nothing waits: neither an answer nor a letter that is due now."""
    async with asyncio.timeout(within):
        while True:
            due = await stand.messaging.outbox.due(stand.now)
            if (
                not due
                and not await stand.events.conversations_with_unhandled()
                and not stand.messaging.delivery._tasks
            ):
                return await stand.messaging.outbox.letters()
            await asyncio.sleep(0.02)


def say(language: str, key: str, **values: Any) -> str:
    return wording.say(language, key, **values)


def greeting(language: str) -> str:
    return say(language, "channel-greeting", shop="Linden & Lark")


def disclosure(language: str) -> str:
    return say(language, "channel-disclosure", shop="Linden & Lark")


def telegram(tmp_path: Path, **values: Any) -> Telegram:
    return Telegram(Settings(data_dir=tmp_path, **values))
