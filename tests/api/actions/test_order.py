"""Orders in a conversation: one question at a time, nothing asked twice, and one answer for every guess."""

from datetime import date

import pytest

from api import wording
from api.dialogue.bot import Bot
from api.orders.book import Order
from tests.api.stand import Stand, answered

from .order_talk import TALK, buttons, customer, hear, trace, without_rasa


@pytest.fixture
def bot(stand: Stand) -> Bot:
    return without_rasa(stand)


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
