"""The operator's page: for whoever has the key, in three languages, and never with a word of a customer's."""

import re
import stat

import httpx
import pytest

from api.operator.gate import COOKIE
from api.settings import Settings
from handoff.conversations import Conversation

from ..stand import Stand, answered

PLACES = ["/operator", "/operator/figures", "/metrics"]


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
