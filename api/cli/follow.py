"""Following: waiting until the running product serves customers with the model that was chosen."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.bot.live import DID_NOT_START
from api.bot.registry import Registry
from api.settings import Settings

#: Seconds a new process may need beside a busy one: it has 90 to start, and its first turns come on top.
PATIENCE = 180.0
LOOK_EVERY = 0.5
ANSWERS_WITHIN = 5.0
#: Seconds what runs there gets to notice the choice, before it is taken for a product of another data folder.
NOTICE = 5.0
#: What is shown of the end of the bot's log, and how far back it is looked for, in bytes.
LAST_LINES, LAST_BYTES = 5, 20_000

Tell = Callable[[str], None]


class NotServed(Exception):
    """The running product does not serve with the chosen model; the message says why, and which one goes on."""

    exit_code = 4


@dataclass(frozen=True)
class Health:
    """What a running product says about its models."""

    live: str
    starting: str | None
    refused: str | None
    reason: str

    @property
    def versions(self) -> set[str]:
        """The versions that serve; several while processes differ."""
        return {version.strip() for version in self.live.split(",")}


#: The version while no process serves: a single one that runs elsewhere is just fetching its model.
NONE = "none"
#: Stands for a product that is there and too busy to say.
BUSY = Health("", None, None, "")


def health(settings: Settings) -> Health | None:
    """What the product of these settings says, BUSY when it does not find the time, or None when none is running."""
    # A product that listens everywhere is asked on loopback.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    place = f"[{host}]" if ":" in host else host
    try:
        answer = httpx.get(f"http://{place}:{settings.port}/health/ready", timeout=ANSWERS_WITHIN, trust_env=False)
        models: dict[str, Any] = answer.json()["models"]
        refused = models["refused"] or {}
        return Health(models["live"], models["starting"], refused.get("version"), refused.get("reason", ""))
    except httpx.TimeoutException:
        return BUSY
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        # Nothing there, or something that is not this product.
        return None


def follow(settings: Settings, registry: Registry, version: str, tell: Tell) -> str:
    """Waits until the running product serves with the active model.

    Returns: a sentence for the knowledge manager: it is live, or when it will be.

    Raises:
        NotServed: it was refused, or nothing came of it in time.
    """
    begun = time.monotonic()
    said, live = "", ""
    while (waited := time.monotonic() - begun) < PATIENCE:
        now = health(settings)
        if now is None:
            return _nobody(settings, version, asked_before=bool(said))
        if now is BUSY:
            continue
        live = now.live
        if now.versions == {version}:
            return f"Model {version} is live."
        if now.refused == version and _put_back(registry, version):
            raise NotServed(_refusal(settings, registry, now))
        elsewhere = not any(registry.find(live) for live in now.versions - {NONE})
        if not now.starting and waited > NOTICE and NONE not in now.versions and elsewhere:
            return (
                f"What runs at {settings.host}:{settings.port} serves with {now.live}, which is not from "
                f"{registry.folder}: it has another FRONTDOOR_DATA_DIR. "
                f"Model {version} serves when a product is started with this one."
            )
        sentence = f"the product starts model {version}"
        if now.live != NONE:
            sentence += f" beside {now.live}, which serves until then"
        if sentence != said and now.starting == version:
            tell(said := sentence)
        time.sleep(LOOK_EVERY)
    raise NotServed(
        f"After {PATIENCE:.0f} s model {version} is still not live at {settings.host}:{settings.port}. "
        f"{_meanwhile(live)}/health/ready and {settings.data_dir / 'log'} say how it stands."
    )


def _meanwhile(live: str) -> str:
    if not live:
        # It never found the time to say.
        return ""
    if live == NONE:
        return "No bot serves; plain rules answer customers. To go back: `frontdoor train --rollback`. "
    return "Customers are served as before. "


def _put_back(registry: Registry, version: str) -> bool:
    """Whether the refusal is of this choice: an older one of the same model is told until the next swap."""
    active = registry.active()
    return active is None or active.version != version


def _refusal(settings: Settings, registry: Registry, now: Health) -> str:
    active = registry.active()
    kept = ""
    if active:
        serves = "." if now.live == NONE else " and serves customers as before."
        kept = f"\nModel {active.version} is the chosen one again{serves}"
    # What its process said is for whoever may read the log, and not for everybody who asks how the product is.
    words = _last_words(settings.data_dir / "log" / "bot.log") if now.reason == DID_NOT_START else ""
    return f"Model {now.refused} could not be used: {now.reason}.{words}{kept}"


def _last_words(log: Path) -> str:
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - LAST_BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()[-LAST_LINES:]
    except OSError as problem:
        return f" Its log {log} cannot be read ({problem.strerror})."
    return f" The end of its log {log}:\n" + "\n".join(lines)


def _nobody(settings: Settings, version: str, asked_before: bool) -> str:
    where = f"{settings.host}:{settings.port}"
    if asked_before:
        return f"The product at {where} has stopped meanwhile. Model {version} serves from its next start on."
    return f"No product is running at {where}. Model {version} serves from the next start on."
