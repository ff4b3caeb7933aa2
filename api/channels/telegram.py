"""Telegram: updates come in by webhook, words go out by the Bot API."""

import asyncio
import hmac
import json
import re
import time
import zlib
from collections.abc import Sequence
from typing import Any, TypeGuard

import httpx

from api.channels import text
from api.channels.port import (
    BadSignature,
    IncomingMessage,
    Kind,
    Later,
    Limits,
    NotConnected,
    Outcome,
    OutgoingWord,
    Part,
    Refused,
    Reply,
    Request,
    Sent,
    Unreadable,
    Unreadables,
)
from api.channels.secret import kept_secret
from api.settings import Settings

SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
#: Kinds of updates we ask Telegram for; others that come are kept and go no further.
UPDATES = ("message", "callback_query")
#: What a message may hold instead of text. Anything not named here (somebody pinned a message, …) needs no answer.
UNREADABLE: dict[str, Unreadables] = {
    "photo": "photo",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "sticker": "sticker",
    "document": "file",
    "location": "place",
    "venue": "place",
    "contact": "contact",
    "poll": "something",
    "dice": "something",
    "story": "something",
    "game": "something",
    "checklist": "something",
    "paid_media": "something",
    "live_photo": "photo",
}
START = re.compile(r"/(start|help)(@\w+)?(\s|$)")
PRESS = re.compile(r"(\d{1,9}):(\d{1,3})")
LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")
#: Telegram's ids have at most 52 bits; chats from here on are made up and nothing is sent to them.
MADE_UP = 2**52
#: Seconds one request may take.
PATIENCE = 10.0
NOTICE = 200


class Telegram:
    """One bot of one shop. Args: the settings."""

    name = "telegram"
    limits = Limits(4096, text.utf16, per_chat=1.0, overall=1 / 30)
    acknowledgement = Reply()

    def __init__(self, settings: Settings) -> None:
        self._token = settings.telegram_token.get_secret_value().strip()
        own = settings.telegram_secret.get_secret_value()
        self._secret = own or kept_secret(settings.data_dir / "telegram.secret")
        self._client = httpx.AsyncClient(base_url=settings.telegram_api_url.rstrip("/"), timeout=PATIENCE)
        # Two bots count their updates each from a number of their own: their ids must not meet.
        self._account = self._token.partition(":")[0]

    def missing(self) -> Sequence[str]:
        return () if self._token else ("FRONTDOOR_TELEGRAM_TOKEN",)

    def simulated(self, address: str) -> bool:
        return not self._token or int(address) >= MADE_UP

    # In

    def verify(self, request: Request) -> None:
        told = request.headers.get(SECRET, "").encode("utf-8", "surrogatepass")
        if not hmac.compare_digest(told, self._secret.encode()):
            raise BadSignature

    def handshake(self, request: Request) -> Reply | None:
        return None

    def read(self, request: Request) -> Sequence[IncomingMessage]:
        try:
            raw = request.body.decode()
            update = json.loads(raw)
        except (ValueError, RecursionError) as problem:
            raise Unreadable(f"not JSON: {type(problem).__name__}") from problem
        number = update.get("update_id") if isinstance(update, dict) else None
        if not _whole(number) or not 0 <= number < 2**63:
            raise Unreadable("no update_id")
        kind = next((name for name, value in update.items() if isinstance(value, dict)), "nothing")
        about: dict[str, Any] = {"provider_id": f"{self._account}:{number}", "account": self._account, "raw": raw}
        if kind == "message":
            return [_message(update[kind], about)]
        if kind == "callback_query":
            return [_press(update[kind], about)]
        return [IncomingMessage(kind="other", name=kind, **about)]

    # Out

    def render(self, word: OutgoingWord) -> Sequence[Part]:
        chat = int(word.address)
        if word.receipt is not None:
            return _receipt(chat, word)
        links = [f"{source.title}\n{source.url}" if source.url else source.title for source in word.sources]
        parts = [
            {"chat_id": chat, "text": part, "link_preview_options": {"is_disabled": True}}
            for part in text.split("\n\n".join([word.text, *links]), self.limits.text, self.limits.measure)
        ]
        rows = [[{"text": b, "callback_data": f"{word.seq}:{n}"}] for n, b in enumerate(word.buttons) if b.strip()]
        if parts and rows:
            parts[-1]["reply_markup"] = {"inline_keyboard": rows}
        return [Part("sendMessage", body) for body in parts]

    async def send(self, part: Part) -> Outcome:
        try:
            status, answer = await self._ask(part.method, part.body)
        except (TimeoutError, httpx.HTTPError, ValueError) as problem:
            # Its words may hold the address, and the address holds the token.
            return Later(f"Telegram cannot be reached: {type(problem).__name__}")
        if answer.get("ok") is True:
            result = answer.get("result")
            return Sent(str(result.get("message_id", "")) if isinstance(result, dict) else "")
        reason = f"Telegram answered {status}: {str(answer.get('description', ''))[:200]}"
        parameters = answer.get("parameters")
        after = parameters.get("retry_after") if isinstance(parameters, dict) else None
        # 401 and 404 are a wrong token: the operator's matter, and no reason to lose what a customer was told.
        if status in (401, 404, 429) or not 400 <= status < 500:
            return Later(reason, float(after) if _whole(after) else None)
        return Refused(reason)

    async def _ask(self, method: str, body: object) -> tuple[int, dict[str, Any]]:
        async with asyncio.timeout(PATIENCE):
            answer = await self._client.post(f"/bot{self._token}/{method}", json=body)
        found = answer.json()
        if not isinstance(found, dict):
            raise ValueError("not an object")
        return answer.status_code, found

    async def connect(self, url: str) -> str:
        if not self._token:
            raise NotConnected("Telegram needs FRONTDOOR_TELEGRAM_TOKEN: @BotFather gives you one.")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self._secret):
            raise NotConnected("FRONTDOOR_TELEGRAM_SECRET may hold only letters, digits, _ and -, at most 256 of them.")
        body = {"url": url, "secret_token": self._secret, "allowed_updates": UPDATES}
        try:
            status, answer = await self._ask("setWebhook", body)
        except (TimeoutError, httpx.HTTPError, ValueError) as problem:
            raise NotConnected(f"Telegram cannot be reached: {type(problem).__name__}.") from problem
        if answer.get("ok") is not True:
            raise NotConnected(f"Telegram answered {status}: {answer.get('description', 'no reason given')}.")
        return str(answer.get("description", "ok"))

    def simulate(self, text: str, locale: str, name: str, address: str) -> tuple[Request, str]:
        chat = int(address or MADE_UP + zlib.crc32(f"{locale} {name}".encode()))
        person = {"id": chat, "first_name": name}
        # Beyond any number that Telegram's own updates reach.
        number = MADE_UP + time.time_ns() // 1000
        message = {
            "message_id": number % 2**31,
            "date": int(time.time()),
            "chat": {**person, "type": "private"},
            "from": {**person, "is_bot": False, "language_code": locale},
            "text": text,
        }
        body = json.dumps({"update_id": number, "message": message}, ensure_ascii=False).encode()
        return Request("POST", "", {}, {SECRET: self._secret, "content-type": "application/json"}, body), str(chat)

    async def aclose(self) -> None:
        await self._client.aclose()


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _customer(chat: object, person: object, about: dict[str, Any]) -> dict[str, Any] | None:
    """Who wrote, when it is a person in a private chat: in a group we would answer what others are asked."""
    if not isinstance(chat, dict) or not isinstance(person, dict):
        return None
    if chat.get("type") != "private" or person.get("is_bot") or not _whole(chat.get("id")):
        return None
    locale = person.get("language_code")
    known = isinstance(locale, str) and len(locale) <= 35 and LOCALE.fullmatch(locale)
    return {**about, "address": str(chat["id"]), "locale": locale if known else "en"}


def _message(message: dict[str, Any], about: dict[str, Any]) -> IncomingMessage:
    customer = _customer(message.get("chat"), message.get("from"), about)
    media = next((name for name in UNREADABLE if name in message), None)
    words = message.get("text") or message.get("caption")
    if customer is None or (not isinstance(words, str) and media is None):
        return IncomingMessage(kind="other", name="message", **about)
    if isinstance(words, str):
        kind: Kind = "start" if START.match(words) and media is None else "text"
        return IncomingMessage(kind=kind, name=media or "text", text=words, **customer)
    group = message.get("media_group_id")
    group = group[:100] if isinstance(group, str) else None
    return IncomingMessage(
        kind="unreadable", name=str(media), unreadable=UNREADABLE[str(media)], group=group, **customer
    )


def _press(query: dict[str, Any], about: dict[str, Any]) -> IncomingMessage:
    message = query.get("message")
    chat = message.get("chat") if isinstance(message, dict) else None
    customer = _customer(chat, query.get("from"), about)
    if customer is None or not isinstance(message, dict) or not isinstance(query.get("id"), str):
        return IncomingMessage(kind="other", name="callback_query", **about)
    data = query.get("data")
    place = PRESS.fullmatch(data) if isinstance(data, str) else None
    return IncomingMessage(
        kind="press",
        name="callback_query",
        pressed=(int(place[1]), int(place[2])) if place else (0, 0),
        receipt={"query": query["id"], "message": message.get("message_id")},
        **customer,
    )


def _receipt(chat: int, word: OutgoingWord) -> Sequence[Part]:
    """The button stops turning, and the pressed keyboard goes away: it works once."""
    receipt = dict(word.receipt or {})
    answer = {"callback_query_id": receipt.get("query")}
    if word.notice:
        answer |= {"text": word.notice[:NOTICE]}
    keyboard = {"chat_id": chat, "message_id": receipt.get("message")}
    return [
        Part("answerCallbackQuery", answer, optional=True),
        Part("editMessageReplyMarkup", keyboard, optional=True),
    ]
