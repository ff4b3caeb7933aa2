"""Out to Telegram: long words in parts, once each, through limits, outages and refusals."""

import asyncio
import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Update

from api.channels.port import OutgoingWord, Source
from api.channels.telegram import MADE_UP, Telegram
from api.dialogue.turn import Button, Said, Turn
from api.settings import Settings
from tests.api.stand import Stand

from .bot_api import BLOCKED, BROKEN, TOKEN, TOO_MANY, BotApi, failed
from .chat import PLACE, disclosure, greeting, post, settled, telegram, words
from .phone import Phone

# What goes out


async def test_what_is_too_long_for_one_message_arrives_in_parts_with_the_buttons_under_the_last(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    text = "\n\n".join(f"{n}. " + "🙂 한국어 중문 文字。" * 90 for n in range(9))

    async def tells(turn: Turn) -> list[Said]:
        return [Said(text, [Button("That helped", "x")])]

    stand.engine.does = tells
    await post(client, Phone().text("tell me"))
    await settled(stand)
    parts = bot_api.messages()[1:]
    assert len(parts) > 2
    assert "".join("".join(str(m.text) for m in parts).split()) == "".join(text.split())
    assert [m.reply_markup is not None for m in parts] == [False] * (len(parts) - 1) + [True]


@pytest.mark.parametrize(
    "text",
    ["<b>5 < 6 & *x* _y_ [z](w) `q`</b>", "\u202eabc", "Z͑ͫ̓ͪ̂ͫ", "👩‍👩‍👧‍👦" * 500, "x" * 9000, "/start", "\ud800 half"],
)
async def test_no_text_of_a_customer_breaks_what_is_said(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand, text: str
) -> None:
    async def repeats(turn: Turn) -> list[Said]:
        return [Said(text)]

    stand.engine.does = repeats
    await post(client, Phone().text("hello"))
    letters = await settled(stand)
    assert {letter.status for letter in letters} == {"sent"}
    assert "".join(bot_api.words()[1:]) == text.replace("\ud800", "\ufffd")


def test_sources_stand_below_the_text_and_nothing_is_markup(tmp_path: Path) -> None:
    word = OutgoingWord("1", 4, "Here.", sources=[Source("Late parcels", "https://shop.example/kb/late/")])
    [part] = telegram(tmp_path).render(word)
    assert part.body["text"] == "Here.\n\nLate parcels\nhttps://shop.example/kb/late/"
    assert "parse_mode" not in part.body


async def test_too_many_requests_are_waited_out_and_nothing_is_said_twice(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    bot_api.plan.extend([TOO_MANY, BROKEN])
    await post(client, Phone().text("/start"))
    await asyncio.to_thread(bot_api.wait_asked, 1)
    for seconds in (1, 2):
        await settled(stand)
        due = await stand.messaging.outbox.next_due(stand.now)
        assert due is not None
        assert 0.7 <= (due - stand.now).total_seconds() <= seconds + 0.6
        stand.now = due
        stand.messaging.delivery.notice()
    assert await words(bot_api, 1) == [greeting("en")]
    [letter] = await settled(stand)
    assert (letter.status, letter.attempts, len(letter.sent)) == ("sent", 3, 1)
    assert [one.status for one in bot_api.asked] == [429, 500, 200]


async def test_a_part_that_arrived_is_not_sent_again_when_the_next_one_fails(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    async def tells(turn: Turn) -> list[Said]:
        return [Said("a" * 4000 + "\n\n" + "b" * 4000)]

    stand.engine.does = tells
    phone = Phone()
    await post(client, phone.text("/start"))
    await words(bot_api, 1)
    await settled(stand)
    bot_api.plan.extend([(200, {"ok": True, "result": {"message_id": 9}}), BROKEN])
    await post(client, phone.text("tell me"))
    await asyncio.to_thread(bot_api.wait_asked, 3)
    await settled(stand)
    stand.now += timedelta(seconds=30)
    stand.messaging.delivery.notice()
    await words(bot_api, 3)
    assert [one.body["text"][0] for one in bot_api.asked[1:]] == ["a", "b", "b"]
    assert [letter.parts_sent for letter in await settled(stand)] == [1, 2]


@pytest.mark.parametrize("answer", [BLOCKED, failed(400, "Bad Request: chat not found")])
async def test_what_telegram_refuses_is_not_tried_again_and_the_reason_is_kept(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand, answer: Any
) -> None:
    bot_api.plan.append(answer)
    await post(client, Phone().text("/start"))
    await asyncio.to_thread(bot_api.wait_asked, 1)
    [letter] = await settled(stand)
    assert (letter.status, len(bot_api.asked)) == ("dead", 1)
    assert answer[1]["description"] in str(letter.reason)


async def test_what_cannot_be_sent_for_a_day_is_given_up(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    bot_api.away = BROKEN
    await post(client, Phone().text("/start"))
    await asyncio.to_thread(bot_api.wait_asked, 1)
    await settled(stand)
    stand.now += timedelta(hours=25)
    stand.messaging.delivery.notice()
    await asyncio.to_thread(bot_api.wait_asked, 2)
    [letter] = await settled(stand)
    assert letter.status == "dead"
    assert "given up" in str(letter.reason)


async def test_a_silent_telegram_is_left_after_a_while(
    bot_api: BotApi, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.channels.telegram.PATIENCE", 0.3)
    channel = Telegram(settings)
    bot_api.plan.append(BotApi.HANG)
    begin = time.monotonic()
    [part] = channel.render(OutgoingWord("1", 1, "hello"))
    outcome = await channel.send(part)
    assert time.monotonic() - begin < 3
    assert "cannot be reached" in outcome.reason  # type: ignore[union-attr]
    assert TOKEN not in repr(outcome)
    await channel.aclose()


async def test_a_wrong_token_loses_nothing(bot_api: BotApi, tmp_path: Path) -> None:
    channel = telegram(tmp_path, telegram_token="1:wrong", telegram_api_url=bot_api.url)
    outcome = await channel.send(channel.render(OutgoingWord("1", 1, "hello"))[0])
    assert outcome.__class__.__name__ == "Later"
    await channel.aclose()


async def test_a_word_that_waits_while_a_person_takes_over_is_not_sent(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    bot_api.plan.append(BROKEN)
    await post(client, Phone().text("/start"))
    await asyncio.to_thread(bot_api.wait_asked, 1)
    [letter] = await settled(stand)
    await stand.conversations.move(letter.conversation_id, "agent", "alice", "took over", 0)
    stand.now += timedelta(minutes=5)
    stand.messaging.delivery.notice()
    [letter] = await settled(stand)
    assert letter.status == "dropped"
    assert bot_api.words() == []


async def test_without_a_token_everything_is_recorded_and_nothing_is_sent(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    channel = stand.messaging.channels["telegram"]
    request, chat = channel.simulate("hello", "zh", "Li", "")
    assert int(chat) >= MADE_UP
    answer = await client.post(PLACE, content=request.body, headers=dict(request.headers))
    assert answer.status_code == 200
    letters = await settled(stand)
    assert [letter.status for letter in letters] == ["simulated"] * 2
    assert letters[0].sent[0]["body"]["text"] == disclosure("zh")
    assert bot_api.asked == []
    # What we simulate is what Telegram's own library reads as an update.
    update = Update.de_json(json.loads(request.body), None)
    assert update.effective_message.text == "hello"
    assert update.effective_user.language_code == "zh"


async def test_a_word_goes_out_when_it_is_written_and_not_at_the_next_look(
    client: httpx.AsyncClient, bot_api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.channels.delivery.SWEEP", 600.0)
    await post(client, Phone().text("hello"))
    assert len(await words(bot_api, 2)) == 2
