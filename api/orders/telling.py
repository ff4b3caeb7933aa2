"""Telling: an order in words, with its days as the customer's language writes them."""

from datetime import date

from api import wording
from api.orders.book import UNDERWAY, Order
from handoff.when import say_day


def tell_order(order: Order, language: str, today: date) -> str:
    """What the order book says of the order and nothing else; a day that has passed is said to have passed."""

    def day(moment: date) -> str:
        return say_day(moment, today, language)

    said = [wording.say(language, f"order-{order.status}", number=order.number, placed=day(order.placed))]
    underway = order.status in ("shipped", "out_for_delivery")
    if underway and order.shipped and order.carrier:
        said.append(wording.say(language, "order-left-with", day=day(order.shipped), carrier=order.carrier))
    elif underway and order.shipped:
        said.append(wording.say(language, "order-left", day=day(order.shipped)))
    elif order.carrier and order.status in ("out_for_delivery", "ready_for_pickup", "shipped"):
        said.append(wording.say(language, "order-carrier", carrier=order.carrier))
    if order.status == "delivered" and order.delivered:
        said.append(wording.say(language, "order-arrived", day=day(order.delivered)))
    if order.status in UNDERWAY and order.expected:
        key = "order-overdue" if order.late(today) else "order-expected"
        said.append(wording.say(language, key, day=day(order.expected)))
    return wording.together(language, said)
