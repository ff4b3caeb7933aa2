"""The bot's process: it starts for the product alone, listens on loopback alone, and ends with the product."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from project import ROOT
from requests.adapters import HTTPAdapter
from served import SECRET
from urllib3.util.retry import Retry

BOT = ROOT / "bot"
SETTINGS = {
    "FRONTDOOR_BOT_SECRET": SECRET,
    "FRONTDOOR_ACTIONS_URL": "http://127.0.0.1:9/nobody",
    "FRONTDOOR_ENCODER_FOLDER": os.environ["FRONTDOOR_ENCODER_FOLDER"],
}


def start(model: Path, port: int, **settings: str) -> subprocess.Popen:
    command = [sys.executable, str(BOT / "serve.py"), "--model", str(model), "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return subprocess.Popen(
        command, env={**environment, **settings}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


@pytest.mark.parametrize("missing", SETTINGS)
def test_without_a_setting_it_does_not_start_and_names_it(missing: str) -> None:
    process = start(Path("any.tar.gz"), 1, **{name: value for name, value in SETTINGS.items() if name != missing})
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2 and said.strip() == f"{missing} is not set. Start the bot by `frontdoor up`."


def test_with_a_short_secret_it_does_not_start(trained: Path) -> None:
    process = start(trained, 1, **{**SETTINGS, "FRONTDOOR_BOT_SECRET": "short"})
    said, _ = process.communicate(timeout=120)
    assert process.returncode != 0 and "FRONTDOOR_BOT_SECRET must hold at least 32 characters" in said


@pytest.fixture(scope="module")
def address(trained: Path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = start(trained, port, **SETTINGS)
    with requests.Session() as session:
        patient = Retry(total=60, backoff_factor=0.1, status_forcelist=[503])
        patient.BACKOFF_MAX = patient.backoff_max = 1
        session.mount("http://", HTTPAdapter(max_retries=patient))
        url = f"http://127.0.0.1:{port}"
        ready = session.get(f"{url}/webhooks/frontdoor/ready", headers={"X-Frontdoor-Secret": SECRET}, timeout=9)
    assert ready.status_code == 200, ready.text
    yield url
    process.terminate()
    process.communicate(timeout=30)


def test_it_listens_on_loopback_alone(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    listening = "0A"
    rows = [line.split() for family in ("tcp", "tcp6") for line in Path(f"/proc/net/{family}").read_text().splitlines()]
    found = [row[1] for row in rows if row[3] == listening and row[1].endswith(f":{port:04X}")]
    assert found == [f"0100007F:{port:04X}"]


@pytest.mark.parametrize(
    "path", ["/webhooks/rest/webhook", "/model", "/model/parse", "/conversations/ana/tracker", "/domain", "/status"]
)
def test_there_is_no_door_but_ours(address: str, path: str) -> None:
    for method in ("GET", "POST", "PUT"):
        assert requests.request(method, address + path, json={}, timeout=9).status_code == 404


def test_it_thinks_when_asked_with_the_secret_and_not_without(address: str) -> None:
    url, message = f"{address}/webhooks/frontdoor/turn", {"sender": "ana", "text": "hello"}
    assert requests.post(url, json=message, timeout=30).status_code == 403
    told = requests.post(url, json=message, headers={"X-Frontdoor-Secret": SECRET}, timeout=30)
    assert told.status_code == 200 and told.json()["words"][0]["text"].startswith("Hello")


def test_it_ends_when_the_product_is_killed() -> None:
    child = "import os, serve, sys; serve.die_with(os.getppid()); print(os.getpid(), flush=True); sys.stdin.read()"
    product = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", product], cwd=BOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert int(process.stdout.readline()) != process.pid
        process.send_signal(signal.SIGKILL)
        # The child holds the other end: it is closed when the child is gone.
        assert process.stdout.read() == ""


def test_one_message_is_not_shared_out_among_threads() -> None:
    child = (
        "import serve, numpy, scipy.linalg, threadpoolctl as t; print({p['num_threads'] for p in t.threadpool_info()})"
    )
    free = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    told = subprocess.run([sys.executable, "-c", child], cwd=BOT, env=free, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "{1}"
