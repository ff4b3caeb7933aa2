"""Order: however fast and however often a customer sends, each message is answered once, and in turn."""

from concurrent.futures import ThreadPoolExecutor

from handoff.events import Event, Events

from .customer import Customer
from .product import Product


def stored(shop: Product, customer: Customer) -> list[Event]:
    return shop.read(lambda db: Events(db).after(customer.id, 0))


def hear_all(shop: Product, customer: Customer, messages: int) -> list[Event]:
    """Everything, once each message has got its answer."""
    while True:
        customer.hear()
        found = stored(shop, customer)
        if len({e.turn for e in found if e.role == "bot"}) == messages:
            return found


def test_five_messages_sent_quickly_are_all_answered_in_order(shop: Product) -> None:
    customer = Customer(shop)
    sent = [customer.post(text) for text in ("hi", "where is my order", "thanks", "I want a refund", "bye")]
    found = hear_all(shop, customer, 5)
    turns = [e.turn for e in found if e.role == "bot"]
    assert turns == sorted(turns)  # type: ignore[type-var]
    assert set(turns) == set(sent)
    assert all(e.handled_at for e in found)


def test_a_message_sent_again_is_answered_once(shop: Product) -> None:
    customer = Customer(shop)
    body = {"id": "the same", "text": "hi"}
    headers = customer._headers
    with ThreadPoolExecutor(4) as at_once:
        post = [
            at_once.submit(shop.http.post, f"/conversations/{customer.id}/messages", json=body, headers=headers)
            for _ in range(8)
        ]
    assert {p.result().json()["seq"] for p in post} == {1}
    hear_all(shop, customer, 1)
    assert customer.say("thanks")
    assert [e.role for e in stored(shop, customer)] == ["customer", "bot", "customer", "bot"]


def test_many_customers_at_once_each_get_their_own_answers(shop: Product) -> None:
    customers = [Customer(shop) for _ in range(8)]
    with ThreadPoolExecutor(8) as at_once:
        first = list(at_once.map(lambda c: c.say("hi"), customers))
        for customer in customers:
            customer.post("how do I return something")
        second = list(at_once.map(lambda c: c.hear(), customers))
    assert len({shown[0]["text"] for shown in first}) == 1
    assert len({shown[0]["text"] for shown in second}) == 1
    assert all(len(c.history()) == 4 for c in customers)
