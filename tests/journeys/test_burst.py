"""A burst: what a customer sends in pieces is answered as one, with the quiet time of a product as it is installed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handoff.events import Event, Events
from handoff.facts import Facts

from .conftest import at_work, hours_file
from .customer import Customer, sentence, text_of
from .product import Product, data_folder

PIECES = {
    "en": ("hi", "quick question", "how long does delivery to germany take"),
    "zh": ("您好", "请问一下", "寄到德国要多久"),
    "ko": ("안녕하세요", "하나만 여쭤볼게요", "독일까지 배송이 얼마나 걸리나요"),
}


@pytest.fixture(scope="module")
def chatty(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Product]:
    """The product with the quiet time it has when nobody sets one."""
    folder = tmp_path_factory.mktemp("chatty")
    product = Product(data_folder(folder / "var", prepared), HOURS_FILE=hours_file(folder, at_work()))
    del product.settings["QUIET_TIME"]
    product.start()
    yield product
    product.close()


def turns(product: Product, customer: Customer) -> list[Event]:
    return [e for e in product.read(lambda db: Events(db).after(customer.id, 0)) if e.role == "bot"]


@pytest.mark.parametrize("language", list(PIECES))
def test_pieces_are_answered_once_and_by_what_they_ask(chatty: Product, language: str) -> None:
    whole, pieces = Customer(chatty, language), Customer(chatty, language)
    alone = text_of(whole.say(PIECES[language][-1]))
    last = [pieces.post(text) for text in PIECES[language]][-1]
    assert text_of(pieces.hear()) == alone
    assert {e.turn for e in turns(chatty, pieces)} == {last}


def test_details_in_pieces_are_taken_like_details_at_once(chatty: Product) -> None:
    customer = Customer(chatty)
    customer.say("I want to open a ticket")
    customer.say("the lid of my pan is cracked")
    customer.post("Mina")
    customer.post("mina@example.org")
    assert not sentence("en", "ask-contact").search(text_of(customer.hear()))
    known = chatty.read(lambda db: Facts(db).current(customer.id))
    assert (known["name"].value, known["email"].value) == ("Mina", "mina@example.org")
