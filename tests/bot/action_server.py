"""The product's actions, as the tests need them: each answers what a test told it to, and keeps what it was asked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Dict, List, Tuple

Answer = Tuple[int, Any]


def says(*texts: str, events: "List[dict] | None" = None, **more: Any) -> Answer:
    """An action's answer: its words, its events, and what hangs on each word."""
    return 200, {"events": events or [], "responses": [{"text": text, **more} for text in texts]}


class ActionServer:
    """Serves on a free port of loopback while it is open."""

    def __init__(self) -> None:
        self.forget()
        actions = self

        class Handler(BaseHTTPRequestHandler):
            # As the product does: the line stays open, and a short answer is sent at once.
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                asked["secret"] = self.headers.get("X-Frontdoor-Secret")
                asked["line"] = self.client_address
                actions.asked.append(asked)
                status, body = actions.answer(asked)
                words = json.dumps(body).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(words)))
                    self.end_headers()
                    self.wfile.write(words)
                except ConnectionError:
                    pass  # The bot gave this turn up; nobody waits for the answer.

            def log_message(self, *_: Any) -> None:
                """Tests want to hear of failures only."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/actions"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def forget(self) -> None:
        """As if nothing had been asked, and nothing been told what to answer."""
        self.asked: List[Dict[str, Any]] = []
        self.answers: Dict[str, "Answer | Callable[[dict], Answer]"] = {}

    def answer(self, asked: Dict[str, Any]) -> Answer:
        """By default an action says its own name."""
        name = asked["next_action"]
        answer = self.answers.get(name, says(name))
        return answer(asked) if callable(answer) else answer

    def names(self) -> List[str]:
        return [asked["next_action"] for asked in self.asked]

    def __enter__(self) -> "ActionServer":
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
