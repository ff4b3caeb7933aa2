"""Errands: what customers come for: an answer, a ticket, or a person who takes over."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from api import wording
from tests.journeys.customer import says

from .customers import Customer

LOCALES = ("en", "zh", "ko")
QUESTIONS = {
    "en": [
        "I forgot my password",
        "how long does delivery take?",
        "can I return a gift?",
        "where is my parcel?",
        "hello",
        "thanks",
        "how do I get an invoice?",
        "do you ship to Norway?",
        "my grinder makes a strange noise",
        "what is the capital of Peru?",
    ],
    "zh": ["忘记密码怎么办", "配送需要多久", "怎么开发票", "您好", "可以退换吗", "谢谢", "退款多久到账"],
    "ko": [
        "비밀번호를 잊어버렸어요",
        "배송은 얼마나 걸려요?",
        "영수증 받을 수 있나요?",
        "안녕하세요",
        "반품하고 싶어요",
        "고마워요",
    ],
}
PERSON = {"en": "I want to talk to a human", "zh": "转人工", "ko": "상담원 연결해 주세요"}
WISH = {
    "en": "I want to sell my own pottery in your shop",
    "zh": "我想在你们店里卖自己做的陶器",
    "ko": "제가 만든 도자기를 이 가게에서 팔고 싶어요",
}
NAME = {"en": "Jane Miller", "zh": "王小明", "ko": "김민수"}


async def ask(customer: Customer) -> None:
    """Asks a few things, one after the other, and sometimes writes in pieces."""
    dice = customer.street.dice
    for _ in range(dice.randint(2, 7)):
        seq = 0
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            seq = await customer.post(dice.choice(QUESTIONS[customer.locale]))
            await asyncio.sleep(dice.uniform(0, 0.4))
        await customer.answer_after(seq)
        await asyncio.sleep(dice.uniform(0, 1))


async def want_a_ticket(customer: Customer) -> None:
    """Asks for a person and answers what the form asks until there is a ticket."""
    locale, dice = customer.locale, customer.street.dice
    given = {
        "question": WISH[locale],
        "name": NAME[locale],
        "contact": "jane@example.com",
        "order_number": wording.say(locale, "no-order-number"),
    }
    shown = await customer.say(PERSON[locale])
    customer.story.tickets_wanted = 1
    for _ in range(16):
        if any(event["type"] == "ticket" for event in shown):
            return
        await asyncio.sleep(dice.uniform(0, 0.5))
        if says(shown, locale, "restate-ask"):
            shown = await customer.say(shown[-1]["buttons"][0]["text"])
        elif asked := next((name for name in given if says(shown[-1:], locale, f"ask-{name}")), None):
            shown = await customer.say(given[asked])
        else:
            shown = await customer.say(PERSON[locale])
    customer.story.complaints.append(f"the form did not come to its end; the last words were {shown[-1]['text']!r}")


async def be_taken_over(customer: Customer, take_over: Callable[[str], Coroutine[Any, Any, None]]) -> None:
    """Asks something; an agent takes the conversation, often in the middle of a turn; writes on."""
    dice = customer.street.dice
    if dice.random() < 0.5:
        await customer.say(dice.choice(QUESTIONS[customer.locale]))
    await customer.post(dice.choice(QUESTIONS[customer.locale]))
    await asyncio.sleep(dice.choice((0, dice.uniform(0, 0.1), dice.uniform(0, 2))))
    customer.story.taken_over = True
    taken = asyncio.create_task(take_over(customer.story.conversation))
    # Written while it happens, and after.
    for _ in range(dice.randint(1, 3)):
        await customer.post(dice.choice(QUESTIONS[customer.locale]))
        await asyncio.sleep(dice.uniform(0, 1))
    await taken
    await customer.post(dice.choice(QUESTIONS[customer.locale]))
