"""Orders on the command line: whether the order system answers as the bot needs it."""

import asyncio
from datetime import UTC, datetime

import typer

from api.cli.progress import console
from api.orders.book import Order
from api.orders.source import FILE, open_orders
from api.settings import Settings
from handoff.emails import Found
from handoff.hours import load_hours
from handoff.orders import OrderFormat

app = typer.Typer(help="Orders customers may ask after.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Orders customers may ask after."""


@app.command()
def check(number: str) -> None:
    """Looks one order up as the bot does, without asking for its contact, and says what came."""
    settings = Settings.read()
    read = OrderFormat(settings.order_pattern, settings.order_template).find(number, wanted=True)
    number = read.value if isinstance(read, Found) else number
    order = asyncio.run(_find(settings, number))
    where = settings.orders_url or str(settings.data_dir / FILE)
    if order is None:
        console.print(f"{where} knows no order {number}.", soft_wrap=True)
        raise typer.Exit(1)
    for name in Order.__slots__:
        value = getattr(order, name)
        if name in ("email", "phone"):
            # Enough to see that it arrived; a screen is no place for a customer's address.
            value = "there" if value else "not there"
        console.print(f"{name}: {value if value is not None else '-'}", markup=False, soft_wrap=True)
    if not (order.email or order.phone):
        console.print("Without e-mail and phone, customers are never told this order.")
        raise typer.Exit(1)


async def _find(settings: Settings, number: str) -> Order | None:
    zone = load_hours(settings.hours_file).team(settings.team).timezone
    async with open_orders(settings, lambda: datetime.now(UTC).astimezone(zone).date()) as book:
        return await book.find(number)
