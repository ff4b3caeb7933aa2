"""An order in tests, a customer who asks after it, and what they hear."""

from datetime import date
from typing import Any

from sqlalchemy import select

from api.dialogue.bot import Bot
from api.dialogue.engine import EngineDown
from api.dialogue.turn import Said, Turn
from api.orders.book import Order
from handoff.conversations import Conversation
from handoff.tables import traces
from tests.api.stand import NOW, Stand

ORDER = Order("LL-20418837", "shipped", date(2026, 11, 16), "jane@example.com", "+31612345678")


TALK = {
    "en": ("where is my order", "it's 20418837", "my mail is jane@example.com", "I don't have it"),
    "zh": ("我的订单到哪了", "订单号 20418837", "jane@example.com", "没有"),
    "ko": ("배송 조회", "주문번호 LL-20418837", "이메일은 jane@example.com", "주문번호를 몰라요"),
}


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


def without_rasa(stand: Stand) -> Bot:
    """The way without Rasa: the same actions, and the words are ours alone."""
    stand.orders.orders["LL-20418837"] = ORDER

    async def down(turn: Turn) -> list[Said]:
        raise EngineDown("gone")

    stand.engine.does = down
    return stand.bot
