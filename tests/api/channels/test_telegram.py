"""Telegram: what its own library sends is understood, and what we send its own library and limits accept."""

import asyncio
import json
import time
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from limits import parse
from telegram import Contact, Dice, Location, PhotoSize, Sticker, Update, Voice
from telegram.constants import StickerType

from api import wording
from api.channels import CHANNELS
from api.channels.port import NotConnected, OutgoingWord, Request, Source
from api.channels.telegram import MADE_UP, Telegram
from api.dialogue.turn import Button, Said, Turn
from api.settings import Settings
from handoff.outbox import Letter
from tests.api.stand import Stand

from .bot_api import BLOCKED, BROKEN, TOKEN, TOO_MANY, BotApi, failed, keyboard
from .phone import Phone, headers
from .suite.telegram import TELEGRAM

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


async def test_a_first_question_is_told_that_this_is_a_bot_and_then_answered(
    client: httpx.AsyncClient, bot_api: BotApi
) -> None:
    phone = Phone()
    await post(client, phone.text("where is my parcel"))
    assert await words(bot_api, 2) == [disclosure("en"), "You said: where is my parcel"]
    await post(client, phone.text("and now?"))
    assert (await words(bot_api, 3))[2:] == ["You said: and now?"]
    assert {m.chat.id for m in bot_api.messages()} == {phone.id}


@pytest.mark.parametrize(
    ("code", "language"),
    [("en-GB", "en"), ("zh-hans", "zh"), ("ko", "ko"), ("pt-br", "en"), (None, "en"), ("!" * 60, "en")],
)
async def test_start_is_greeted_in_the_language_of_the_app(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand, code: str | None, language: str
) -> None:
    await post(client, Phone(language=code).text("/start"))
    assert await words(bot_api, 1) == [greeting(language)]
    await settled(stand)
    assert len(bot_api.words()) == 1


async def test_a_button_is_pressed_once_and_becomes_what_stands_on_it(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    async def asks(turn: Turn) -> list[Said]:
        if turn.text == "hello":
            return [Said("Which?", [Button("It’s “late”", "x"), Button("한국어 " * 30, "y")])]
        return [Said(f"You chose {turn.text}")]

    stand.engine.does = asks
    phone = Phone()
    await post(client, phone.text("hello"))
    await words(bot_api, 2)
    question = bot_api.messages()[-1]
    data = keyboard(question)[0][1]
    await post(client, phone.presses(data, question.message_id))
    assert (await words(bot_api, 3))[2] == "You chose It’s “late”"
    # The second tap of a double one, and a press on an old keyboard, say so and do nothing.
    await post(client, phone.presses(data, question.message_id))
    await post(client, phone.presses("1:7"))
    await post(client, phone.presses("not ours"))
    await settled(stand)
    assert len(bot_api.words()) == 3
    answers = [one.body for one in bot_api.asked if one.method == "answerCallbackQuery"]
    assert [answer.get("text") for answer in answers] == [None, *[say("en", "channel-late-press")] * 3]
    removed = [one.body for one in bot_api.asked if one.method == "editMessageReplyMarkup"]
    assert removed[0] == {"chat_id": phone.id, "message_id": question.message_id}


async def test_a_button_that_telegram_no_longer_knows_holds_nothing_up(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    async def asks(turn: Turn) -> list[Said]:
        return [Said("Which?", [Button("This", "x")])]

    stand.engine.does = asks
    phone = Phone()
    await post(client, phone.text("hello"))
    await words(bot_api, 2)
    bot_api.plan.extend([failed(400, "Bad Request: query is too old"), failed(400, "Bad Request: not modified")])
    await post(client, phone.presses(keyboard(bot_api.messages()[-1])[0][1]))
    await words(bot_api, 3)
    letters = await settled(stand)
    assert {letter.status for letter in letters} == {"sent"}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PHOTO, "photo"),
        ({"voice": Voice("id", "unique", 3)}, "voice"),
        ({"sticker": Sticker("id", "unique", 1, 1, False, False, StickerType.REGULAR)}, "sticker"),
        ({"location": Location(4.9, 52.4)}, "place"),
        ({"contact": Contact("+31 20 1234567", "Jane")}, "contact"),
        ({"dice": Dice(3, "🎲")}, "something"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh", "ko"])
async def test_what_is_not_text_gets_one_polite_sentence(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand, language: str, content: dict[str, Any], kind: str
) -> None:
    phone = Phone(language=language)
    await post(client, phone.text("/start"))
    await post(client, phone.holds(**content))
    assert await words(bot_api, 2) == [greeting(language), say(language, "channel-text-only")]
    await settled(stand)
    assert len(bot_api.words()) == 2
    letter = (await stand.messaging.outbox.letters())[0]
    events = await stand.events.after(letter.conversation_id, 0)
    assert say(language, f"channel-got-{kind}") in [e.text for e in events]


async def test_an_album_is_answered_once(client: httpx.AsyncClient, bot_api: BotApi, stand: Stand) -> None:
    phone = Phone()
    await asyncio.gather(*(post(client, phone.holds(**PHOTO, media_group_id="album")) for _ in range(5)))
    await settled(stand)
    assert sorted(bot_api.words()) == sorted([disclosure("en"), say("en", "channel-text-only")])


async def test_a_caption_is_read_as_text(client: httpx.AsyncClient, bot_api: BotApi) -> None:
    await post(client, Phone().holds(**PHOTO, caption="it arrived like this"))
    assert (await words(bot_api, 2))[1] == "You said: it arrived like this"


async def test_nobody_is_answered_in_a_group_nor_is_a_bot(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    group = json.loads(Phone().text("hello everybody"))
    group["message"]["chat"] = {"id": -100123, "type": "supergroup", "title": "Friends"}
    bot = json.loads(Phone().text("hello colleague"))
    bot["message"]["from"]["is_bot"] = True
    for update in (group, bot):
        await post(client, json.dumps(update))
    assert await settled(stand) == []
    assert bot_api.asked == []


async def test_a_message_too_long_for_us_is_kept_whole_and_refused_with_a_sentence(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    await post(client, Phone(language="ko").text("가" * 4096))
    assert (await words(bot_api, 2))[1] == say("ko", "error-too-long", limit=2000)
    [letter, _] = await settled(stand)
    [asked, *_] = await stand.events.after(letter.conversation_id, 0)
    assert len(asked.text) == 4096


async def test_a_flood_is_stored_and_told_once_to_wait(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stand.rates, "_conversation", parse("2/minute"))
    phone = Phone()
    for number in range(6):
        await post(client, phone.text(str(number)))
    letters = await settled(stand)
    assert [w for w in bot_api.words() if w.startswith("You said")] == ["You said: 0", "You said: 1"]
    assert len([w for w in bot_api.words() if w.startswith("That was a lot")]) == 1
    events = await stand.events.after(letters[0].conversation_id, 0)
    assert [e.text for e in events if e.role == "customer"] == ["0", "1", "2", "3", "4", "5"]


async def test_while_a_person_has_the_conversation_the_bot_says_nothing(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    phone = Phone()
    await post(client, phone.text("/start"))
    [letter] = await settled(stand)
    await stand.conversations.move(letter.conversation_id, "agent", "alice", "took over", 0)
    for update in (phone.text("hello?"), phone.holds(**PHOTO), phone.text("/start")):
        await post(client, update)
    await settled(stand)
    assert bot_api.words() == [greeting("en")]
    events = await stand.events.after(letter.conversation_id, 0)
    assert [e.text for e in events if e.role == "customer"] == ["/start", "hello?", "[Photo]", "/start"]


async def test_a_closed_conversation_opens_again_for_whatever_comes(
    client: httpx.AsyncClient, bot_api: BotApi, stand: Stand
) -> None:
    phone = Phone()
    await post(client, phone.text("/start"))
    [letter] = await settled(stand)
    await stand.conversations.move(letter.conversation_id, "closed", "bot", "done", 0)
    await post(client, phone.text("/start"))
    assert await words(bot_api, 2) == [greeting("en")] * 2


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


def telegram(tmp_path: Path, **values: Any) -> Telegram:
    return Telegram(Settings(data_dir=tmp_path, **values))


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


async def test_a_word_goes_out_when_it_is_written_and_not_at_the_next_look(
    client: httpx.AsyncClient, bot_api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.channels.delivery.SWEEP", 600.0)
    await post(client, Phone().text("hello"))
    assert len(await words(bot_api, 2)) == 2


def test_every_channel_of_the_table_is_held_apart_from_the_others() -> None:
    contracts = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    [apart] = [contract for contract in contracts if contract["name"] == "channels are strangers to each other"]
    assert sorted(apart["modules"]) == sorted(f"api.channels.{name}" for name in CHANNELS)
