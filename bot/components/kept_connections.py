"""Kept connections: the bot asks its product over a line that stays open, instead of dialling anew for each action."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import AsyncIterator, Dict, Tuple

from aiohttp import BasicAuth, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.utils.endpoints import EndpointConfig

#: Seconds a line may lie idle and be used again. The product hangs up after five, and a question that crosses with
#: that would be lost; so we hang up first.
IDLE_SECONDS = 2.0

# By endpoint and loop: a line belongs to the loop it was opened in. The endpoint is here so that its id stays its own.
_open: Dict[Tuple[int, asyncio.AbstractEventLoop], Tuple[EndpointConfig, ClientSession]] = {}


@asynccontextmanager
async def kept(endpoint: EndpointConfig) -> AsyncIterator[ClientSession]:
    """The endpoint's session, made at its first use. Leaving the context leaves it open; :func:`close` ends it."""
    place = id(endpoint), asyncio.get_running_loop()
    if place not in _open:
        session = ClientSession(
            # No limit of ours: every customer's turn may ask at once, as when each had a session of its own.
            connector=TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS),
            # Nor may one customer's turn leave anything behind for the next one's.
            cookie_jar=DummyCookieJar(),
            headers=endpoint.headers,
            auth=BasicAuth(**endpoint.basic_auth) if endpoint.basic_auth else None,
            timeout=ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
        )
        _open[place] = endpoint, session
    yield _open[place][1]


async def close() -> None:
    """Hang up all lines of this loop."""
    here = asyncio.get_running_loop()
    for place in [place for place in _open if place[1] is here]:
        await _open.pop(place)[1].close()


def install() -> None:
    """From now on Rasa's endpoints keep their lines open."""
    EndpointConfig.session = kept
