"""Replicas: two APIs and two bots serve the same customers, and nobody can tell which one they are on."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import httpx
import psycopg
import pytest

from handoff.database import Database
from handoff.events import Event, Events
from handoff.holds import LEASE
from tests.chaos.parts import Api
from tests.chaos.set import ReplicaSet, running

from .customer import Customer, Shown, fill, says, text_of
from .product import Product

QUESTION = "I forgot my password"
WISH = "I want to sell my own pottery in your shop"
#: Seconds after the end of a lease in which another replica looks, thinks and answers, on a busy machine.
LOOKS_AND_THINKS = 9.0


@pytest.fixture(scope="module")
def replicas(prepared: Path) -> Iterator[ReplicaSet]:
    with running(prepared, settings={"QUIET_TIME": "0"}) as made:
        yield made


@pytest.fixture
def clients(replicas: ReplicaSet) -> Iterator[list[Product]]:
    """Each API as customers reach it."""
    made = [httpx.Client(base_url=f"{api.url}/api/v1", timeout=40, trust_env=False) for api in replicas.apis]
    yield [cast(Product, SimpleNamespace(http=http)) for http in made]
    for http in made:
        http.close()


def elsewhere(customer: Customer, product: Product) -> Customer:
    """The same customer, now on another replica."""
    other = Customer.__new__(Customer)
    other.__dict__ = {**customer.__dict__, "product": product}
    return other


async def kept(replicas: ReplicaSet, customer: Customer) -> list[Event]:
    database = Database(replicas.postgres.url)
    await database.connect()
    try:
        return await Events(database).after(customer.id, 0, dropped=True)
    finally:
        await database.dispose()


def test_every_replica_answers_with_rasa_whichever_bot_thinks(clients: list[Product]) -> None:
    def ask(number: int) -> list[Shown]:
        return Customer(clients[number % 2]).say(QUESTION)

    # Enough conversations that each API uses each bot.
    with ThreadPoolExecutor(6) as pool:
        for shown in pool.map(ask, range(24)):
            assert not says(shown, "en", "trouble"), text_of(shown)
            assert shown[-1]["sources"], shown


def test_a_form_goes_on_while_the_customer_changes_replicas_with_every_message(clients: list[Product]) -> None:
    first = Customer(clients[0])
    customer = first
    shown = customer.say("I want to talk to a human")
    given = {"question": WISH, "name": "Jane Miller", "contact": "jane@example.com"}
    for number in range(1, 9):
        customer = elsewhere(customer, clients[number % 2])
        if says(shown, "en", "restate-ask"):
            break
        asked = next(name for name in given if says(shown[-1:], "en", f"ask-{name}"))
        shown = customer.say(given[asked])
    shown = elsewhere(customer, clients[0]).say("yes")
    assert shown[-1]["type"] == "ticket", shown
    assert not says(first.history(), "en", "trouble")


def test_a_page_on_one_replica_hears_what_another_one_answered_at_once(clients: list[Product]) -> None:
    customer = Customer(clients[0])
    customer.say("hello")
    page = elsewhere(customer, clients[1])
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(page.read, page.seen, 20)
        seq = customer.post(QUESTION)
        assert heard.result()[0]["seq"] == seq
        begun = time.monotonic()
        shown = page.hear(seq)
    assert shown[-1]["sources"]
    assert time.monotonic() - begun < 5


def test_a_message_resent_to_both_replicas_at_the_same_moment_is_one_message(clients: list[Product]) -> None:
    customers = [Customer(clients[0])]
    customers.append(elsewhere(customers[0], clients[1]))
    for _ in range(10):
        customers[0]._sent = customers[1]._sent = max(each._sent for each in customers)
        with ThreadPoolExecutor(2) as pool:
            assert len(set(pool.map(lambda each: each.post("hello"), customers))) == 1
    customers[0].hear(customers[0].post("thanks"))
    mine = [event for event in customers[0].history() if event["role"] == "customer"]
    assert len(mine) == 11


@pytest.fixture
def both_there(replicas: ReplicaSet) -> Iterator[None]:
    """Whatever a test did to them, the next one finds all of them there."""
    yield
    for part in replicas.parts:
        if part.frozen:
            part.thaw()
        if not part.running:
            part.start()
            part.until_it_answers()


@pytest.mark.usefixtures("both_there")
async def test_a_replica_killed_in_mid_turn_has_its_work_taken_up_within_seconds(
    replicas: ReplicaSet, clients: list[Product]
) -> None:
    customer, other = Customer(clients[0]), Customer(clients[0])
    customer.say("hello")
    person = other.say("I want to talk to a human")
    restated = fill(other, person, question=WISH, name="Jane Miller", contact="jane@example.com")
    for bot in replicas.bots:
        bot.freeze()
    seq = customer.post(QUESTION)
    confirmed = other.post(restated[-1]["buttons"][0]["text"])
    replicas.apis[0].kill()
    begun = time.monotonic()
    for bot in replicas.bots:
        bot.thaw()
    shown = elsewhere(customer, clients[1]).hear(seq)
    ticket = elsewhere(other, clients[1]).hear(confirmed)
    took = time.monotonic() - begun
    assert shown[-1]["sources"], shown
    assert [word["type"] for word in ticket].count("ticket") == 1
    assert took < LEASE.total_seconds() + LOOKS_AND_THINKS, took
    words = [event for event in await kept(replicas, customer) if event.role == "bot" and event.turn == seq]
    assert len({word.at for word in words}) == 1


@contextmanager
def end_of_turn_held_up(replicas: ReplicaSet, customer: Customer) -> Iterator[None]:
    """Nothing that changes the conversation is committed meanwhile; what only refers to it, as a ticket does, is."""
    with psycopg.connect(replicas.postgres.url) as connection:
        connection.execute("SELECT id FROM conversations WHERE id = %s FOR NO KEY UPDATE", [customer.id])
        yield


def tickets_of(replicas: ReplicaSet, customer: Customer) -> list[str]:
    with psycopg.connect(replicas.postgres.url) as connection:
        rows = connection.execute("SELECT number FROM tickets WHERE conversation_id = %s", [customer.id])
        return [number for (number,) in rows]


@pytest.mark.usefixtures("both_there")
def test_a_replica_killed_between_a_ticket_and_the_end_of_its_turn_leaves_one_ticket(
    replicas: ReplicaSet, clients: list[Product]
) -> None:
    customer = Customer(clients[0])
    person = customer.say("I want to talk to a human")
    restated = fill(customer, person, question=WISH, name="Jane Miller", contact="jane@example.com")
    for bot in replicas.bots:
        bot.freeze()
    confirmed = customer.post(restated[-1]["buttons"][0]["text"])
    with end_of_turn_held_up(replicas, customer):
        for bot in replicas.bots:
            bot.thaw()
        deadline = time.monotonic() + 30
        while not tickets_of(replicas, customer):
            assert time.monotonic() < deadline, "no ticket was opened"
        replicas.apis[0].kill()
    shown = elsewhere(customer, clients[1]).hear(confirmed)
    [ticket] = tickets_of(replicas, customer)
    assert [word["ticket"]["number"] for word in shown if word["type"] == "ticket"] == [ticket]


@pytest.mark.usefixtures("both_there")
def test_a_replica_that_is_told_to_end_hands_its_customers_over(replicas: ReplicaSet, clients: list[Product]) -> None:
    customer = Customer(clients[0])
    customer.say("hello")
    seq = customer.post(QUESTION)
    begun = time.monotonic()
    assert replicas.apis[0].end() in (0, -15)
    assert time.monotonic() - begun < 10
    assert elsewhere(customer, clients[1]).hear(seq)[-1]["sources"]
    assert elsewhere(customer, clients[1]).say("thanks")


@pytest.mark.usefixtures("both_there")
def test_a_killed_bot_is_not_noticed_as_long_as_there_is_another(replicas: ReplicaSet, clients: list[Product]) -> None:
    replicas.bots[0].kill()
    for number in range(8):
        shown = Customer(clients[number % 2]).say(QUESTION)
        assert not says(shown, "en", "trouble"), text_of(shown)
        assert shown[-1]["sources"], shown
    assert all(isinstance(api, Api) and api.ready()["parts"]["bot"] == "ready" for api in replicas.apis)  # type: ignore[index]
