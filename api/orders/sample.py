"""The orders file: a small order system in the data folder, to try the product with or to keep a few orders in."""

import asyncio
import os
import re
import shutil
import threading
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from api.orders.book import STATUSES, Order, OrdersAway, Status
from api.orders.proof import tidy_email, tidy_phone
from handoff.yaml_lines import ConfigError, Value, read_values

log = structlog.get_logger()

SAMPLE = Path(__file__).with_name("sample.yml")
_DAYS = ("placed", "shipped", "expected", "delivered")
FIELDS = ("status", "email", "phone", *_DAYS, "carrier", "tracking_url")
_FROM_TODAY = re.compile(r"today(?:\s*([+-])\s*(\d{1,4}))?")
A_DAY = "a day such as 2026-11-16, or today, today-3, today+2"


class SampleOrders:
    """Orders of a YAML file; an edited file is live at the next look-up.

    Args:
        path: the file; the sample is put there when there is none.
        region: country of telephone numbers that name none.
        today: the shop's present day.

    Raises:
        ConfigError: the file cannot be used; it names file, line and field.
    """

    def __init__(self, path: Path, region: str, today: Callable[[], date]) -> None:
        self._path = path
        self._region = region
        self._today = today
        self._lock = threading.Lock()
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Whole or not at all: another process of the product may be starting beside us and read it.
            whole = path.with_name(f".{path.name}.{os.getpid()}")
            shutil.copyfile(SAMPLE, whole)
            whole.replace(path)
        self._seen = self._state()
        self._orders = read_orders(path, region, today())

    async def in_use(self) -> bool:
        """False while the file lists no order."""
        try:
            return bool(await asyncio.to_thread(self._fresh))
        except OrdersAway:
            return True

    async def find(self, number: str) -> Order | None:
        """The order; raises OrdersAway when the file is gone."""
        return (await asyncio.to_thread(self._fresh)).get(number.casefold())

    def _state(self) -> tuple[int, int, date]:
        try:
            found = self._path.stat()
        except OSError as problem:
            raise OrdersAway(f"{self._path} cannot be read ({problem.strerror}). Put it back.") from problem
        # Days that are counted from today are other days tomorrow.
        return found.st_mtime_ns, found.st_size, self._today()

    def _fresh(self) -> Mapping[str, Order]:
        with self._lock:
            state = self._state()
            if state != self._seen:
                self._seen = state
                try:
                    self._orders = read_orders(self._path, self._region, self._today())
                except ConfigError as problem:
                    # The last good orders stay; the operator is told what to mend.
                    log.error("orders.not_read", reason=str(problem))
            return self._orders


def read_orders(path: Path, region: str, today: date) -> dict[str, Order]:
    """The orders of a file, by their number in small letters; raises ConfigError."""
    blocks = read_values(path).block("orders: and the orders under it")
    for name, value in blocks.items():
        if name != "orders":
            raise value.wrong("not known here", "orders")
    listed = blocks["orders"].block("order numbers, each with its fields under it") if "orders" in blocks else {}
    return {number.casefold(): _order(number, value, region, today) for number, value in listed.items()}


def _order(number: str, value: Value, region: str, today: date) -> Order:
    fields = value.block("the fields of an order")
    for name, field in fields.items():
        if name not in FIELDS:
            raise field.wrong("not a field of an order", ", ".join(FIELDS))
    for wanted in ("status", "placed"):
        if wanted not in fields or not fields[wanted].content:
            raise value.wrong(f"{wanted} is missing", ", ".join(FIELDS))
    days = {name: _day(fields[name], today) for name in _DAYS if name in fields and fields[name].content}
    carrier = fields["carrier"].text("the carrier's name") if "carrier" in fields else None
    return Order(
        number=number,
        status=_status(fields["status"]),
        email=_email(fields.get("email")),
        phone=_phone(fields.get("phone"), region),
        carrier=carrier,
        tracking_url=_url(fields.get("tracking_url")),
        **days,
    )


def _status(value: Value) -> Status:
    said = value.text(", ".join(STATUSES))
    for status in STATUSES:
        if said == status:
            return status  # type: ignore[return-value]  # STATUSES are what Status allows
    raise value.wrong(f"{said!r} is not a status", ", ".join(STATUSES))


def _day(value: Value, today: date) -> date:
    said = value.text(A_DAY)
    counted = _FROM_TODAY.fullmatch(said)
    try:
        if counted:
            return today + timedelta(days=int(f"{counted[1] or '+'}{counted[2] or 0}"))
        return date.fromisoformat(said)
    except ValueError as problem:
        raise value.wrong(f"{said!r} is not a day", A_DAY) from problem


def _email(value: Value | None) -> str | None:
    if value is None:
        return None
    email = tidy_email(value.text("an e-mail address"))
    if email is None:
        raise value.wrong("not an e-mail address", "name@example.com")
    return email


def _phone(value: Value | None, region: str) -> str | None:
    if value is None:
        return None
    phone = tidy_phone(value.text("a telephone number"), region)
    if phone is None:
        raise value.wrong("not a telephone number", "+31 20 123 4567, or in the way of the shop's own country")
    return phone


def _url(value: Value | None) -> str | None:
    if value is None:
        return None
    said = value.text("an address that begins with https://")
    parts = urlsplit(said)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise value.wrong("not a web address", "an address that begins with https://")
    return said
