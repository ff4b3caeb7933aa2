"""In from Telegram: what its own library sends is understood, once, and nobody is left without a word."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from limits import parse
from telegram import Contact, Dice, Location, Sticker, Voice
from telegram.constants import StickerType

from api.dialogue.turn import Button, Said, Turn
from tests.api.stand import Stand

from .bot_api import BotApi, failed, keyboard
from .chat import PHOTO, disclosure, greeting, post, say, settled, words
from .phone import Phone


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
