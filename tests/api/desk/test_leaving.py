"""Who waits on the website may write that they would rather have a ticket, as in the apps, and it is made once."""

import asyncio

import httpx
import pytest

from api import wording
from api.routes.conversations import token_hash
from handoff.conversations import Conversation

from ..stand import NOW, Stand

KEY = {"Authorization": "Bearer key"}
TOLD = {
    "en": ("the lid of my teapot is broken, jane@example.com", "I'd rather leave a ticket"),
    "zh": ("我的茶壶盖子碎了 jane@example.com", "不等了，改成工单吧"),
    "ko": ("찻주전자 뚜껑이 깨졌어요 jane@example.com", "그냥 문의로 접수해 주세요"),
}


async def queued(stand: Stand, locale: str) -> Conversation:
    one = await stand.conversations.open("web", locale, token_hash("key"), NOW)
    return await stand.conversations.move(one.id, "queue", "bot", "explicit_request", None, at=NOW)


async def write(client: httpx.AsyncClient, id_: str, key: str, text: str) -> None:
    body = {"id": key, "text": text}
    answer = await client.post(f"/api/v1/conversations/{id_}/messages", headers=KEY, json=body)
    assert answer.status_code == 202


@pytest.mark.parametrize("language", TOLD)
async def test_a_word_in_the_queue_makes_one_ticket(client: httpx.AsyncClient, stand: Stand, language: str) -> None:
    waits = await queued(stand, language)
    matter, wish = TOLD[language]
    await write(client, waits.id, "1", matter)
    # Sent twice by a page on a slow line, and meant twice by somebody impatient.
    await asyncio.gather(*(write(client, waits.id, key, wish) for key in ("2", "2", "3")))
    found = await stand.conversations.find(waits.id)
    assert found is not None
    assert found.owner == "bot"
    [ticket] = await stand.tickets.for_conversation(waits.id)
    assert wish not in ticket.question
    said = [e for e in await stand.events.after(waits.id, 0) if e.type == "ticket"]
    assert len(said) == 1
    assert ticket.number in said[0].text


@pytest.mark.parametrize(
    ("language", "matter"),
    [
        ("en", "kettle leaks"),
        ("zh", "水壶漏水"),
        ("ko", "주전자 새요"),
        ("en", "parcel lost"),
        ("zh", "包裹丢了"),
        ("ko", "택배 분실"),
    ],
)
async def test_a_thing_and_its_trouble_are_matter_enough_for_the_ticket(
    client: httpx.AsyncClient, stand: Stand, language: str, matter: str
) -> None:
    waits = await queued(stand, language)
    await write(client, waits.id, "1", f"{matter} jane@example.com")
    await write(client, waits.id, "2", TOLD[language][1])
    [ticket] = await stand.tickets.for_conversation(waits.id)
    assert matter in ticket.question


@pytest.mark.parametrize("text", ["what happened to my ticket?", "hello?", "no ticket please"])
async def test_any_other_word_goes_to_those_who_read_the_queue(
    client: httpx.AsyncClient, stand: Stand, text: str
) -> None:
    waits = await queued(stand, "en")
    await write(client, waits.id, "1", text)
    found = await stand.conversations.find(waits.id)
    assert found is not None
    assert found.owner == "queue"


async def test_to_the_bot_the_word_is_a_message_like_any_other(client: httpx.AsyncClient, stand: Stand) -> None:
    one = await stand.conversations.open("web", "en", token_hash("key"), NOW)
    await write(client, one.id, "1", "ticket")
    assert await stand.heard(one.id) == ["You said: ticket"]
    assert wording.say("en", "desk-left") not in [e.text for e in await stand.events.after(one.id, 0)]
