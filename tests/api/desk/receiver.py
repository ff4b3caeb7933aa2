"""A receiver of hooks: a real HTTP server on loopback that answers as a test tells it, and keeps what it got."""

import asyncio
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Got:
    """One request as it came."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers with the next of ``answers`` (the last one for ever); 0: hangs up without a word."""

    answers: list[int]
    got: list[Got] = field(default_factory=list)
    port: int = 0
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def __aenter__(self) -> "Receiver":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
            body = await reader.readexactly(int(headers["content-length"]))
            self.got.append(Got(headers, body))
            status = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            if status:
                place = b"location: http://127.0.0.1:1/\r\n" if status // 100 == 3 else b""
                writer.write(b"HTTP/1.1 %d x\r\n%scontent-length: 0\r\nconnection: close\r\n\r\n" % (status, place))
                await writer.drain()
        finally:
            writer.close()
            await writer.wait_closed()
