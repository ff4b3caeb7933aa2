"""Members of a fleet whose process is a function of the test."""

from collections.abc import Callable
from typing import Any

import httpx

from api.bot.member import Member
from tests.api.stand import SECRET


def member(answer: Callable[[httpx.Request], Any], url: str = "http://rasa", version: str = "told") -> Member:
    """A member that is ready and answers as the test says."""
    made = Member(url, SECRET)
    made.client = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url=url)
    made.is_ready(version)
    return made
