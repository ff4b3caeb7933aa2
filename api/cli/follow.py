"""Following: waiting until the running product serves customers with the model that was chosen."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from api.bot.registry import Registry
from api.settings import Settings

#: Seconds a new process may need beside a busy one: it has 90 to start, and its first turns come on top.
PATIENCE = 180.0
LOOK_EVERY = 0.5
ANSWERS_WITHIN = 5.0
#: Seconds what runs there gets to notice the choice, before it is taken for a product of another data folder.
NOTICE = 5.0

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
    said = ""
    while (waited := time.monotonic() - begun) < PATIENCE:
        now = health(settings)
        if now is None:
            return _nobody(settings, version, asked_before=bool(said))
        if now is BUSY:
            continue
        if now.versions == {version}:
            return f"Model {version} is live."
        if now.refused == version and _put_back(registry, version):
            raise NotServed(_refusal(registry, now))
        elsewhere = not any(registry.find(live) for live in now.versions - {NONE})
        if not now.starting and waited > NOTICE and NONE not in now.versions and elsewhere:
            return (
                f"What runs at {settings.host}:{settings.port} serves with {now.live}, which is not from "
                f"{registry.folder}: it has another FRONTDOOR_DATA_DIR. "
                f"Model {version} serves when a product is started with this one."
            )
        sentence = f"the product starts model {version} beside {now.live}, which serves until then"
        if sentence != said and now.starting == version:
            tell(said := sentence)
        time.sleep(LOOK_EVERY)
    raise NotServed(
        f"After {PATIENCE:.0f} s model {version} is still not live at {settings.host}:{settings.port}. "
        f"Customers are served as before. /health/ready and {settings.data_dir / 'log'} say how it stands."
    )


def _put_back(registry: Registry, version: str) -> bool:
    """Whether the refusal is of this choice: an older one of the same model is told until the next swap."""
    active = registry.active()
    return active is None or active.version != version


def _refusal(registry: Registry, now: Health) -> str:
    active = registry.active()
    kept = f"Model {active.version} is the chosen one again and serves customers as before." if active else ""
    return f"Model {now.refused} could not be started: {now.reason}\n{kept}"


def _nobody(settings: Settings, version: str, asked_before: bool) -> str:
    where = f"{settings.host}:{settings.port}"
    if asked_before:
        return f"The product at {where} has stopped meanwhile. Model {version} serves from its next start on."
    return f"No product is running at {where}. Model {version} serves from the next start on."
