"""A small Bot API on this machine: records what is sent, refuses what Telegram refuses, and fails when told to."""

import json
import threading
import time
from collections import deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import CallbackQueryLimit, InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageLimit

TOKEN = "123456:AAE-this-is-a-token-of-the-tests"
Answer = tuple[int, dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """One request: the method of the Bot API, its parameters, what it was answered, and when."""

    method: str
    body: dict[str, Any]
    status: int
    at: float


def failed(status: int, description: str, **parameters: int) -> Answer:
    answer: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return status, answer | ({"parameters": parameters} if parameters else {})


TOO_MANY = failed(429, "Too Many Requests: retry after 1", retry_after=1)
BROKEN = failed(500, "Internal Server Error")
BLOCKED = failed(403, "Forbidden: bot was blocked by the user")


class BotApi:
    """Serves until it is closed; ``plan`` holds answers for the next requests, and HANG lets one wait for ever."""

    HANG: Answer = (0, {})

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.plan: deque[Answer] = deque()
        self.away: Answer | None = None
        self._news = threading.Condition()
        self._closing = threading.Event()
        self._ids = 100
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                _, bot, method = self.path.split("/")
                status, answer = api.answer(bot.removeprefix("bot"), method, body)
                if (status, answer) == api.HANG:
                    api._closing.wait(30)
                    self.close_connection = True
                    return
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """The tests look at what was asked, not at a log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def answer(self, token: str, method: str, body: dict[str, Any]) -> Answer:
        with self._news:
            status, answer = self._planned() or (
                self._judge(method, body) if token == TOKEN else failed(401, "Unauthorized")
            )
            self.asked.append(Asked(method, body, status, time.monotonic()))
            self._news.notify_all()
        return status, answer

    def _planned(self) -> Answer | None:
        return self.plan.popleft() if self.plan else self.away

    def _judge(self, method: str, body: dict[str, Any]) -> Answer:
        """What Telegram itself would say, by the limits its library knows."""
        if method == "sendMessage":
            length = len(body["text"].encode("utf-16-le")) // 2
            if not body["text"].strip():
                return failed(400, "Bad Request: message text is empty")
            if length > MessageLimit.MAX_TEXT_LENGTH:
                return failed(400, "Bad Request: message is too long")
            for row in (rows := body.get("reply_markup", {}).get("inline_keyboard", [])):
                for button in row:
                    size = len(button["callback_data"].encode())
                    if not 1 <= size <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA or not button["text"]:
                        return failed(400, "Bad Request: BUTTON_DATA_INVALID")
            if sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
                return failed(400, "Bad Request: too many buttons")
            self._ids += 1
            return 200, {"ok": True, "result": self._message(body)}
        if method == "answerCallbackQuery":
            if len(body.get("text", "")) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
                return failed(400, "Bad Request: MESSAGE_TOO_LONG")
            return 200, {"ok": True, "result": True}
        if method == "setWebhook":
            return 200, {"ok": True, "result": True, "description": "Webhook was set"}
        return 200, {"ok": True, "result": self._message({**body, "text": "…"})}

    def _message(self, body: dict[str, Any]) -> dict[str, Any]:
        sent = {
            "message_id": self._ids,
            "date": int(time.time()),
            "chat": {"id": body["chat_id"], "type": "private"},
            "text": body["text"],
        }
        return sent | ({"reply_markup": body["reply_markup"]} if "reply_markup" in body else {})

    def words(self) -> list[str]:
        """The texts that arrived, in order."""
        return [one.body["text"] for one in self.asked if one.method == "sendMessage" and one.status == 200]

    def messages(self) -> list[Message]:
        """The messages that arrived, as Telegram's own library reads them."""
        said = [one.body for one in self.asked if one.method == "sendMessage" and one.status == 200]
        return [m for m in (Message.de_json(self._message(body), None) for body in said) if m]

    def wait(self, count: int, within: float = 30, method: str = "sendMessage") -> list[Asked]:
        """The requests of a method that were answered well, once there are so many."""
        deadline = time.monotonic() + within
        with self._news:
            while True:
                done = [one for one in self.asked if one.method == method and one.status == 200]
                if len(done) >= count:
                    return done
                left = deadline - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    raise AssertionError(f"{len(done)} of {count} {method} within {within} s: {self.asked}")

    def wait_asked(self, count: int, within: float = 30) -> list[Asked]:
        """All requests, whatever they were answered, once there are so many."""
        deadline = time.monotonic() + within
        with self._news:
            while len(self.asked) < count:
                left = deadline - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    raise AssertionError(f"{len(self.asked)} of {count} requests within {within} s")
            return list(self.asked)

    def wait_news(self, within: float) -> None:
        """Waits until something is asked, at most so long."""
        with self._news:
            self._news.wait(within)

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()


def keyboard(message: Message) -> list[tuple[str, str]]:
    """Text and data of the buttons under a message."""
    markup = message.reply_markup
    assert isinstance(markup, InlineKeyboardMarkup)
    return [(b.text, str(b.callback_data)) for row in markup.inline_keyboard for b in row]
