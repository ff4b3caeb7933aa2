"""How moments and words are stored: moments always in UTC, words always in a form every database accepts."""

import re
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator

# A NUL or half of a surrogate pair cannot be stored in PostgreSQL. We keep the place, not the character.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class NaiveTime(ValueError):
    """A moment without a time zone was about to be stored."""

    def __init__(self, value: datetime) -> None:
        super().__init__(f"{value.isoformat()} has no time zone; every stored moment needs one.")


class UtcTime(TypeDecorator[datetime]):
    """A moment: any aware datetime goes in, the same moment in UTC comes out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveTime(value)
        moment = value.astimezone(UTC)
        # SQLite has no time zones: it stores the UTC wall clock and we add the zone when reading.
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text people typed: stored as typed, except characters no database can hold, which become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """Takes any text; returns it with NUL and lone surrogates replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)
