"""A shop's order system for tests: a real HTTP server that answers as it is told, well or badly."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from tests.api.server import served

Answering = Callable[[str], Awaitable[Response]]


class OrderSystem:
    """Answers from ``orders``, unless ``answers`` says otherwise; remembers what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.orders: dict[str, dict[str, Any]] = {}
        self.answers: Answering = self.well
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = asyncio.Event()

    async def well(self, number: str) -> Response:
        known = self.orders.get(number)
        return JSONResponse(known) if known else JSONResponse({"error": "no such order"}, 404)

    async def never(self, number: str) -> Response:
        """Answers when the test is over."""
        await self.over.wait()
        return await self.well(number)


@asynccontextmanager
async def order_system() -> AsyncIterator[OrderSystem]:
    system = OrderSystem()
    app = FastAPI()

    @app.get("/orders/{number:path}")
    async def one(number: str, request: Request) -> Response:
        system.asked.append((request.scope["raw_path"].decode(), dict(request.headers)))
        return await system.answers(number)

    async with served(app) as url:
        system.url = f"{url}/orders"
        try:
            yield system
        finally:
            system.over.set()
