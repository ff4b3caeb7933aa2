"""The application behind a real uvicorn: streams are only streams there."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI


class Served(uvicorn.Server):
    """Tells when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """The application's address, as long as it is served."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = Served(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1, lifespan="off"))
    serving = asyncio.create_task(server.serve([listening]))
    try:
        await server.up.wait()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        # Also after a test that failed: a socket left open would fail another one.
        server.should_exit = True
        await serving
        listening.close()


async def events_of(answer: httpx.Response, count: int) -> list[dict[str, Any]]:
    """The next events of a stream: id, type and data."""
    found: list[dict[str, Any]] = []
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if not line and "data" in fields:
            found.append({**fields, "data": json.loads(fields["data"])})
            fields = {}
            if len(found) == count:
                return found
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value
    raise AssertionError(f"The stream ended after {len(found)} of {count} events")
