"""The bot's process: it starts for the product alone, listens on loopback alone, and ends with the product."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests
import serve
from active import ActiveModel
from project import ROOT
from requests.adapters import HTTPAdapter
from served import SECRET
from test_active import product_trains
from urllib3.util.retry import Retry

BOT = ROOT / "bot"
SETTINGS = {
    "FRONTDOOR_BOT_SECRET": SECRET,
    "FRONTDOOR_ACTIONS_URL": "http://127.0.0.1:9/nobody",
    "FRONTDOOR_ENCODER_FOLDER": os.environ["FRONTDOOR_ENCODER_FOLDER"],
}


def start(model: Path, port: int, **settings: str) -> subprocess.Popen:
    sha256 = hashlib.sha256(model.read_bytes()).hexdigest() if model.is_file() else "0" * 64
    return start_with(model, sha256, port, **settings)


def start_with(model: Path, sha256: str, port: int, **settings: str) -> subprocess.Popen:
    command = [sys.executable, str(BOT / "serve.py"), "--model", str(model), "--sha256", sha256, "--port", str(port)]
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


def test_without_the_hash_of_its_model_it_does_not_start(trained: Path) -> None:
    command = [sys.executable, str(BOT / "serve.py"), "--model", str(trained), "--port", "1"]
    told = subprocess.run(command, env={**os.environ, **SETTINGS}, capture_output=True, text=True, timeout=60)
    assert told.returncode == 2 and "loaded only when it is known to be ours" in told.stderr


def test_a_model_with_one_changed_byte_is_refused(trained: Path, tmp_path: Path) -> None:
    changed = bytearray(trained.read_bytes())
    changed[len(changed) // 2] ^= 1
    other = tmp_path / trained.name
    other.write_bytes(changed)
    process = start_with(other, hashlib.sha256(trained.read_bytes()).hexdigest(), 1, **SETTINGS)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    assert said.strip() == f"The model {other} is not the one that was trained here; it will not be loaded. " + (
        "Run `frontdoor train`."
    )


def test_a_model_that_cannot_be_loaded_ends_it_at_once(tmp_path: Path) -> None:
    empty = tmp_path / "bot-000000000000.tar.gz"
    empty.write_bytes(b"no archive")
    said, _ = (process := start(empty, 1, **SETTINGS)).communicate(timeout=120)
    assert process.returncode == 4
    assert said.strip().endswith(f"The model {empty.name} could not be loaded; the reason stands above.")


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


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/webhooks/frontdoor/turn", "/webhooks/frontdoor/ready", "/model", "/status"])
def test_without_the_secret_nothing_is_told_not_even_its_version(address: str, path: str, method: str) -> None:
    told = requests.request(method, address + path, json={}, timeout=9)
    assert told.status_code in (403, 404, 405) and "3.6" not in told.text


@pytest.mark.parametrize(
    "path", ["/webhooks/rest/webhook", "/model", "/model/parse", "/conversations/ana/tracker", "/domain", "/status"]
)
def test_there_is_no_door_but_ours(address: str, path: str) -> None:
    for method in ("GET", "POST", "PUT"):
        # Also whoever knows the secret finds nothing there.
        told = requests.request(method, address + path, json={}, headers={"X-Frontdoor-Secret": SECRET}, timeout=9)
        assert told.status_code == 404


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


def test_one_that_could_not_load_its_model_ends_when_another_is_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "LOOK_EVERY", 0.0)
    bad = product_trains(tmp_path, "bad")
    looks = iter(range(9))

    def serving() -> bool:
        if next(looks) == 1:
            product_trains(tmp_path, "good")
        return False

    assert serve.until_over(ActiveModel(tmp_path), bad, serving) == f"another model than {bad} is live"
    assert next(looks) == 2


def test_one_that_does_not_get_ready_ends_for_its_supervisor_to_start_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "START_SECONDS", 0.0)
    bad = product_trains(tmp_path, "bad")
    assert serve.until_over(ActiveModel(tmp_path), bad, lambda: False) == f"model {bad} was not loaded after 0 s"


ENDS = """
import active, http.server, os, pathlib, serve, sys, threading, time
serve.LOOK_EVERY = active.LOOK_EVERY = 0.01
models, port = active.ActiveModel(pathlib.Path(sys.argv[1])), int(sys.argv[2])
version, looks = models.version, iter(range(10**9))
def shaky():
    if next(looks) == 0:
        raise RuntimeError("the folder is being mounted")
    return version()
models.version = shaky
serve.end_with(models, version(), port)
print("watching", flush=True)
time.sleep(60)
"""


def test_neither_an_odd_answer_nor_an_error_ends_the_watch(tmp_path: Path) -> None:
    product_trains(tmp_path, "bad")
    with socket.socket() as odd:
        odd.bind(("127.0.0.1", 0))
        odd.listen()
        environment = {**os.environ, "FRONTDOOR_BOT_SECRET": SECRET}
        command = [sys.executable, "-c", ENDS, str(tmp_path), str(odd.getsockname()[1])]
        with subprocess.Popen(
            command, cwd=BOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout.readline() == b"watching\n"
            for look in range(3):
                asked, _ = odd.accept()
                if look == 2:
                    product_trains(tmp_path, "good")
                asked.sendall(b"this is not HTTP\r\n\r\n")
                asked.close()
            _, said = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGTERM
    assert b"the folder is being mounted" in said and b"The bot ends: another model than" in said
    assert b"BadStatusLine" not in said, "an odd answer only means that it does not serve yet"


def test_a_bot_whose_model_cannot_be_loaded_ends_after_a_rollback(tmp_path: Path) -> None:
    product_trains(tmp_path, "no model at all")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(BOT / "serve.py"), "--models", str(tmp_path), "--port", str(port)]
    process = subprocess.Popen(
        command, env={**os.environ, **SETTINGS}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=Retry(total=600, backoff_factor=0.1, backoff_max=0.2)))
        url = f"http://127.0.0.1:{port}/webhooks/frontdoor/ready"
        assert session.get(url, headers={"X-Frontdoor-Secret": SECRET}, timeout=9).status_code == 503
    product_trains(tmp_path, "another")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0 and "The bot ends: another model than" in said
