"""Rasa is alone: it hears nobody but its product, and loads nothing but a model that was trained here."""

import hashlib
import json
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest

from .customer import Customer, text_of
from .product import BOT_PYTHON, ROOT, Product, data_folder, environment, free_port, run

SECRET = "a secret of the tests, long enough for the channel"
#: Every way in that Rasa brings along, and ours without the secret.
DOORS = (
    *("/", "/status", "/version", "/model", "/model/parse", "/model/train", "/model/test/stories", "/domain"),
    *("/conversations/ana/tracker", "/conversations/ana/messages", "/conversations/ana/execute"),
    *("/conversations/ana/predict", "/conversations/ana/story", "/conversations/ana/trigger_intent"),
    *("/conversations/ana/tracker/events", "/webhooks/rest/", "/webhooks/rest/webhook", "/webhooks/callback/webhook"),
    *("/webhooks/facebook/webhook", "/webhooks/slack/webhook", "/webhooks/telegram/webhook", "/socket.io/"),
    *("/webhooks/frontdoor/", "/webhooks/frontdoor/webhook", "/docs", "/static/"),
)
OURS = ("/webhooks/frontdoor/turn", "/webhooks/frontdoor/ready", "/webhooks/frontdoor/turn/")
SECRETS = ("", SECRET, "\u00e9")


def listening(process: psutil.Process) -> list[tuple[str, int]]:
    """Where a process and its children wait for connections."""
    everybody = [process, *process.children(recursive=True)]
    return [
        (str(line.laddr.ip), int(line.laddr.port))
        for one in everybody
        for line in one.net_connections(kind="inet")
        if line.status == psutil.CONN_LISTEN
    ]


def test_it_listens_on_loopback_alone_and_on_one_port(shop: Product) -> None:
    [(address, port)] = listening(shop.rasa())
    assert address == "127.0.0.1"
    for _, addresses in psutil.net_if_addrs().items():
        for other in addresses:
            if other.family == socket.AF_INET and not other.address.startswith("127."):
                with pytest.raises(OSError):
                    socket.create_connection((other.address, port), timeout=3).close()


def test_no_door_of_rasas_is_open_and_ours_wants_the_secret(shop: Product) -> None:
    [(_, port)] = listening(shop.rasa())
    body = {"sender": "ana", "text": "/restart", "query": "x", "event": "restart", "model_file": "/tmp/x.tar.gz"}
    opened = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10, trust_env=False) as client:
        for door in (*DOORS, *OURS):
            for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"):
                for secret in SECRETS:
                    headers = {"X-Frontdoor-Secret": secret.encode("latin-1")}
                    status = client.request(method, door, json=body, headers=headers).status_code  # type: ignore[arg-type]
                    if status not in (403, 404, 405):
                        opened.append(f"{method} {door} with {secret[:10]!r}: {status}")
    assert not opened, "\n".join(opened)


def test_its_secret_is_nowhere_to_be_read(shop: Product) -> None:
    told = shop.rasa().environ()["FRONTDOOR_BOT_SECRET"]
    assert len(told) >= 32
    # Not among the arguments, which everybody on the machine may read, and not in any log.
    assert told not in " ".join(shop.rasa().cmdline() + shop.process.cmdline())
    assert not [line for line in shop.lines if told in line]
    for log in (shop.data / "log").iterdir():
        assert told not in log.read_text("utf-8", "replace"), log


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A data folder with models of its own, to be tampered with."""
    folder = data_folder(tmp_path / "data", prepared)
    (folder / "models").unlink()
    shutil.copytree(prepared / "models", folder / "models")
    return folder


def live(models: Path) -> Path:
    """The file of the live model."""
    version = json.loads((models / "active.json").read_text("utf-8"))["history"][-1]
    entries = json.loads((models / "manifest.json").read_text("utf-8"))
    return models / next(entry["file"] for entry in entries if entry["made_from"].startswith(version))


def change_a_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def put_another(file: Path) -> None:
    other = file.with_name("other.tar.gz")
    other.write_bytes(b"an archive of somebody else's")
    other.replace(file)


def turn_a_link(file: Path) -> None:
    other = file.parent.parent / "other.tar.gz"
    other.write_bytes(b"an archive of somebody else's")
    file.unlink()
    file.symlink_to(other)


@pytest.mark.parametrize("tamper", [change_a_byte, put_another, turn_a_link])
def test_the_product_does_not_start_with_a_model_that_is_not_ours(data: Path, tamper: Callable[[Path], None]) -> None:
    file = live(data / "models")
    tamper(file)
    told = run({"PORT": str(free_port()), "DATA_DIR": str(data)}, "up")
    assert told.returncode == 1
    assert f"{file} is not the one that was trained here; it will not be loaded" in told.stderr
    assert "Traceback" not in told.stderr + told.stdout
    assert not [line for line in told.stdout.splitlines() if "is ready" in line]


def test_a_model_that_is_exchanged_while_it_serves_is_not_loaded_after_a_crash(data: Path) -> None:
    product = Product(data)
    try:
        product.start()
        change_a_byte(live(data / "models"))
        begin = len(product.lines)
        product.rasa().kill()
        product.wait_for("bot.died", since=begin)
        # Customers are served without it, by the plain way, until somebody trains again.
        assert text_of(Customer(product).say("I forgot my password"))
        log = data / "log" / "bot.log"
        assert "is not the one that was trained here; it will not be loaded" in log.read_text("utf-8", "replace")
        assert product.ready().json()["missing"] == ["bot"]
    finally:
        product.close()


@pytest.fixture
def serve() -> list[str]:
    """The command that starts Rasa by hand, without a model."""
    if not BOT_PYTHON.is_file():
        pytest.skip("the bot's own environment is elsewhere")
    return [str(BOT_PYTHON), str(ROOT / "bot" / "serve.py"), "--port", str(free_port())]


@pytest.mark.parametrize("secret", ["", "short"])
def test_rasa_by_hand_does_not_start_without_a_secret(prepared: Path, serve: list[str], secret: str) -> None:
    model = live(prepared / "models")
    sha256 = hashlib.sha256(model.read_bytes()).hexdigest()
    settings = {"ACTIONS_URL": "http://127.0.0.1:9/", "ENCODER_FOLDER": str(prepared / "encoder"), "BOT_SECRET": secret}
    words = [*serve, "--model", str(model), "--sha256", sha256]
    told = subprocess.run(words, env=environment(settings), capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode != 0
    assert "FRONTDOOR_BOT_SECRET" in told.stdout + told.stderr
