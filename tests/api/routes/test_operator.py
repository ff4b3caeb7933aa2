"""The operator's page: for whoever has the key, in three languages, and never with a word of a customer's."""

import asyncio
import re
import stat

import httpx
import pytest

from api.operator.gate import COOKIE
from api.settings import Settings
from handoff.conversations import Conversation
from handoff.events import Word

from ..stand import Stand, answered

PLACES = ["/operator", "/operator/figures", "/metrics"]
#: A conversation in a messaging app.
CHAT = "m4711"


@pytest.fixture
def key(client: httpx.AsyncClient, settings: Settings) -> str:
    """The key as an operator finds it in the data folder."""
    return (settings.data_dir / "operator.key").read_text("utf-8").strip()


@pytest.fixture
def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_key_is_made_that_only_the_products_own_user_can_read(key: str, settings: Settings) -> None:
    assert len(key) >= 32
    assert stat.S_IMODE((settings.data_dir / "operator.key").stat().st_mode) == 0o600


@pytest.mark.parametrize("place", PLACES)
async def test_without_the_key_it_is_said_where_the_key_is_found(
    client: httpx.AsyncClient, key: str, place: str
) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Cookie": f"{COOKIE}=wrong"}, {"Authorization": key}):
        answer = await client.get(place, headers=headers)
        assert answer.status_code == 401
        assert "operator.key" in answer.text
        assert "FRONTDOOR_OPERATOR_KEY" in answer.text
        assert key not in answer.text
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("place", PLACES)
async def test_the_key_opens_as_a_bearer_token(client: httpx.AsyncClient, bearer: dict[str, str], place: str) -> None:
    assert (await client.get(place, headers=bearer)).status_code == 200


@pytest.mark.parametrize("language", ["", "&lang=ko"])
async def test_a_key_in_the_address_becomes_a_cookie_and_leaves_the_address(
    client: httpx.AsyncClient, key: str, language: str
) -> None:
    entered = await client.get(f"/operator?key={key}{language}")
    assert entered.status_code == 303
    assert entered.headers["location"] == "/operator" + language.replace("&", "?")
    cookie = entered.headers["set-cookie"]
    assert key not in cookie
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    for place in PLACES:
        assert (await client.get(place)).status_code == 200


async def test_the_key_can_be_typed_into_the_page_that_asks_for_it(client: httpx.AsyncClient, key: str) -> None:
    asked = await client.get("/operator")
    assert '<form method="post" action="/operator' in asked.text
    wrong = await client.post("/operator", data={"key": "no"})
    assert wrong.status_code == 401
    assert "That was not the key." in wrong.text
    assert (await client.post("/operator", data={"key": key})).status_code == 303
    assert (await client.get("/operator")).status_code == 200
    assert (await client.post("/operator", content=b"key=" + b"x" * 5000)).status_code == 413


async def test_a_key_of_the_settings_wins_over_the_one_in_the_folder(stand: Stand) -> None:
    from api.operator.key import operator_key

    chosen = stand.settings.model_copy(update={"operator_key": type(stand.settings.operator_key)("x" * 20)})
    assert operator_key(chosen).is_it("x" * 20)
    assert not operator_key(chosen).is_it("")
    assert not operator_key(chosen).is_it("ü")


async def test_many_wrong_keys_are_refused_and_the_right_one_still_opens(
    client: httpx.AsyncClient, bearer: dict[str, str]
) -> None:
    tried = [await client.get("/metrics", headers={"Authorization": f"Bearer wrong{n}"}) for n in range(12)]
    assert [answer.status_code for answer in tried] == [401] * 10 + [429] * 2
    assert int(tried[-1].headers["retry-after"]) > 0
    # Behind a proxy everybody may have one address: a stranger cannot lock the operator out.
    assert (await client.get("/metrics", headers=bearer)).status_code == 200
    # Nor does asking without any key count: a browser that has none yet is shown where it is.
    assert (await client.get("/operator")).status_code == 401


@pytest.mark.parametrize(
    ("asked", "accepted", "shown"),
    [("ko", "zh", "ko"), ("", "fr, zh-CN;q=0.8, en;q=0.5", "zh"), ("fr", "ko-KR", "ko"), ("", "", "en")],
)
async def test_page_speaks_the_language_asked_for_or_accepted(
    client: httpx.AsyncClient, bearer: dict[str, str], asked: str, accepted: str, shown: str
) -> None:
    headers = {**bearer, "Accept-Language": accepted}
    answer = await client.get("/operator", params={"lang": asked} if asked else {}, headers=headers)
    assert f'<html lang="{shown}">' in answer.text
    named = {"en": "Conversations", "zh": "会话", "ko": "대화"}
    assert named[shown] in answer.text


async def test_nothing_comes_from_elsewhere_and_no_script_stands_in_the_page(
    client: httpx.AsyncClient, bearer: dict[str, str]
) -> None:
    answer = await client.get("/operator", headers=bearer)
    outside = [url for url in re.findall(r"(?:https?:)?//[\w.]+", answer.text) if url != "http://www.w3.org"]
    # The bot's own address on loopback is text, not a link.
    assert [url for url in outside if url not in ("http://bot.test",)] == []
    assert re.findall(r"<script(?! src=)", answer.text) == []
    assert "style=" not in answer.text
    assert "<style" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"


async def test_no_word_of_a_customer_reaches_the_page(
    client: httpx.AsyncClient, stand: Stand, conversation: Conversation, bearer: dict[str, str]
) -> None:
    secret = "my card is 4111-1111"

    async def breaks(_turn: object) -> list[object]:
        raise ValueError(secret)

    stand.engine.does = breaks  # type: ignore[assignment]  # it never gives anything back
    stand.base.outcomes[secret] = [answered(text=secret)]
    await stand.say(conversation.id, secret)
    for place in PLACES:
        answer = await client.get(place, headers=bearer)
        assert "4111" not in answer.text
        assert conversation.id not in answer.text
    page = (await client.get("/operator", headers=bearer)).text
    assert "Talking to the bot failed (ValueError)." in page


async def test_a_bot_that_is_away_is_the_first_thing_the_page_says(
    client: httpx.AsyncClient, stand: Stand, bearer: dict[str, str]
) -> None:
    before = (await client.get("/operator", headers=bearer)).text
    assert "Bot 1 is not ready" not in before
    stand.member.is_away("ended with -9, restarting")
    page = (await client.get("/operator", headers=bearer)).text
    assert "Bot 1 is not ready: ended with -9, restarting." in page
    figures = (await client.get("/operator/figures", headers=bearer)).json()
    assert figures["parts"]["bots"][0]["ready"] is False


async def test_without_its_database_the_page_still_shows_the_parts(
    client: httpx.AsyncClient, stand: Stand, bearer: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: bool) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(stand.database, "session", away)
    page = await client.get("/operator", headers=bearer)
    assert page.status_code == 200
    assert "The database does not answer" in page.text
    assert 'id="tile-conversations"' not in page.text
    assert (await client.get("/operator/figures", headers=bearer)).json()["figures"] is None
    metrics = (await client.get("/metrics", headers=bearer)).text
    assert "frontdoor_database_up 0.0" in metrics
    assert "frontdoor_today_turns" not in metrics


@pytest.fixture
async def lost(client: httpx.AsyncClient, stand: Stand) -> list[int]:
    """Two words to a messaging app that were given up; their letters' ids, the latest first."""
    chat = await stand.conversations.open("pigeon", "en", None, stand.now, id=CHAT, address="4711")
    words = [Word("message", "bot", "Your kettle is on its way."), Word("message", "bot", "Anything else?")]
    await stand.events.say(chat.id, words, 0, stand.now)
    stand.messaging.delivery.notice()
    return await lost_again(stand, 2)


async def lost_again(stand: Stand, count: int) -> list[int]:
    """The letters that were given up, once there are so many: delivery works beside us."""
    async with stand.broadcast.watch(CHAT) as news, asyncio.timeout(10):
        while len(found := await stand.messaging.outbox.undelivered(10)) < count:
            await news.wait()
            news.clear()
    return [word.id for word in found]


async def test_page_lists_what_was_not_delivered_with_its_cause_and_without_its_words(
    client: httpx.AsyncClient, bearer: dict[str, str], lost: list[int]
) -> None:
    for language, named in {"en": "Not delivered", "zh": "未送达", "ko": "전달되지 않음"}.items():
        page = (await client.get("/operator", params={"lang": language}, headers=bearer)).text
        assert named in page
        assert page.count("there is no channel pigeon in this version") == 2
        assert [int(id_) for id_ in re.findall(r'name="letter" value="(\d+)"', page)] == lost
        assert "kettle" not in page
    told = (await client.get("/operator/figures", headers=bearer)).json()["figures"]["undelivered"]
    assert [(word["id"], word["role"], word["attempts"]) for word in told] == [(id_, "bot", 1) for id_ in lost]


async def test_a_press_on_the_page_has_a_word_sent_after_all(
    client: httpx.AsyncClient, stand: Stand, key: str, lost: list[int]
) -> None:
    await client.get(f"/operator?key={key}")
    page = (await client.get("/operator?lang=ko")).text
    token = re.findall(r'name="token" value="(\w+)"', page)[0]
    assert key not in page
    pressed = await client.post("/operator/letters?lang=ko", data={"token": token, "letter": str(lost[0])})
    assert (pressed.status_code, pressed.headers["location"]) == (303, "/operator?lang=ko&again=1#undelivered")
    assert "메시지 1건을 다시 보내고 있습니다." in (await client.get("/operator?lang=ko&again=1")).text
    # There is still no such channel: it comes back, at once and with a cause.
    assert await lost_again(stand, 2) == lost
    again = await client.post("/operator/letters", data={"token": token, "letter": "all"})
    assert again.headers["location"] == "/operator?lang=en&again=2#undelivered"


async def test_two_operators_who_press_at_once_have_it_sent_once(
    client: httpx.AsyncClient, stand: Stand, bearer: dict[str, str], lost: list[int]
) -> None:
    await stand.messaging.delivery.stop()
    for again in (1, 0):
        pressed = await client.post("/operator/letters", data={"letter": str(lost[0])}, headers=bearer)
        assert f"again={again}" in pressed.headers["location"]
    page = (await client.get("/operator?again=0", headers=bearer)).text
    assert "Somebody else had it sent again already." in page
    assert [int(id_) for id_ in re.findall(r'name="letter" value="(\d+)"', page)] == lost[1:]


async def test_another_site_cannot_press_the_button_through_the_operators_browser(
    client: httpx.AsyncClient, stand: Stand, key: str, lost: list[int]
) -> None:
    posted = await client.post("/operator/letters", data={"letter": "all"})
    assert posted.status_code == 401
    await client.get(f"/operator?key={key}")
    for token in ({}, {"token": ""}, {"token": "wrong"}, {"token": stand_cookie(client)}):
        posted = await client.post("/operator/letters", data={"letter": "all", **token})
        assert posted.status_code == 403
        assert "did not come from the operator's page" in posted.text
    assert len(await stand.messaging.outbox.undelivered(10)) == 2


def stand_cookie(client: httpx.AsyncClient) -> str:
    """What the browser sends along by itself, which proves nothing."""
    return client.cookies[COOKIE]


@pytest.mark.parametrize("letter", ["", "-1", "١", "1; DROP TABLE outbox", "9" * 30, "99999999999"])
async def test_what_names_no_letter_is_refused(client: httpx.AsyncClient, bearer: dict[str, str], letter: str) -> None:
    posted = await client.post("/operator/letters", data={"letter": letter}, headers=bearer)
    assert posted.status_code == 422
    assert "There is no such message." in posted.text
