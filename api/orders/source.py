"""The source of orders: which order book the settings mean."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from urllib.parse import urlsplit

from api.orders.book import OrderBook
from api.orders.remote import RemoteOrders
from api.orders.sample import SampleOrders
from api.settings import BadSetting, Settings

FILE = "orders.yml"
#: Of the seconds the bot has for a turn, the share that a look-up may take: the rest is for saying what came of it.
SHARE = 0.75


@asynccontextmanager
async def open_orders(settings: Settings, today: Callable[[], date]) -> AsyncIterator[OrderBook]:
    """The order book, as long as it is used.

    Raises:
        BadSetting: FRONTDOOR_ORDERS_URL is no web address.
        ConfigError: the orders file cannot be used.
    """
    if not settings.orders_url:
        yield SampleOrders(settings.data_dir / FILE, settings.phone_region, today)
        return
    parts = urlsplit(settings.orders_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSetting(
            "FRONTDOOR_ORDERS_URL cannot be used: an address such as https://shop.example.com/api/orders is wanted."
        )
    patience = min(settings.orders_timeout, settings.bot_timeout * SHARE)
    remote = RemoteOrders(
        settings.orders_url, settings.orders_token.get_secret_value(), patience, settings.phone_region
    )
    try:
        yield remote
    finally:
        await remote.aclose()
