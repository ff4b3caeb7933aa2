"""The way back: several products may share one bot, and a turn's actions are asked of the product that asked for it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import Iterator, Optional, Text

from rasa.utils.endpoints import EndpointConfig

_asker: "ContextVar[Optional[Text]]" = ContextVar("asker", default=None)


@contextmanager
def asked_from(url: Optional[Text]) -> Iterator[None]:
    """While it is open, actions of this turn (and of no other) are asked at this address.

    Args:
        url: where the product that asked serves its actions; without it, the address of FRONTDOOR_ACTIONS_URL holds.
    """
    token = _asker.set(url)
    try:
        yield
    finally:
        _asker.reset(token)


def _url(endpoint: EndpointConfig) -> Optional[Text]:
    return _asker.get() or endpoint.__dict__.get("url")


def _set_url(endpoint: EndpointConfig, url: Optional[Text]) -> None:
    endpoint.__dict__["url"] = url


def install() -> None:
    """From now on Rasa's endpoints follow the turn. endpoints.yml names one alone, the product's actions."""
    EndpointConfig.url = property(_url, _set_url)
