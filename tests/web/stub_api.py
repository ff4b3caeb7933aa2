"""The customer API as the stub keeps it: what is promised, and what a test wants to go wrong."""

import asyncio
import contextlib
import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, StreamingResponse

from api.widget import widget

from .stub_conversation import Call, Conversation, Event

if TYPE_CHECKING:
    from .stub import Stub

WEB = Path(__file__).parents[2] / "api" / "web"
LIMIT = 2000
STRICT = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'"
)
BARE = """<!doctype html><html lang="{lang}"><head><title>Bare</title></head><body><main><h1>Bare</h1></main>
<frontdoor-chat></frontdoor-chat><script src="/web/widget.js" defer></script></body></html>"""
FRAMED = """<!doctype html><html lang="en"><head><title>Framed</title></head><body>
<iframe title="Shop" sandbox="allow-scripts" src="/demo" width="600" height="700"></iframe>
<frontdoor-chat></frontdoor-chat><script src="/web/widget.js" defer></script></body></html>"""


class Api:
    """The routes. What a test changes on the stub holds for the next request."""

    def __init__(self, stub: "Stub") -> None:
        self.stub = stub
        self.app = FastAPI()
        # A shop's page and the API are often two origins.
        self.app.add_middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            expose_headers=["Retry-After"],
        )
        self.app.get("/demo")(lambda: FileResponse(WEB / "demo.html"))
        self.app.get("/web/widget.js")(lambda: Response(widget(), media_type="text/javascript"))
        self.app.get("/bare")(_bare)
        self.app.get("/framed")(lambda: HTMLResponse(FRAMED))
        self.app.post("/api/v1/conversations")(self.begin)
        self.app.post("/api/v1/conversations/{id}/messages")(self.take)
        self.app.get("/api/v1/conversations/{id}/events")(self.tell)
        self.app.get("/api/v1/conversations/{id}/place")(self.stand)
        self.app.post("/api/v1/conversations/{id}/place/leave")(self.leave)

    async def begin(self, request: Request) -> Response:
        call = await self._note(request)
        if self.stub.down:
            return _down()
        async with self.stub.changed:
            await self.stub.changed.wait_for(lambda: not self.stub.held)
        made = Conversation(uuid4().hex, uuid4().hex, call.body["locale"])
        self.stub.conversations[made.id] = made
        return JSONResponse({"id": made.id, "token": made.token}, 201)

    async def take(self, request: Request, id: str) -> Response:
        call = await self._note(request)
        if self.stub.down:
            return _down()
        conversation = self._find(request, id)
        if conversation is None:
            return _no(404, "not_found", "There is no such conversation.")
        if self.stub.refusals:
            status, headers, body = self.stub.refusals.pop(0)
            return JSONResponse(body, status, headers)
        text = call.body.get("text", "")
        if not text:
            return _no(422, "invalid", "Please write something.", {"text": "missing"})
        if len(text) > LIMIT:
            return _no(413, "too_long", f"Your message has {len(text)} characters; {LIMIT} fit in one message.")
        seq = await self._store(conversation, call.body["id"], text)
        if self.stub.lose_answers:
            self.stub.lose_answers -= 1
            return Response('{"seq"', 202, {"content-length": "99"}, "application/json")  # breaks off in the middle
        return JSONResponse({"seq": seq}, 202)

    async def tell(self, request: Request, id: str, after: int = 0, wait: float = 0) -> Response:
        await self._note(request)
        if self.stub.down:
            return _down()
        conversation = self._find(request, id)
        if conversation is None:
            return _no(404, "not_found", "There is no such conversation.")
        if "text/event-stream" not in request.headers["accept"]:
            return JSONResponse({"events": await self._news(conversation, after, wait)})
        if self.stub.streaming == "refused":
            return _no(406, "no_stream", "No streams here.")
        if self.stub.streaming == "html":
            return HTMLResponse("<p>Please sign in to the hotel's network</p>")
        return StreamingResponse(self._stream(conversation, after), media_type="text/event-stream")

    async def stand(self, request: Request, id: str, mark: str = "", wait: float = 0) -> Response:
        await self._note(request)
        if self.stub.place is None or self._find(request, id) is None:
            return _no(404, "not_found", "There is no such conversation.")
        async with self.stub.changed:
            changed = self.stub.changed.wait_for(lambda: _mark(self.stub.place) != mark or self.stub.stopping)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(changed, wait)
        return JSONResponse({**self.stub.place, "mark": _mark(self.stub.place)})

    async def leave(self, request: Request, id: str) -> Response:
        await self._note(request)
        self.stub.left.append(id)
        return JSONResponse({"left": True}, 202)

    async def _note(self, request: Request) -> Call:
        raw = await request.body()
        body = json.loads(raw) if raw else {}
        call = Call(request.method, request.url.path, request.url.query, dict(request.headers), body)
        self.stub.calls.append(call)
        return call

    def _find(self, request: Request, id_: str) -> Conversation | None:
        found = self.stub.conversations.get(id_)
        return found if found and request.headers.get("authorization") == f"Bearer {found.token}" else None

    async def _store(self, conversation: Conversation, own: str, text: str) -> int:
        async with self.stub.changed:
            if own not in conversation.taken:
                conversation.taken[own] = conversation.add("customer", text, client_id=own)["seq"]
                answer = self.stub.answer(text)
                if answer is not None:
                    conversation.add("bot", answer)
                self.stub.changed.notify_all()
        return conversation.taken[own]

    async def _news(self, conversation: Conversation, after: int, wait: float) -> list[Event]:
        async with self.stub.changed:
            try:
                # What is there already is given without any waiting, however short.
                if conversation.has(after):
                    return conversation.events[after:]
                ready = self.stub.changed.wait_for(lambda: conversation.has(after) or self.stub.stopping)
                await asyncio.wait_for(ready, wait)
            except TimeoutError:
                return []
        return conversation.events[after:]

    async def _stream(self, conversation: Conversation, after: int) -> AsyncIterator[bytes]:
        stub = self.stub
        cuts, typed = stub.cuts, stub.typed

        def news() -> bool:
            return conversation.has(after) or cuts != stub.cuts or stub.stopping or typed != stub.typed

        if stub.repeats:
            after = 0
        if stub.streaming != "silent":
            yield b": hello" + 2 * stub.newline.encode()
        while cuts == stub.cuts and not stub.stopping:
            text = "".join(event.sse() for event in conversation.pending(after))
            if typed != stub.typed:
                text += f'event: typing\ndata: {{"role": "{stub.typist}"}}\n\n'
            after, typed = len(conversation.events), stub.typed
            if stub.streaming in ("silent", "stuck"):
                text = ""
            yield text.replace("\n", stub.newline).encode()
            async with stub.changed:
                await stub.changed.wait_for(news)


def _mark(place: object) -> str:
    return hashlib.sha256(str(place).encode()).hexdigest()[:16]


def _bare(lang: str = "en") -> Response:
    return HTMLResponse(BARE.format(lang=lang), headers={"Content-Security-Policy": STRICT})


def _down() -> Response:
    return _no(503, "unavailable", "We are not there at the moment.")


def _no(status: int, code: str, message: str, fields: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"code": code, "message": message} | ({"fields": fields} if fields else {}), status)
