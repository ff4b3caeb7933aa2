"""Connecting to Telegram: what it is told of us, what is missing, and what keeps two bots apart."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from telegram import Update

from api.channels import CHANNELS
from api.channels.port import NotConnected, Request
from api.channels.telegram import Telegram
from api.settings import Settings

from .bot_api import BotApi, failed
from .chat import telegram
from .phone import Phone
from .suite.telegram import TELEGRAM


async def test_telegram_is_told_where_we_are_with_the_secret(settings: Settings, bot_api: BotApi) -> None:
    channel = Telegram(settings)
    assert await channel.connect("https://shop.example/webhooks/telegram") == "Webhook was set"
    [asked] = bot_api.asked
    assert asked.body == {
        "url": "https://shop.example/webhooks/telegram",
        "secret_token": settings.telegram_secret.get_secret_value(),
        "allowed_updates": ["message", "callback_query"],
    }
    bot_api.plan.append(failed(400, "Bad Request: bad webhook: HTTPS url must be provided"))
    with pytest.raises(NotConnected, match="HTTPS url must be provided"):
        await channel.connect("http://shop.example")
    await channel.aclose()


@pytest.mark.parametrize("values", [{}, {"telegram_token": "1:x", "telegram_secret": "häßlich"}])
async def test_what_is_missing_for_a_connection_is_said(tmp_path: Path, values: dict[str, str]) -> None:
    with pytest.raises(NotConnected, match="FRONTDOOR_TELEGRAM_"):
        await telegram(tmp_path, **values).connect("https://shop.example")


def test_two_bots_of_one_shop_do_not_share_ids(tmp_path: Path) -> None:
    body = Phone().text("hello").encode()
    one, other = (telegram(tmp_path, telegram_token=t).read(Request("POST", "", {}, {}, body)) for t in ("1:a", "2:b"))
    assert one[0].provider_id != other[0].provider_id
    assert one[0].account != other[0].account


def test_the_recorded_payloads_are_updates_to_telegrams_own_library(tmp_path: Path) -> None:
    recorded = TELEGRAM.recorded()
    for name, body in recorded.items():
        update = Update.de_json(json.loads(body), None)
        again = Update.de_json(json.loads(update.to_json()), None)
        assert again.to_dict() == update.to_dict(), name
    # What its library writes is read like what we recorded.
    one = json.loads(recorded["press"])
    [ours] = telegram(tmp_path).read(Request("POST", "", {}, {}, json.dumps(one).encode()))
    rewritten = Update.de_json(one, None).to_json().encode()
    [theirs] = telegram(tmp_path).read(Request("POST", "", {}, {}, rewritten))
    assert replace(theirs, raw="") == replace(ours, raw="")


def test_every_channel_of_the_table_is_held_apart_from_the_others() -> None:
    contracts = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    [apart] = [contract for contract in contracts if contract["name"] == "channels are strangers to each other"]
    assert sorted(apart["modules"]) == sorted(f"api.channels.{name}" for name in CHANNELS)
