"""Heads: how large the first lines of a request may be and how long they may take, before there is a request at all."""

import asyncio
import json

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api import wording
from api.wording import DEFAULT

#: Bytes of address and header lines. Browsers and apps send a few thousand.
BYTES = 65_536
#: Seconds they may take, and a new connection may say nothing.
SECONDS = 15.0
#: Seconds in which the rest of a refused head is still taken in and thrown away: hung up on in the middle of sending,
#: a client would report a broken connection instead of what it was told.
LISTENS_ON = 1.0


class Doorway(HttpToolsProtocol):
    """uvicorn's own way of reading requests, which by itself takes a head of any size, for any time."""

    _arrived = 0
    _in_head = True
    _refused = False
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        super().data_received(data)
        if self._in_head:
            # One line that never ends is told of only when it does.
            self._arrived += len(data)
            if self._arrived > BYTES and not self._refused:
                self.send_400_response("")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._arrived, self._in_head, self._weight = 0, True, 0
        self._wait()

    def on_url(self, url: bytes) -> None:
        self._weigh(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._weigh(name, value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._wait_no_more()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Whatever was wrong with a head, in the form of every other refusal."""
        self._refused = True
        told = {"code": "unreadable", "message": wording.say(DEFAULT, "error-invalid")}
        content = json.dumps(told).encode()
        lines: list[bytes] = [STATUS_LINE[400], b"content-type: application/json\r\n"]
        lines += [b"content-length: %d\r\nconnection: close\r\n\r\n" % len(content), content]
        self.transport.write(b"".join(lines))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._wait(LISTENS_ON)

    def _weigh(self, *parts: bytes) -> None:
        self._weight += sum(map(len, parts))
        if self._weight > BYTES:
            # The parser hands it on as its own error, which uvicorn answers with 400.
            raise httptools.HttpParserError("the head of a request is too large")

    def _wait(self, seconds: float | None = None) -> None:
        self._wait_no_more()
        self._waiting = self.loop.call_later(SECONDS if seconds is None else seconds, self._hang_up)

    def _wait_no_more(self) -> None:
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None

    def _hang_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
