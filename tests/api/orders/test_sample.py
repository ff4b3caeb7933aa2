"""The orders file: put in place once, live when saved, and never half read."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from api.orders.book import STATUSES
from api.orders.sample import SampleOrders, read_orders
from api.settings import Settings
from handoff.orders import OrderFormat
from handoff.yaml_lines import ConfigError

GOOD = "orders:\n  LL-1:\n    status: shipped\n    placed: 2026-11-16\n    email: jane@example.com\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "orders.yml"


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def saved_later(path: Path, text: str) -> None:
    """Saved with another time, as an editor does it a moment later."""
    before = path.stat().st_mtime_ns
    path.write_text(text, "utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_the_sample_is_put_there_once_and_has_every_status(path: Path, today: date) -> None:
    SampleOrders(path, "NL", lambda: today)
    orders = read_orders(path, "NL", today)
    assert len(orders) == 12
    assert {order.status for order in orders.values()} == set(STATUSES)
    assert any(order.late(today) for order in orders.values())
    assert all(order.email or order.phone for order in orders.values())
    written(path, GOOD)
    SampleOrders(path, "NL", lambda: today)
    assert path.read_text("utf-8") == GOOD


def test_the_samples_numbers_are_in_the_shops_own_form(path: Path, today: date) -> None:
    settings = Settings(data_dir=path.parent)
    form = OrderFormat(settings.order_pattern, settings.order_template)
    SampleOrders(path, "NL", lambda: today)
    for order in read_orders(path, "NL", today).values():
        found = form.find(order.number)
        assert getattr(found, "value", None) == order.number


async def test_an_edited_file_is_live_at_the_next_look_up(path: Path, today: date) -> None:
    book = SampleOrders(written(path, GOOD), "NL", lambda: today)
    saved_later(path, GOOD.replace("shipped", "delivered"))
    order = await book.find("LL-1")
    assert order is not None and order.status == "delivered"


async def test_a_mistake_in_an_edited_file_leaves_the_last_good_orders(
    path: Path, today: date, capsys: pytest.CaptureFixture[str]
) -> None:
    book = SampleOrders(written(path, GOOD), "NL", lambda: today)
    saved_later(path, GOOD.replace("shipped", "lost"))
    order = await book.find("LL-1")
    assert order is not None and order.status == "shipped"
    told = capsys.readouterr().out
    assert "orders.not_read" in told and "line 3" in told


async def test_days_counted_from_today_move_on_with_the_day(path: Path) -> None:
    days = [date(2026, 11, 23)]
    book = SampleOrders(written(path, GOOD.replace("2026-11-16", "today-3")), "NL", lambda: days[0])
    first = await book.find("LL-1")
    days[0] += timedelta(days=1)
    second = await book.find("ll-1")
    assert first is not None and second is not None
    assert (first.placed, second.placed) == (date(2026, 11, 20), date(2026, 11, 21))


@pytest.mark.parametrize("text", ["orders: {}\n", "orders:\n"])
async def test_a_file_without_an_order_is_not_in_use(path: Path, today: date, text: str) -> None:
    book = SampleOrders(written(path, text), "NL", lambda: today)
    assert not await book.in_use()
    saved_later(path, GOOD)
    assert await book.in_use()


@pytest.mark.parametrize(
    ("was", "becomes", "line", "field", "says"),
    [
        ("status: shipped", "status: lost", 3, "orders.LL-1.status", "'lost' is not a status"),
        ("placed: 2026-11-16", "placed: last week", 4, "orders.LL-1.placed", "'last week' is not a day"),
        ("placed: 2026-11-16", "placed: 2026-02-30", 4, "orders.LL-1.placed", "is not a day"),
        ("placed: 2026-11-16", "placed:", 2, "orders.LL-1", "placed is missing"),
        ("    status: shipped\n", "", 2, "orders.LL-1", "status is missing"),
        ("email: jane@example.com", "email: jane", 5, "orders.LL-1.email", "not an e-mail address"),
        ("email: jane@example.com", "phone: 12", 5, "orders.LL-1.phone", "not a telephone number"),
        ("email: jane@example.com", "tracking_url: javascript:1", 5, "orders.LL-1.tracking_url", "not a web address"),
        ("email: jane@example.com", "mail: jane@example.com", 5, "orders.LL-1.mail", "not a field of an order"),
        ("orders:", "order:", 1, "order", "not known here"),
        ("email: jane@example.com", "email: [", 6, "", "not valid YAML"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_field(
    path: Path, today: date, was: str, becomes: str, line: int, field: str, says: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        SampleOrders(written(path, GOOD.replace(was, becomes)), "NL", lambda: today)
    assert (caught.value.path, caught.value.line, caught.value.field) == (path, line, field)
    assert says in str(caught.value)
