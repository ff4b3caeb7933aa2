"""Logs: one message is followed through both processes by one id, and nothing a customer said stands in them."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.channels.port import conversation_id
from handoff.outbox import Outbox
from tests.api.channels.bot_api import TOKEN, BotApi, failed
from tests.api.channels.phone import SECRET, Phone, headers

from .conftest import on_telegram
from .customer import Customer, fill, says
from .product import Product

#: What these customers say of themselves and their matters, in words the product itself never uses.
SECRETS = ("Quillon", "quillon.vantor@example.org", "zwieback", "+31 20 624 1111", "6241111", "LL-20418837", "marzipan")
LONGEST_WAIT = 60.0


@pytest.fixture(scope="module")
def talkative(prepared: Path, tmp_path_factory: pytest.TempPathFactory, bot_api: BotApi) -> Iterator[Product]:
    """A product that logs as much as it can."""
    folder = tmp_path_factory.mktemp("talkative")
    with on_telegram(folder, prepared, bot_api, LOG_LEVEL="debug", BOT_TIMEOUT="2") as product:
        yield product


def bot_lines(product: Product) -> list[str]:
    return (product.data / "log" / "bot.log").read_text("utf-8").splitlines()


def about(lines: list[str], message: str) -> list[dict[str, Any]]:
    """The lines of one message, as JSON."""
    return [found for line in lines if message in line and (found := json.loads(line)).get("message") == message]


def test_a_message_is_found_by_one_id_in_the_logs_of_both_processes(talkative: Product) -> None:
    customer = Customer(talkative)
    seq = customer.post("how much is delivery to germany")
    customer.hear(seq)
    message = f"{customer.id}:{seq}"
    talkative.wait_for("turn.ended")
    ours, theirs = about(talkative.lines, message), about(bot_lines(talkative), message)
    assert [line["event"] for line in ours] == ["message.received", "action.done", "turn.ended"]
    assert set(ours[-1]["steps"]) == {"waiting", "engine", "actions", "commit"}
    assert [line["event"] for line in theirs] == ["turn.ended"]
    assert (theirs[0]["status"], theirs[0]["actions"]) == (200, ["action_answer"])


def test_whatever_a_customer_says_of_themselves_stands_in_no_log(talkative: Product, bot_api: BotApi) -> None:
    begin, customer = len(talkative.lines), Customer(talkative)
    shown = fill(
        customer,
        customer.say("can I talk to a person please"),
        question="my zwieback came with marzipan, order LL-20418837",
        name="Quillon Vantor",
        contact="quillon.vantor@example.org, or +31 20 624 1111",
    )
    assert says(shown, "en", "restate-ask")
    assert customer.say("yes")[-1]["type"] == "ticket"
    customer.say("is there marzipan in your zwieback?")
    customer.say("where is my order LL-20418837, quillon.vantor@example.org")
    _frozen(talkative, customer)
    _from_an_app(talkative, bot_api)
    lines = [*talkative.lines[begin:], *bot_lines(talkative)]
    assert sum('"turn.ended"' in line for line in lines) > 10
    tokens = (TOKEN, SECRET, customer._headers["Authorization"].removeprefix("Bearer "))
    assert [line for line in lines if any(word.casefold() in line.casefold() for word in (*SECRETS, *tokens))] == []


def _frozen(product: Product, customer: Customer) -> None:
    """A message while Rasa does not answer: failures are told in more words than successes."""
    begin, rasa = len(product.lines), product.rasa()
    rasa.send_signal(signal.SIGSTOP)
    try:
        customer.say("Quillon here: the marzipan was from somebody else")
    finally:
        rasa.send_signal(signal.SIGCONT)
    product.wait_for("engine.down", since=begin)


def _from_an_app(product: Product, bot_api: BotApi) -> None:
    """Somebody on Telegram, whose answer is refused with a sentence that quotes them."""
    phone, begin = Phone(7_000_001, "en"), len(product.lines)
    bot_api.plan.append(failed(400, 'Bad Request: cannot parse "Quillon, marzipan"'))
    id_ = conversation_id("telegram", TOKEN.partition(":")[0], str(phone.id))
    update = phone.text("I am Quillon, is there marzipan in it?")
    httpx.post(f"{product.url}/webhooks/telegram", content=update.encode(), headers=headers(), trust_env=False)
    for event in ("delivery.dead", "delivery.done"):
        product.wait_for(event, since=begin, within=LONGEST_WAIT)
    assert product.read(lambda db: Outbox(db).letters(conversation_id=id_))
    done = next(json.loads(line) for line in product.lines[begin:] if "delivery.done" in line)
    assert done["message"].startswith(f"{id_}:")
