"""The bot that plays a turn again asks for actions at a door of its own, whose secret only it knows."""

from contextlib import AsyncExitStack

import httpx
import pytest

from api.bot.fleet import Fleet
from api.bot.process import BotDidNotStart
from api.bot.registry import UnknownModel
from api.bot.way_back import WayBack
from api.settings import Settings
from api.why import borrowed_bot
from api.why.borrowed_bot import Backstage, bring_bot, open_door, secret_for

from ..stand import SECRET, Stand


async def test_the_door_serves_our_actions_to_whoever_knows_the_secret(stand: Stand) -> None:
    async with AsyncExitStack() as stack:
        told = await open_door(stack, stand.settings, Backstage(Fleet(SECRET), stand.turns, stand.services))
        address = WayBack.of(stand.settings.model_copy(update=told)).on_this_machine()
        asked = {"next_action": "action_answer", "sender_id": "x", "tracker": {"latest_message": {"intent": {}}}}
        async with httpx.AsyncClient(trust_env=False) as client:
            stranger = await client.post(address, json=asked, headers={"X-Frontdoor-Secret": "guessed"})
            ours = await client.post(address, json=asked, headers={"X-Frontdoor-Secret": SECRET})
    # 409: the turn it asks for is not open. It is our own route that says so.
    assert (stranger.status_code, ours.status_code) == (403, 409)
    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx.ConnectError):
            await client.post(address)


def elsewhere(settings: Settings, **more: object) -> Settings:
    return settings.model_copy(update={"bot_urls": "http://127.0.0.1:1", "host": "127.0.0.1", **more})


async def test_a_bot_elsewhere_is_told_the_new_port_where_the_operator_named_the_address(stand: Stand) -> None:
    settings = elsewhere(stand.settings, actions_url="http://api.internal:8000/internal/actions")
    async with AsyncExitStack() as stack:
        told = await open_door(stack, settings, Backstage(Fleet(SECRET), stand.turns, stand.services))
    assert told["actions_url"] == f"http://api.internal:{told['port']}/internal/actions"
    assert told["port"] != 8000


async def test_a_bot_elsewhere_that_is_not_there_is_named(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(borrowed_bot, "PATIENCE", 0.1)
    async with AsyncExitStack() as stack:
        with pytest.raises(BotDidNotStart, match="cannot be reached"):
            await bring_bot(stack, elsewhere(stand.settings), Fleet(SECRET), stand.settings.data_dir)


async def test_without_a_model_it_says_how_to_get_one(stand: Stand) -> None:
    async with AsyncExitStack() as stack:
        with pytest.raises(UnknownModel, match="frontdoor train"):
            await bring_bot(stack, stand.settings, Fleet(SECRET), stand.settings.data_dir)


def test_a_bot_of_our_own_gets_a_new_secret_each_time(stand: Stand) -> None:
    assert secret_for(stand.settings) != secret_for(stand.settings)
    assert len(secret_for(stand.settings)) >= 32
