"""Strange texts: none is a command, none takes long, and nobody else waits for it."""

import asyncio
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from handoff.database import Database
from handoff.tables import traces

from . import strange
from .crowd import Crowd, Waits
from .customer import Customer
from .harm import STALL, unharmed
from .product import Product, data_folder


def traces_of(product: Product, conversation_id: str) -> list[dict[str, object]]:
    async def read(database: Database) -> list[dict[str, object]]:
        query = select(traces.c.data).where(traces.c.conversation_id == conversation_id).order_by(traces.c.id)
        async with database.session() as connection:
            return [dict(row) for row in (await connection.execute(query)).scalars()]

    return product.read(read)


def test_no_text_is_taken_for_a_command(open_shop: Product) -> None:
    obeyed = []
    with unharmed(open_shop):
        for typed in strange.COMMANDS:
            trace = read_as(open_shop, typed)
            actions = [action["name"] for action in trace.get("actions", [])]  # type: ignore[attr-defined]
            taken = [name for name in actions if name in ("action_restart", "action_back", "action_session_start")]
            if taken or "engine_down" in trace or not by_its_words(open_shop, typed, trace):
                obeyed.append(f"{typed!r}: {trace.get('reading')} {actions} {trace.get('engine_down')}")
    assert not obeyed, "\n".join(obeyed)


def read_as(product: Product, typed: str) -> dict[str, object]:
    """The reasons of the turn in which it was typed. There are buttons on offer: no text is a way to press one."""
    customer = Customer(product)
    customer.say("I forgot my password")
    customer.say(typed)
    return traces_of(product, customer.id)[-1]


def by_its_words(product: Product, typed: str, trace: dict[str, object]) -> bool:
    """Whether the bot did what the words say, and would have without any sign of a command."""
    reading = trace.get("reading")
    # Only the classifier says how like a known example a message is; a command would not have come to it.
    if isinstance(reading, dict) and reading.get("scope") is not None:
        return True
    # "/request_human" holds the words by which anybody asks for a person.
    return read_as(product, re.sub(r"[\W_]+", " ", typed).strip()).get("intent") == trace.get("intent")


#: What was said before: nothing, something that asks for a number, something that asks for a name.
BEFORE: tuple[tuple[str, ...], ...] = (
    (),
    ("where is my order?",),
    ("I want to talk to a human", "I sell pottery and want a shelf"),
)


def test_two_thousand_characters_of_anything_are_answered_in_time(open_shop: Product) -> None:
    slow = []
    with unharmed(open_shop):
        for number, text in enumerate(strange.TEXTS):
            before = BEFORE[number % len(BEFORE)]
            customer = Customer(open_shop)
            for words in before:
                customer.say(words)
            begun = time.monotonic()
            body = {"id": "strange", "text": text}
            place = f"/conversations/{customer.id}/messages"
            answer = open_shop.http.post(place, json=body, headers=customer._headers)
            if answer.status_code == 422:
                assert answer.json()["code"] == "empty", answer.text
                continue
            assert answer.status_code == 202, answer.text
            customer.hear(answer.json()["seq"])
            if time.monotonic() - begun > STALL:
                slow.append(f"{text[:20]!r} after {before}: {time.monotonic() - begun:.1f} s")
    assert not slow, "\n".join(slow)


#: Stretches without and with a stranger, and seconds of each.
STRETCHES, SECONDS = 5, 10.0


#: What a machine that is busy with other tests may add to the slowest answers, in seconds.
BUSY = 0.3


MEGABYTES = 50


@pytest.mark.alone
def test_other_customers_do_not_wait_for_it_and_nothing_piles_up(
    prepared: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    product = Product(data_folder(tmp_path / "data", prepared))
    try:
        product.start()
        asyncio.run(_side_by_side(product, record_property))
    finally:
        product.close()


async def _side_by_side(product: Product, record_property: Callable[[str, object], None]) -> None:
    crowd = Crowd(product)
    alone, beside = Waits(), Waits()
    with unharmed(product):
        await crowd.stretch(SECONDS, with_stranger=False)
        before = held(product)
        for _ in range(STRETCHES):
            # In turns, so that what else the machine does meets both alike.
            alone.seconds += (await crowd.stretch(SECONDS, with_stranger=False)).seconds
            beside.seconds += (await crowd.stretch(SECONDS, with_stranger=True)).seconds
        after = held(product)
        await crowd.close()
    for name, waits in (("alone", alone), ("beside", beside)):
        record_property(name, [len(waits.seconds), *(round(1000 * waits.at(share)) for share in (0.5, 0.95, 0.99))])
    record_property("megabytes", {name: round(after[name] - before[name], 1) for name in after})
    assert not crowd.refused, crowd.refused
    assert beside.at(0.99) <= 2 * alone.at(0.99) + BUSY, (alone.at(0.99), beside.at(0.99))
    for name, now in after.items():
        assert now - before[name] <= MEGABYTES, (before, after)


def held(product: Product) -> dict[str, float]:
    """Megabytes that each process holds."""
    return {
        name: process.memory_info().rss / 2**20
        for name, process in (("api", product.process), ("rasa", product.rasa()))
    }
