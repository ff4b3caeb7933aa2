"""Strange lines: what never ends is ended, and what is no request is refused before it is one."""

import contextlib
import json
import socket
import time

import pytest

from .harm import unharmed
from .product import Product


def raw(product: Product, *pieces: bytes, wait: float = 30.0) -> bytes:
    """What comes back on a connection of its own, until it is closed."""
    with socket.create_connection(("127.0.0.1", product.port), timeout=wait) as line:
        for piece in pieces:
            line.sendall(piece)
        return _all(line)


def _all(line: socket.socket) -> bytes:
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := line.recv(65_536):
            got += piece
    return got


POST = b"POST /api/v1/conversations HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n"


def test_what_never_ends_is_ended(open_shop: Product) -> None:
    chunked = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    with unharmed(open_shop), contextlib.ExitStack() as lines:

        def begin(first: bytes) -> socket.socket:
            line = lines.enter_context(socket.create_connection(("127.0.0.1", open_shop.port), timeout=40))
            line.sendall(first)
            return line

        dribbling = begin(chunked)
        silent = begin(POST + b"Content-Length: 50\r\n\r\n{")
        webhook = begin(b"POST /webhooks/telegram HTTP/1.1\r\nHost: shop\r\nContent-Length: 200000\r\n\r\n{")
        half = begin(b"GET /demo HTTP/1.1\r\nHost:")
        mute = begin(b"")
        ended, deadline = b"", time.monotonic() + 40
        dribbling.settimeout(0.3)
        while not ended and time.monotonic() < deadline:
            dribbling.sendall(b"1\r\n[\r\n")
            with contextlib.suppress(TimeoutError):
                ended = dribbling.recv(65_536)
        # It writes on while it is told to stop, so its line may be cut before it has read more than the first piece.
        assert ended.startswith(b"HTTP/1.1 408"), ended
        for told in (_all(silent), _all(webhook)):
            assert told.startswith(b"HTTP/1.1 408"), told
            assert json.loads(told.split(b"\r\n\r\n", 1)[1])["code"] == "too_slow"
        assert _all(half) == b"" and _all(mute) == b""
    endless = (b"10000\r\n" + b"x" * 0x10000 + b"\r\n") * 64
    assert raw(open_shop, chunked, endless).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "head",
    [
        b"GET /demo HTTP/1.1\r\nHost: shop\r\nX: " + b"x" * 1_000_000 + b"\r\n\r\n",
        b"GET /" + b"x" * 1_000_000 + b" HTTP/1.1\r\nHost: shop\r\n\r\n",
        b"GET /demo HTTP/1.1\r\nHost: shop\r\n" + b"X: y\r\n" * 200_000 + b"\r\n",
        b"GET /demo HTTP/1.1\r\nHost: shop\r\nContent-Length: nan\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 1000,
    ],
    ids=["a long line", "a long address", "many lines", "a length that is none", "TLS", "NUL"],
)
def test_a_head_that_is_none_is_refused_before_it_is_a_request(open_shop: Product, head: bytes) -> None:
    with unharmed(open_shop):
        told = raw(open_shop, head)
        assert told.startswith(b"HTTP/1.1 400"), told[:200]
        assert json.loads(told.split(b"\r\n\r\n", 1)[1])["code"] == "unreadable"
