"""Harm: whether the product is as it was after something strange."""

import contextlib
from collections.abc import Iterator

import httpx

from .product import Product

#: Seconds after which an answer counts as a stall. The machine may be busy; nothing strange may take part in that.
STALL = 8.0


@contextlib.contextmanager
def unharmed(product: Product) -> Iterator[httpx.Client]:
    """A client; afterwards the product is as it was: ready, with the same Rasa, and nothing went wrong inside."""
    begin, rasa = len(product.lines), product.rasa().pid
    with httpx.Client(base_url=product.url, timeout=30, trust_env=False) as client:
        yield client
    assert product.ready().json()["missing"] == []
    assert product.rasa().pid == rasa
    assert not [line for line in product.lines[begin:] if "Traceback" in line], product.lines[begin:]


def secret_of(product: Product) -> dict[str, str]:
    """The header by which Telegram shows that it is Telegram."""
    return {"X-Telegram-Bot-Api-Secret-Token": (product.data / "telegram.secret").read_text("utf-8").strip()}
