"""Channels: the messaging apps customers may write from. A new one is one file and one line here."""

from collections.abc import Callable

from api.channels.port import Channel
from api.channels.telegram import Telegram
from api.settings import Settings

__all__ = ["CHANNELS", "Channel"]

CHANNELS: dict[str, Callable[[Settings], Channel]] = {
    "telegram": Telegram,
}
