"""A customer at the widget: sends messages through the customer API, and reads what comes back."""

import re
import time
from typing import Any

from api import wording
from api.wording import FOLDER

from .product import Product

Shown = dict[str, Any]
#: No answer takes longer than this; a slow machine is allowed for.
PATIENCE = 30.0


class Customer:
    """One conversation, from its opening."""

    def __init__(self, product: Product, locale: str = "en") -> None:
        self.product = product
        self.locale = locale
        opened = product.http.post("/conversations", json={"locale": locale}).raise_for_status().json()
        self.id: str = opened["id"]
        self._headers = {"Authorization": f"Bearer {opened['token']}", "Accept": "application/json"}
        self._sent = 0
        self.seen = 0

    def post(self, text: str) -> int:
        """Sends a message and does not wait; returns its seq."""
        self._sent += 1
        body = {"id": f"m{self._sent}", "text": text}
        answer = self.product.http.post(f"/conversations/{self.id}/messages", json=body, headers=self._headers)
        assert answer.status_code == 202, answer.text
        seq: int = answer.json()["seq"]
        return seq

    def read(self, after: int, wait: float = 0) -> list[Shown]:
        params = {"after": after, "wait": wait}
        answer = self.product.http.get(f"/conversations/{self.id}/events", params=params, headers=self._headers)
        events: list[Shown] = answer.raise_for_status().json()["events"]
        return events

    def hear(self, after: int | None = None) -> list[Shown]:
        """The next words of the bot; a turn's words are stored together, so they come together."""
        deadline = time.monotonic() + PATIENCE
        self.seen = max(self.seen, after or 0)
        while time.monotonic() < deadline:
            events = self.read(self.seen, wait=20)
            self.seen = max([self.seen, *(e["seq"] for e in events)])
            if words := [e for e in events if e["role"] == "bot"]:
                return words
        raise AssertionError(f"Silence for {PATIENCE} s after message {after}.")

    def say(self, text: str) -> list[Shown]:
        """Sends a message; returns the bot's answer to it."""
        return self.hear(self.post(text))

    def press(self, shown: Shown, number: int) -> list[Shown]:
        """Presses one of the buttons under something the bot said."""
        return self.say(shown["buttons"][number]["text"])

    def history(self) -> list[Shown]:
        """Everything there is to see, as after a reload of the page."""
        return self.read(0)


def text_of(shown: list[Shown]) -> str:
    return "\n".join(e["text"] for e in shown)


def sentence(language: str, key: str, **values: str) -> "re.Pattern[str]":
    """One of the product's sentences, with anything in the places whose value is not given."""
    words = (FOLDER / f"{language}.ftl").read_text("utf-8")
    line = next(line for line in words.splitlines() if line.startswith(f"{key} ="))
    parts = re.split(r"\{ \$(\w+) \}", line.partition("=")[2].strip())
    return re.compile("".join(_part(n, part, values) for n, part in enumerate(parts)), re.DOTALL)


def _part(number: int, part: str, values: dict[str, str]) -> str:
    if number % 2 == 0:
        return re.escape(part)
    return re.escape(values[part]) if part in values else ".+?"


def says(shown: list[Shown], language: str, key: str, **values: str) -> bool:
    """Whether a sentence of the product is among what was said."""
    return sentence(language, key, **values).search(text_of(shown)) is not None


def offers(shown: list[Shown], language: str, key: str) -> bool:
    """Whether the last thing said has this button."""
    return wording.say(language, key) in [b["title"] for b in shown[-1]["buttons"]]


def until_ticket_offer(customer: Customer, question: str) -> list[Shown]:
    """Asks, and says of all that comes that it is not it, until a colleague is offered; gives what was offered."""
    shown, given = customer.say(question), []
    for _ in range(6):
        if offers(shown, customer.locale, "open-ticket-button"):
            return shown
        sources = [s["url"] for s in shown[-1]["sources"]]
        assert sources not in given, f"The same was given again: {sources}"
        given.append(sources)
        ways = ("answer-not-it", "suggest-none", "ask-back-none")
        not_it = next(way for way in ways if offers(shown, customer.locale, way))
        shown = customer.say(wording.say(customer.locale, not_it))
    raise AssertionError("No person was offered after six misses.")


def fill(customer: Customer, shown: list[Shown], **answers: str) -> list[Shown]:
    """Answers what the form asks, whatever its order, until it says back what it understood; gives that."""
    given = {"order_number": wording.say(customer.locale, "no-order-number"), **answers}
    for _ in range(8):
        if says(shown, customer.locale, "restate-ask"):
            return shown
        asked = next(name for name in given if says(shown[-1:], customer.locale, f"ask-{name}"))
        shown = customer.say(given.pop(asked))
    raise AssertionError(f"The form did not come to its end: {text_of(shown)}")
