"""Alone: whatever somebody else asks of this server, they get nothing out of it."""

from __future__ import annotations

import hmac
from typing import Any, Optional

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse


def close_to_others(app: Sanic, secret: str) -> None:
    """Refuses every request without the secret before Rasa's own ways are looked at: it greets at ``/``, tells its
    version there, and answers OPTIONS everywhere."""
    own = secret.encode()

    async def only_ours(request: Request) -> Optional[HTTPResponse]:
        given = request.headers.get("x-frontdoor-secret", "").encode(errors="surrogateescape")
        if hmac.compare_digest(given, own):
            return None
        return response.json({"error": "wrong secret"}, status=403)

    @app.listener("before_server_start")
    async def first(*_: Any) -> None:
        # Before the one that answers OPTIONS, which puts itself first just as late.
        app.request_middleware.appendleft(only_ours)
