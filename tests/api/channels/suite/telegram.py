"""Telegram's side of the suite."""

import json

from .sample import Sample

SECRET = "suite-secret"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def sign(_: bytes) -> dict[str, str]:
    return {HEADER: SECRET}


def forge(_: bytes) -> list[dict[str, str]]:
    return [{HEADER: wrong} for wrong in ("", "suite-secre", "suite-secret2", "SUITE-SECRET", "x" * 5000, "s\xfcite")]


def message(number: int, customer: int, text: str) -> bytes:
    person = {"id": 6_000_000 + customer, "first_name": "Kim"}
    content = {
        "message_id": number,
        "date": 1795427000,
        "chat": {**person, "type": "private"},
        "from": {**person, "is_bot": False, "language_code": "en"},
        "text": text,
    }
    return json.dumps({"update_id": 900_000_000 + number, "message": content}, ensure_ascii=False).encode()


TELEGRAM = Sample("telegram", {"telegram_secret": SECRET}, sign, forge, message)
