"""Failures: whatever dies, and whenever, the customer gets an answer, once, and nothing is lost."""

import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from handoff.events import Events
from handoff.tickets import Tickets

from .conftest import at_work, hours_file
from .customer import Customer, fill, says, text_of
from .product import Product, data_folder

QUESTION = "I forgot my password"
WISH = "I want to sell my own pottery in your shop"


@pytest.fixture(scope="module")
def frail(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product to be killed: always running when a test begins."""
    folder = tmp_path_factory.mktemp("frail")
    product = Product(data_folder(folder / "data", prepared), HOURS_FILE=hours_file(folder, at_work()), BOT_TIMEOUT="3")
    product.start()
    yield product
    product.close()


def turns_of(product: Product, customer: Customer) -> list[int | None]:
    """Which message each word of the bot answers."""
    found = product.read(lambda db: Events(db).after(customer.id, 0, dropped=True))
    return [e.turn for e in found if e.role == "bot"]


def test_a_killed_rasa_is_not_noticed_by_the_customer_and_comes_back(frail: Product) -> None:
    customer, begin = Customer(frail), len(frail.lines)
    killed = frail.rasa()
    killed.kill()
    frail.wait_for("bot.died", since=begin)
    assert (frail.ready().status_code, frail.ready().json()["missing"]) == (503, ["bot"])
    shown = customer.say(QUESTION)
    assert says(shown, "en", "trouble")
    assert shown[-1]["sources"], shown
    fill(
        customer,
        customer.say("I want to talk to a human"),
        question=WISH,
        name="Jane Miller",
        contact="jane@example.com",
    )
    frail.wait_for("bot.restarted", since=begin, within=90)
    assert frail.ready().status_code == 200
    assert frail.rasa().pid != killed.pid
    assert customer.say("yes")[-1]["type"] == "ticket"
    assert not says(customer.say("thanks"), "en", "trouble")


def test_a_frozen_rasa_is_waited_for_only_so_long_and_what_it_does_late_changes_nothing(frail: Product) -> None:
    customer = Customer(frail)
    rasa = frail.rasa()
    rasa.suspend()
    try:
        shown = customer.say("I want to talk to a human")
        assert says(shown, "en", "ask-question"), shown
        next_ = customer.post(WISH)
    finally:
        rasa.resume()
    assert says(customer.hear(next_), "en", "ask-name")
    assert says(customer.say("Jane Miller"), "en", "ask-contact")
    assert frail.rasa().pid == rasa.pid
    seqs = [e["seq"] for e in customer.history()]
    assert seqs == list(range(1, len(seqs) + 1))


def answered_all(product: Product, customer: Customer, seq: int) -> None:
    """Waits until nothing the customer sent is left unanswered."""
    customer.hear(seq)
    while product.read(lambda db: Events(db).unhandled(customer.id)):
        customer.hear()


def test_a_product_killed_in_mid_turn_answers_after_the_start_and_once(frail: Product) -> None:
    asking, ordering = Customer(frail), Customer(frail)
    asking.say("hi")
    person = ordering.say("I want to talk to a human")
    restated = fill(ordering, person, question=WISH, name="Jane Miller", contact="jane@example.com")
    rasa = frail.rasa()
    rasa.suspend()
    seq = asking.post(QUESTION)
    assert asking.post(QUESTION + " again") == seq + 1
    confirmed = ordering.post(restated[-1]["buttons"][0]["text"])
    frail.end(signal.SIGKILL)
    rasa.resume()
    rasa.wait(15)
    frail.start()
    answered_all(frail, asking, seq + 1)
    answered_all(frail, ordering, confirmed)
    turns = turns_of(frail, asking)
    assert sorted(set(turns)) == [1, seq, seq + 1]  # type: ignore[type-var]
    assert turns == sorted(turns)  # type: ignore[type-var]
    assert [e["role"] for e in asking.history()].count("customer") == 3
    [ticket] = frail.read(lambda db: Tickets(db).for_conversation(ordering.id))
    told = [e for e in ordering.history() if e["type"] == "ticket"]
    assert [e["ticket"]["number"] for e in told] == [ticket.number]


def test_ctrl_c_leaves_no_process_and_the_next_start_goes_on_in_the_middle_of_the_form(frail: Product) -> None:
    customer = Customer(frail)
    customer.say("I want to talk to a human")
    assert says(customer.say(WISH), "en", "ask-name")
    before = customer.history()
    started = [frail.process, *frail.process.children(recursive=True)]
    assert len(started) >= 2
    headers = {**customer._headers, "Accept": "text/event-stream"}
    # A page that is open must not hold the product up.
    with frail.http.stream("GET", f"/conversations/{customer.id}/events", headers=headers) as stream:
        assert "event: message" in next(stream.iter_text())
        code = frail.end(signal.SIGINT)
    assert code in (0, 130, -2)
    assert psutil.wait_procs(started, timeout=5)[1] == []
    assert not [line for line in frail.lines if "Traceback" in line]
    begin = len(frail.lines)
    frail.start()
    said = "\n".join(frail.lines[begin:])
    assert "(0 texts newly encoded)" in said
    assert "learning from the examples" not in said
    assert int(said.split("ready after ")[1].split()[0]) < 30
    assert customer.history() == before
    assert says(customer.say("Jane Miller"), "en", "ask-contact")
    assert "pottery" in text_of(customer.say("jane@example.com"))
