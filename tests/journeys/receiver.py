"""The operator's own system: a real HTTP server that takes the product's news, checks who signed, and may be down."""

import base64
import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_KEY = b"the key both sides of the journeys have"
#: As an operator sets it.
HOOK_SECRET = "whsec_" + base64.b64encode(_KEY).decode()


@dataclass(frozen=True)
class News:
    """One post as it came, and what it was answered."""

    id: str
    type: str
    data: dict[str, Any]
    body: bytes
    signed: bool
    answered: int


class Receiver:
    """Listens on this machine until it is closed. `down_for`: types whose next post is answered with 500."""

    def __init__(self) -> None:
        self.got: list[News] = []
        self.down_for: set[str] = set()
        self._change = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                self.send_response(receiver._take(self.headers, body))
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _take(self, headers: Any, body: bytes) -> int:
        told = json.loads(body)
        # What Standard Webhooks has a receiver do, without the product's code.
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        right = "v1," + base64.b64encode(hmac.new(_KEY, signed, hashlib.sha256).digest()).decode()
        with self._change:
            status = 500 if told["type"] in self.down_for else 204
            self.down_for.discard(told["type"])
            good = hmac.compare_digest(right, headers["webhook-signature"])
            self.got.append(News(headers["webhook-id"], told["type"], told["data"], body, good, status))
            self._change.notify_all()
        return status

    def of(self, conversation: str, type_: str, count: int = 1, within: float = 40) -> list[News]:
        """The posts of one type about a conversation, once there are so many."""
        end = time.monotonic() + within
        with self._change:
            while True:
                found = [one for one in self.got if (one.type, one.data.get("conversation")) == (type_, conversation)]
                if len(found) >= count:
                    return found
                left = end - time.monotonic()
                if left <= 0 or not self._change.wait(left):
                    raise AssertionError(f"{len(found)} of {count} posts of {type_} within {within} s: {self.got}")
