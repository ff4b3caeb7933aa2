"""Starting: what is in the way is said in one clear sentence, and nothing is left half started."""

import socket
from pathlib import Path

import pytest

from .product import Product, data_folder, free_port, run


def one_sentence(said: str) -> bool:
    """No traceback, and an end that is a sentence."""
    return "Traceback" not in said and said.strip().endswith(".")


def test_a_port_in_use_is_one_sentence(prepared: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        told = run({"PORT": port, "DATA_DIR": str(tmp_path)}, "up")
    assert told.returncode == 1
    assert f"Port {port} on 127.0.0.1 is in use" in told.stderr
    assert one_sentence(told.stderr)


@pytest.mark.parametrize(
    ("code", "settings", "words"),
    [
        (2, {"PORT": "eighty"}, "FRONTDOOR_PORT='eighty'"),
        (2, {"RATE_PER_ADDRESS": "many"}, "FRONTDOOR_RATE_PER_ADDRESS='many'"),
        (2, {"DATABASE_URL": "oracle://x"}, "sqlite:///"),
        (2, {"HOURS_FILE": "/nowhere/hours.yml"}, "/nowhere/hours.yml"),
        (2, {"TEAM": "nobody"}, "There is no team 'nobody'. Known: support"),
        (1, {"BOT_PYTHON": "/nowhere/python"}, "make setup"),
        (1, {"DATA_DIR": "/proc/nowhere"}, "/proc/nowhere"),
    ],
)
def test_a_wrong_setting_is_named_before_anything_is_begun(
    tmp_path: Path, prepared: Path, code: int, settings: dict[str, str], words: str
) -> None:
    told = run({"PORT": str(free_port()), "DATA_DIR": str(tmp_path), **settings}, "up")
    assert told.returncode == code, told.stderr
    assert words in told.stderr
    assert one_sentence(told.stderr)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_away_is_one_sentence(prepared: Path, tmp_path: Path) -> None:
    settings = {"PORT": str(free_port()), "DATABASE_URL": f"postgresql://me:secret@127.0.0.1:{free_port()}/shop"}
    told = run({**settings, "DATA_DIR": str(data_folder(tmp_path / "data", prepared))}, "up")
    assert told.returncode == 1
    assert "database" in told.stderr
    assert "secret" not in told.stderr
    assert one_sentence(told.stderr), told.stderr


def test_a_bot_that_cannot_start_is_told_in_its_last_words(prepared: Path, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\n[ "$1" = -c ] && echo 3.10 3.6.21 && exit\necho this model is too old >&2\nexit 7\n')
    python.chmod(0o755)
    data = data_folder(tmp_path / "data", prepared)
    told = run({"PORT": str(free_port()), "BOT_PYTHON": str(python), "DATA_DIR": str(data)}, "up")
    assert told.returncode == 1
    assert "The bot's process ended with 7" in told.stderr
    assert "this model is too old" in told.stderr
    assert "Traceback" not in told.stderr


def test_an_index_of_another_encoder_is_refused_with_the_command_that_rebuilds_it(
    prepared: Path, tmp_path: Path
) -> None:
    data = data_folder(tmp_path / "data", prepared)
    for file in (data / "index" / "snapshots").rglob("*.json"):
        file.write_text(file.read_text("utf-8").replace("all-MiniLM", "another-MiniLM"), "utf-8")
    told = run({"PORT": str(free_port()), "DATA_DIR": str(data)}, "up")
    assert told.returncode == 1
    assert "frontdoor kb rebuild" in told.stderr
    assert "Traceback" not in told.stderr


def test_it_says_where_the_demo_page_is(open_shop: Product) -> None:
    assert open_shop.wait_for("Frontdoor is ready").endswith(f"{open_shop.url}/demo")
    assert open_shop.http.get(f"{open_shop.url}/demo").status_code == 200
