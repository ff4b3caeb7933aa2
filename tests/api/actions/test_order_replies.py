"""Replies about an order: what comes in between, what comes again, and what is no order at all."""

from datetime import date

import pytest

from api import wording
from api.actions import ACTIONS
from api.dialogue.bot import Bot
from api.dialogue.turn import Said, Turn
from api.orders.book import Order
from tests.api.stand import Stand, answered

from .order_talk import ORDER, TALK, buttons, customer, hear, trace, without_rasa


@pytest.fixture
def bot(stand: Stand) -> Bot:
    return without_rasa(stand)


async def test_a_general_question_is_answered_from_the_articles(stand: Stand, bot: Bot) -> None:
    stand.base.outcomes["how do I track my order?"] = [answered()]
    who = await customer(stand)
    assert "Wait one day." in await hear(stand, who, "how do I track my order?")


async def test_a_question_in_between_is_answered_and_the_number_may_still_come(stand: Stand, bot: Bot) -> None:
    stand.base.outcomes["how long does a refund take?"] = [answered()]
    who = await customer(stand)
    await hear(stand, who, "where is my order")
    assert "Wait one day." in await hear(stand, who, "how long does a refund take?")
    assert await hear(stand, who, "LL-20418837") == wording.say("en", "order-ask-contact")


@pytest.mark.parametrize(("said", "heard"), [("yes", "order-still-number"), ("no", "order-no-number")])
async def test_a_bare_yes_or_no_to_a_question_for_the_number_is_understood(
    stand: Stand, bot: Bot, said: str, heard: str
) -> None:
    who = await customer(stand)
    await hear(stand, who, "where is my order")
    assert wording.say("en", heard, **({"example": "LL-20418837"} if said == "yes" else {})) in await hear(
        stand, who, said
    )


@pytest.mark.parametrize("locale", TALK)
async def test_waiting_is_acknowledged_once_before_anything_is_asked(stand: Stand, locale: str) -> None:
    stand.orders.orders["LL-20418837"] = ORDER

    async def late(turn: Turn) -> list[Said]:
        turn.intent = turn.meant or "delivery_late"
        return (await ACTIONS["action_find_order"](turn, stand.services)).said

    stand.engine.does = late
    sorry = wording.say(locale, "ack-delivery_late")
    who = await customer(stand, locale)
    assert (await hear(stand, who, TALK[locale][0])).startswith(sorry)
    assert sorry not in await hear(stand, who, "LL-20418837")
    assert sorry not in await hear(stand, who, "jane@example.com")


async def test_the_ticket_form_is_not_disturbed_by_an_order_that_was_asked_after(stand: Stand, bot: Bot) -> None:
    who = await customer(stand)
    await hear(stand, who, "where is my order")
    await hear(stand, who, "I want to talk to a human")
    await hear(stand, who, "Jane Miller")
    assert await hear(stand, who, "jane@example.com") == wording.say("en", "ask-order_number", example="LL-20418837")


#: The order is told; what is asked of it then.
WHEN = {"en": "when will it come then", "zh": "还要几天", "ko": "며칠 더 걸려요"}


@pytest.mark.parametrize("locale", TALK)
async def test_the_number_is_never_asked_for_twice_in_the_same_words(stand: Stand, bot: Bot, locale: str) -> None:
    who = await customer(stand, locale)
    asking, number, _, _ = TALK[locale]
    first, second = [await hear(stand, who, asking) for _ in range(2)]
    assert (first, second) == tuple(
        wording.say(locale, key, example="LL-20418837") for key in ("ask-order_number", "order-still-number")
    )
    assert wording.say(locale, "open-ticket-button") in await buttons(stand, who)
    assert await hear(stand, who, number) == wording.say(locale, "order-ask-contact")
    assert await hear(stand, who, asking) == wording.say(locale, "order-still-contact")


@pytest.mark.parametrize("locale", TALK)
async def test_what_was_told_of_an_order_is_not_told_again_but_its_day_is(stand: Stand, bot: Bot, locale: str) -> None:
    stand.orders.orders["LL-20418837"] = Order(
        "LL-20418837", "shipped", date(2026, 11, 16), "jane@example.com", expected=date(2026, 11, 25)
    )
    who = await customer(stand, locale)
    told = await hear(stand, who, f"{TALK[locale][0]} LL-20418837 jane@example.com")
    again = await hear(stand, who, WHEN[locale])
    day = {"en": "Wednesday 25 November", "zh": "11月25日（星期三）", "ko": "11월 25일 수요일"}[locale]
    assert again == wording.say(locale, "order-still-expected", day=day)
    assert day in told
    assert wording.say(locale, "ask-person-button") in await buttons(stand, who)
    third = await hear(stand, who, WHEN[locale])
    assert third.startswith(wording.say(locale, "order-no-news", number="LL-20418837"))
    assert wording.say(locale, "open-ticket-button") in await buttons(stand, who)


@pytest.mark.parametrize("text", ["it's the blue lamp", "周一下的单", "파란 조명이에요"])
async def test_a_description_instead_of_the_number_goes_on_with_the_order(stand: Stand, bot: Bot, text: str) -> None:
    who = await customer(stand)
    await hear(stand, who, "where is my order")
    await hear(stand, who, text)
    assert (await trace(stand, who))["outcome"] == "asked for order_number"


@pytest.mark.parametrize("text", ["didn't get the mail", "메일이 안 와요", "没收到邮件"])
async def test_a_mail_that_does_not_come_is_no_parcel(stand: Stand, text: str) -> None:
    stand.orders.orders["LL-20418837"] = ORDER
    stand.base.outcomes[text] = [answered()]

    async def late(turn: Turn) -> list[Said]:
        turn.intent = "delivery_late"
        return (await ACTIONS["action_find_order"](turn, stand.services)).said

    stand.engine.does = late
    assert "Wait one day." in await hear(stand, await customer(stand), text)


@pytest.mark.parametrize(("text", "locale"), [("where's that", "en"), ("在哪", "zh"), ("어디 있어요", "ko")])
async def test_where_after_an_article_asks_for_no_order_number(stand: Stand, text: str, locale: str) -> None:
    stand.orders.orders["LL-20418837"] = ORDER
    stand.base.outcomes |= {"invoice?": [answered()], f"invoice?: {text}": [answered("/b/", "In your account.")]}
    actions = iter(("action_answer", "action_find_order"))

    async def read(turn: Turn) -> list[Said]:
        turn.intent = "order_status"
        return (await ACTIONS[next(actions)](turn, stand.services)).said

    stand.engine.does = read
    who = await customer(stand, locale)
    await hear(stand, who, "invoice?")
    assert "In your account." in await hear(stand, who, text)
