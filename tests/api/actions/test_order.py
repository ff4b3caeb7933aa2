"""Orders in a conversation: one question at a time, nothing asked twice, and one answer for every guess."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from api import wording
from api.actions import ACTIONS
from api.dialogue.bot import Bot
from api.dialogue.engine import EngineDown
from api.dialogue.turn import Said, Turn
from api.orders.book import Order
from handoff.conversations import Conversation
from handoff.tables import traces
from tests.api.stand import NOW, Stand, answered

ORDER = Order("LL-20418837", "shipped", date(2026, 11, 16), "jane@example.com", "+31612345678")
TALK = {
    "en": ("where is my order", "it's 20418837", "my mail is jane@example.com", "I don't have it"),
    "zh": ("我的订单到哪了", "订单号 20418837", "jane@example.com", "没有"),
    "ko": ("배송 조회", "주문번호 LL-20418837", "이메일은 jane@example.com", "주문번호를 몰라요"),
}


@pytest.fixture
def bot(stand: Stand) -> Bot:
    """The way without Rasa: the same actions, and the words are ours alone."""
    stand.orders.orders["LL-20418837"] = ORDER

    async def down(turn: Turn) -> list[Said]:
        raise EngineDown("gone")

    stand.engine.does = down
    return stand.bot


async def customer(stand: Stand, locale: str = "en") -> Conversation:
    return await stand.conversations.open("web", locale, "hash", NOW)


async def hear(stand: Stand, who: Conversation, text: str) -> str:
    return (await stand.say(who.id, text))[-1]


async def buttons(stand: Stand, who: Conversation) -> list[str]:
    last = (await stand.events.after(who.id, 0))[-1]
    return [button["title"] for button in last.data.get("buttons", [])]


async def trace(stand: Stand, who: Conversation) -> dict[str, Any]:
    async with stand.database.session() as connection:
        query = select(traces.c.data).where(traces.c.conversation_id == who.id).order_by(traces.c.id.desc()).limit(1)
        data: dict[str, Any] = (await connection.execute(query)).scalar_one()
        return data["order"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("locale", TALK)
async def test_number_then_contact_then_the_order(stand: Stand, bot: Bot, locale: str) -> None:
    asking, number, contact, _ = TALK[locale]
    who = await customer(stand, locale)
    assert await hear(stand, who, asking) == wording.say(locale, "ask-order_number", example="LL-20418837")
    assert await hear(stand, who, number) == wording.say(locale, "order-ask-contact")
    told = await hear(stand, who, contact)
    assert told == wording.say(
        locale,
        "order-shipped",
        number="LL-20418837",
        placed={"en": "Monday 16 November", "zh": "11月16日（星期一）", "ko": "11월 16일 월요일"}[locale],
    )
    assert await buttons(stand, who) == [wording.say(locale, key) for key in ("answer-helped", "answer-not-it")]


async def test_everything_in_one_message_is_answered_at_once(stand: Stand, bot: Bot) -> None:
    who = await customer(stand)
    assert "on its way" in await hear(stand, who, "where is my order LL-20418837, jane@example.com")


async def test_the_contact_is_not_asked_again_for_the_same_or_another_order(stand: Stand, bot: Bot) -> None:
    stand.orders.orders["LL-20418901"] = Order("LL-20418901", "packing", date(2026, 11, 20), "jane@example.com")
    who = await customer(stand)
    await hear(stand, who, "where is my order LL-20418837, jane@example.com")
    assert "LL-20418837" in await hear(stand, who, "where is my order")
    assert "being packed" in await hear(stand, who, "LL-20418901")


async def test_the_trace_says_which_order_and_why_and_never_the_contact(stand: Stand, bot: Bot) -> None:
    who = await customer(stand)
    await hear(stand, who, "where is my order LL-20418837, jane@example.com")
    assert await trace(stand, who) == {"outcome": "told", "reason": "told", "number": "LL-20418837"}


@pytest.mark.parametrize("locale", TALK)
async def test_every_reason_not_to_tell_has_the_same_words_buttons_and_way_on(
    stand: Stand, bot: Bot, locale: str
) -> None:
    stand.orders.orders["LL-20418901"] = Order("LL-20418901", "packing", date(2026, 11, 20))
    tries = {
        "no such order": "LL-99999999 jane@example.com",
        "another contact": "LL-20418837 joan@example.com",
        "the order has no contact": "LL-20418901 jane@example.com",
    }
    heard = {}
    for reason, details in tries.items():
        who = await customer(stand, locale)
        text = await hear(stand, who, f"{TALK[locale][0]} {details}")
        assert (await trace(stand, who))["reason"] == reason
        heard[reason] = (text, await buttons(stand, who))
    for _ in range(5):
        await hear(stand, await customer(stand, locale), f"{TALK[locale][0]} LL-20418837 joan@example.com")
    who = await customer(stand, locale)
    text = await hear(stand, who, f"{TALK[locale][0]} LL-20418837 jane@example.com")
    assert (await trace(stand, who))["reason"] == "too many tries"
    heard["too many tries"] = (text, await buttons(stand, who))
    assert len({str(one) for one in heard.values()}) == 1, heard
    assert text.startswith(wording.say(locale, "order-not-told"))
    assert await buttons(stand, who) == [
        wording.say(locale, key) for key in ("order-try-again", "open-ticket-button", "no")
    ]


async def test_a_customer_who_was_told_stays_told_while_a_stranger_guesses(stand: Stand, bot: Bot) -> None:
    who = await customer(stand)
    await hear(stand, who, "where is my order LL-20418837, jane@example.com")
    for _ in range(7):
        await hear(stand, await customer(stand), "where is my order LL-20418837 joan@example.com")
    await hear(stand, who, "where is my order")
    assert (await trace(stand, who))["outcome"] == "told"


async def test_try_again_asks_for_the_number_and_only_for_what_may_be_wrong(stand: Stand, bot: Bot) -> None:
    who = await customer(stand)
    await hear(stand, who, "where is my order LL-20418838 jane@example.com")
    assert "order number" in await hear(stand, who, wording.say("en", "order-try-again"))
    assert "on its way" in await hear(stand, who, "LL-20418837")


async def test_the_same_number_again_means_that_the_contact_is_to_be_checked(stand: Stand, bot: Bot) -> None:
    who = await customer(stand)
    await hear(stand, who, "where is my order LL-20418837 joan@example.com")
    await hear(stand, who, wording.say("en", "order-try-again"))
    assert await hear(stand, who, "LL-20418837") == wording.say("en", "order-ask-contact")
    assert "on its way" in await hear(stand, who, "06 12345678")


async def test_a_corrected_detail_right_after_is_tried_without_a_button(stand: Stand, bot: Bot) -> None:
    who = await customer(stand)
    await hear(stand, who, "where is my order LL-20418837 joan@example.com")
    assert "on its way" in await hear(stand, who, "sorry, jane@example.com")


@pytest.mark.parametrize("locale", TALK)
async def test_without_a_number_the_articles_answer_and_the_ticket_does_not_ask_for_it(
    stand: Stand, bot: Bot, locale: str
) -> None:
    asking, *_, refusal = TALK[locale]
    stand.base.outcomes[asking] = [answered()]
    who = await customer(stand, locale)
    await hear(stand, who, asking)
    said = await hear(stand, who, refusal)
    assert wording.say(locale, "order-no-number") in said and "Wait one day." in said
    assert wording.say(locale, "open-ticket-button") in await buttons(stand, who)
    heard = await hear(stand, who, wording.say(locale, "open-ticket-button"))
    assert heard == wording.say(locale, "ask-name")
    await hear(stand, who, {"en": "Jane Miller", "zh": "王小明", "ko": "김민수"}[locale])
    assert wording.say(locale, "restate-ask") in await hear(stand, who, "jane@example.com")


async def test_who_gives_no_contact_is_offered_a_colleague(stand: Stand, bot: Bot) -> None:
    who = await customer(stand)
    await hear(stand, who, "where is my order LL-20418837")
    assert wording.say("en", "order-needs-contact") in await hear(stand, who, wording.say("en", "skip"))
    assert wording.say("en", "open-ticket-button") in await buttons(stand, who)
    assert stand.orders.asked == []


async def test_a_broken_number_is_asked_for_once_more_and_then_let_go(stand: Stand, bot: Bot) -> None:
    who = await customer(stand)
    await hear(stand, who, "where is my order")
    said = await hear(stand, who, "LL-2041")
    assert said == wording.say("en", "ask-order_number-again", example="LL-20418837")
    assert wording.say("en", "order-no-number") in await hear(stand, who, "LL-2041")


async def test_a_ticket_after_the_order_has_number_and_contact(stand: Stand, bot: Bot) -> None:
    who = await customer(stand)
    await hear(stand, who, "where is my order LL-20418837, jane@example.com")
    assert await hear(stand, who, "I want to talk to a human") is not None
    restated = await hear(stand, who, "Jane Miller")
    assert "jane@example.com" in restated and "LL-20418837" in restated
    await hear(stand, who, wording.say("en", "confirm-yes"))
    [ticket] = await stand.tickets.for_conversation(who.id)
    assert ticket.details["order_number"]["value"] == "LL-20418837"
    assert [tried["permalink"] for tried in ticket.tried] == ["order:LL-20418837"]


async def test_a_late_order_is_said_to_be_late_with_regret_and_a_way_on(stand: Stand, bot: Bot) -> None:
    stand.orders.orders["LL-20418837"] = Order(
        "LL-20418837", "shipped", date(2026, 11, 2), "jane@example.com", expected=date(2026, 11, 20)
    )
    who = await customer(stand)
    said = await hear(stand, who, "where is my order LL-20418837, jane@example.com")
    assert said.startswith(wording.say("en", "ack-delivery_late"))
    assert "Friday 20 November, so it is late" in said
    assert await buttons(stand, who) == [wording.say("en", key) for key in ("open-ticket-button", "no")]
    assert await hear(stand, who, "yes") == wording.say("en", "ask-name")


async def test_the_tracking_link_is_shown_as_a_source(stand: Stand, bot: Bot) -> None:
    stand.orders.orders["LL-20418837"] = Order(
        "LL-20418837", "shipped", date(2026, 11, 16), "jane@example.com", tracking_url="https://track.example.com/1"
    )
    who = await customer(stand)
    await hear(stand, who, "where is my order LL-20418837, jane@example.com")
    [source] = (await stand.events.after(who.id, 0))[-1].data["sources"]
    assert source["url"] == "https://track.example.com/1"


@pytest.mark.parametrize("locale", TALK)
async def test_an_order_system_that_is_away_is_said_to_be_and_nothing_is_invented(
    stand: Stand, bot: Bot, locale: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stand.orders.away = "The order system answered 500."
    who = await customer(stand, locale)
    said = await hear(stand, who, f"{TALK[locale][0]} LL-20418837 jane@example.com")
    assert said.startswith(wording.say(locale, "order-away", number="LL-20418837"))
    assert wording.say(locale, "open-ticket-button") in await buttons(stand, who)
    assert (await trace(stand, who))["reason"] == "The order system answered 500."
    logged = capsys.readouterr().out
    assert "orders.away" in logged and "jane@example.com" not in logged
    stand.orders.away = None
    assert "LL-20418837" in await hear(stand, who, wording.say(locale, "order-try-again"))
    assert (await trace(stand, who))["outcome"] == "told"


async def test_without_any_orders_nobody_is_asked_for_a_number(stand: Stand, bot: Bot) -> None:
    stand.orders.orders.clear()
    stand.base.outcomes["where is my order"] = [answered()]
    who = await customer(stand)
    assert "Wait one day." in await hear(stand, who, "where is my order")


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
