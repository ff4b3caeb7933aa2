"""Versions: short marks of everything that decides what the bot says, so that a change can be named later."""

import hashlib
from pathlib import Path

from api.settings import Settings
from api.wording import FOLDER
from handoff.detection import model as detection
from kb_index.confidence import PARAMETERS

#: Settings that change what a customer is told. Where things are kept and who may do what is not among them.
TELLING = (
    "encoder",
    "articles_url",
    "shop_name",
    "team",
    "order_pattern",
    "order_template",
    "order_example",
    "phone_region",
    "quiet_time",
    "bot_timeout",
    "orders_url",
    "rate_lookups",
)


def versions_of(settings: Settings) -> dict[str, str]:
    """A mark of each setting that matters, of the hours, the wording, and the weights of search and detection."""
    marks = {name: mark(str(getattr(settings, name)).encode()) for name in TELLING}
    files = {"hours": settings.hours_file, "search": PARAMETERS, "detection": detection.FILE}
    marks |= {name: _of_file(file) for name, file in files.items()}
    return {**marks, "wording": mark(b"".join(file.read_bytes() for file in sorted(FOLDER.glob("*.ftl"))))}


def mark(content: bytes) -> str:
    """Six characters that differ when the content does."""
    return hashlib.sha256(content).hexdigest()[:6]


def _of_file(file: Path) -> str:
    return mark(file.read_bytes()) if file.is_file() else "none"
