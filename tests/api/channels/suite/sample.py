"""What a channel brings to the suite: settings, a signer, recorded payloads, and messages in any number."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAYLOADS = Path(__file__).resolve().parents[3] / "payloads"


@dataclass(frozen=True)
class Sample:
    """One channel's side of the suite.

    Attributes:
        settings: with which it is on; nothing is really sent when ``off`` are left out.
        sign: the headers a provider sends with a body.
        forge: headers that look right and are not.
        message: a body with a text, as the provider sends it: (number of the message, number of the customer, text).
    """

    name: str
    settings: Mapping[str, Any]
    sign: Callable[[bytes], dict[str, str]]
    forge: Callable[[bytes], list[dict[str, str]]]
    message: Callable[[int, int, str], bytes]

    @property
    def place(self) -> str:
        return f"/webhooks/{self.name}"

    def recorded(self) -> dict[str, bytes]:
        """The recorded payloads by name, byte for byte."""
        files = sorted((PAYLOADS / self.name).iterdir())
        return {file.stem: file.read_bytes() for file in files if file.stem != "read_as"}

    def read_as(self) -> dict[str, dict[str, Any]]:
        """What each recorded payload is in our terms, as far as it matters."""
        found: dict[str, dict[str, Any]] = json.loads((PAYLOADS / self.name / "read_as.json").read_text("utf-8"))
        return found
