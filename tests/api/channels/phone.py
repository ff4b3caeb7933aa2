"""Telegram's side of a chat: updates made by its own library, posted as Telegram posts them."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from telegram import CallbackQuery, Chat, Message, Update, User

SECRET = "a-secret-of-the-tests"
#: Telegram counts its updates for each bot; so do the tests, once for all chats.
_numbers = itertools.count(700_000_001)
_WHEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def headers(secret: str = SECRET) -> dict[str, str]:
    return {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}


@dataclass
class Phone:
    """A customer's phone, with their private chat with the bot."""

    id: int = 5_001_002_003
    language: str | None = "en"
    messages: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def user(self) -> User:
        return User(self.id, "Jane", is_bot=False, language_code=self.language)

    @property
    def chat(self) -> Chat:
        return Chat(self.id, Chat.PRIVATE, first_name="Jane")

    def message(self, **content: Any) -> Message:
        return Message(next(self.messages), _WHEN, self.chat, from_user=self.user, **content)

    def text(self, text: str) -> str:
        return Update(next(_numbers), message=self.message(text=text)).to_json()

    def holds(self, **content: Any) -> str:
        """An update whose message holds something else than text."""
        return Update(next(_numbers), message=self.message(**content)).to_json()

    def presses(self, data: str, message_id: int = 1) -> str:
        message = Message(message_id, _WHEN, self.chat, text="which one?")
        query = CallbackQuery(f"q{next(_numbers)}", self.user, "instance", message=message, data=data)
        return Update(next(_numbers), callback_query=query).to_json()
