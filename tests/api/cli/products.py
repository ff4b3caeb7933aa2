"""A running product, as far as the command line sees it: what /health/ready says of its models."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

#: What it says, by how often it was asked before.
Says = Callable[[int], dict[str, Any]]


class RunningProduct:
    """Answers on a port of its own until it is stopped.

    Args:
        says: the ``models`` of its health; 503 comes with it as with a product that is not ready.
    """

    def __init__(self, says: Says, status: int = 200) -> None:
        asked = iter(range(10_000))

        class Health(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = json.dumps({"models": says(next(asked))} if self.path == "/health/ready" else {}).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: the tests watch what the command line says."""

        self._server = HTTPServer(("127.0.0.1", 0), Health)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def health(live: str, starting: str | None = None, refused: tuple[str, str] | None = None) -> dict[str, Any]:
    """The ``models`` of a product's health."""
    told = {"version": refused[0], "reason": refused[1]} if refused else None
    return {"live": live, "starting": starting, "refused": told}
