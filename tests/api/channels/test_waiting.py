"""Who waits for a person in a messaging app is told their place, and may have a ticket instead, by word or button."""

import httpx
import pytest

from api import wording
from api.channels.port import conversation_id
from api.desk.staff import Standing
from api.dialogue.plain import PlainEngine
from tests.api.stand import Stand

from .bot_api import TOKEN, BotApi, keyboard
from .chat import post, settled
from .phone import Phone

ASKS = {"en": "I want to talk to a human", "zh": "转人工", "ko": "상담원 연결해 주세요"}
MATTER = {
    "en": "my kettle leaks, jane@example.com",
    "zh": "我的水壶一直在漏水，邮箱 jane@example.com",
    "ko": "주전자가 새요 jane@example.com",
}
ASKS_TICKET = {"en": "ticket please", "zh": "改成工单吧", "ko": "문의 남길게요"}


@pytest.fixture
def staffed(stand: Stand) -> Stand:
    """A stand whose bot thinks by itself, and whose team is there with its hands full."""
    stand.engine.does = PlainEngine(stand.services).think
    stand.staff.is_there, stand.staff.stands = "busy", Standing(3, 10)
    return stand


async def waiting(client: httpx.AsyncClient, stand: Stand, phone: Phone) -> str:
    """A customer in the queue; gives the conversation."""
    await post(client, phone.text(ASKS[phone.language or "en"]))
    await settled(stand)
    return conversation_id("telegram", TOKEN.partition(":")[0], str(phone.id))


@pytest.mark.parametrize("language", ASKS)
async def test_the_words_tell_the_place_and_the_way_out(
    client: httpx.AsyncClient, bot_api: BotApi, staffed: Stand, language: str
) -> None:
    await waiting(client, staffed, Phone(language=language))
    told = bot_api.messages()[-1]
    for key, values in (
        ("person-queue", {}),
        ("queue-place", {"place": 3}),
        ("queue-minutes", {"minutes": 10}),
        ("queue-or-ticket", {}),
    ):
        assert wording.say(language, key, **values) in str(told.text)
    assert [title for title, _ in keyboard(told)] == [wording.say(language, "queue-leave")]


async def test_without_a_rule_no_time_is_said(client: httpx.AsyncClient, bot_api: BotApi, staffed: Stand) -> None:
    staffed.staff.stands = Standing(1, None)
    await waiting(client, staffed, Phone())
    told = str(bot_api.messages()[-1].text)
    assert wording.say("en", "queue-next") in told
    assert "minutes" not in told


@pytest.mark.parametrize("language", ASKS)
@pytest.mark.parametrize("way", ["word", "button"])
async def test_a_ticket_instead_is_one_ticket_of_what_was_told(
    client: httpx.AsyncClient, bot_api: BotApi, staffed: Stand, language: str, way: str
) -> None:
    phone = Phone(language=language)
    id_ = await waiting(client, staffed, phone)
    told = bot_api.messages()[-1]
    if way == "word":
        await post(client, phone.text(MATTER[language]))
        leaves = phone.text(ASKS_TICKET[language])
    else:
        # Pressed before another word: the matter was told earlier.
        leaves = phone.presses(keyboard(told)[0][1], told.message_id)
    # As a provider does that has not heard us say yes.
    await post(client, leaves)
    await post(client, leaves)
    await settled(staffed)
    found = await staffed.conversations.find(id_)
    assert found is not None
    assert found.owner == "bot"
    words = bot_api.words()
    assert wording.say(language, "desk-left") in words
    tickets = await staffed.tickets.for_conversation(id_)
    if way == "word":
        [ticket] = tickets
        assert ticket.number in words[-1]
        assert "jane@example.com" in words[-1]
        assert ASKS_TICKET[language] not in ticket.question
    else:
        # Nothing is known of them yet: the form asks, and the button's words are not taken for the matter.
        assert tickets == []
        assert words[-1] == wording.say(language, "ask-question")


async def test_who_is_with_an_agent_talks_of_tickets_with_the_agent(
    client: httpx.AsyncClient, bot_api: BotApi, staffed: Stand
) -> None:
    phone = Phone()
    id_ = await waiting(client, staffed, phone)
    await staffed.conversations.move(id_, "agent", "kim", "claimed", None, agent="kim", at=staffed.now)
    before = len(bot_api.words())
    await post(client, phone.text("ticket please"))
    await settled(staffed)
    found = await staffed.conversations.find(id_)
    assert found is not None
    assert found.owner == "agent"
    assert len(bot_api.words()) == before
