"""Setting up: the right Python is found wherever it lives, and what is missing is said in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api import bootstrap
from api.bot.python import NoBotPython, check

BOOTSTRAP = Path(bootstrap.__file__)


def fake_python(place: Path, version: str) -> Path:
    """An interpreter that says it has this version."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"#!/bin/sh\necho {version}\n")
    place.chmod(0o755)
    return place


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no Python on PATH, none of pyenv and none of uv."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(tmp_path / "uv"))
    return tmp_path


@pytest.mark.parametrize(
    "place", ["bin/python3.10", "pyenv/versions/3.10.13/bin/python3.10", "uv/cpython-3.10-linux/bin/python3.10"]
)
def test_a_python_is_found_on_path_of_pyenv_and_of_uv(homes: Path, place: str) -> None:
    python = fake_python(homes / place, "3 10")
    assert bootstrap.find_python([(3, 10)]) == python


def test_a_name_that_lies_about_its_version_is_passed_over(homes: Path) -> None:
    fake_python(homes / "bin" / "python3.10", "3 12")
    good = fake_python(homes / "pyenv" / "versions" / "3.10.13" / "bin" / "python3.10", "3 10")
    assert bootstrap.find_python([(3, 10)]) == good


def test_a_python_that_does_not_run_is_passed_over(homes: Path) -> None:
    (homes / "bin" / "python3.10").write_text("#!/bin/sh\nexit 127\n")
    (homes / "bin" / "python3.10").chmod(0o755)
    assert bootstrap.find_python([(3, 10)]) is None


def test_the_first_wanted_version_is_preferred(homes: Path) -> None:
    fake_python(homes / "bin" / "python3.13", "3 13")
    best = fake_python(homes / "bin" / "python3.11", "3 11")
    assert bootstrap.find_python([(3, 11), (3, 12), (3, 13)]) == best


def set_up(homes: Path) -> "subprocess.CompletedProcess[str]":
    keep = ("PATH", "PYENV_ROOT", "UV_PYTHON_INSTALL_DIR")
    return subprocess.run(
        [sys.executable, "-I", str(BOOTSTRAP)],
        env={name: os.environ[name] for name in keep},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_modern_python_one_sentence_says_so(homes: Path) -> None:
    told = set_up(homes)
    assert told.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed" in told.stderr
    assert "Traceback" not in told.stderr


def test_without_python_3_10_one_sentence_says_how_to_get_it(homes: Path) -> None:
    fake_python(homes / "bin" / "python3.11", "3 11")
    told = set_up(homes)
    assert told.returncode == 1
    assert "Python 3.10 is needed" in told.stderr
    assert "uv python install 3.10" in told.stderr
    assert "Traceback" not in told.stderr


def test_done_work_is_not_done_twice_and_a_changed_lock_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1")
    # It says its version to whoever asks, so that a pip of it would seem to have worked.
    python = fake_python(tmp_path / ".venv" / "bin" / "python", "3 11")
    stamp = tmp_path / ".venv" / bootstrap.STAMP
    told: list[str] = []
    monkeypatch.setattr(bootstrap, "say", told.append)
    for text, made in (("one==1", True), ("one==1", False), ("one==2", True)):
        lock.write_text(text)
        told.clear()
        bootstrap.environment(tmp_path / ".venv", python, lock, [])
        assert ("is up to date" not in told[0]) == made
        assert stamp.read_text() == bootstrap.hash_of(lock, None)


def test_a_missing_bot_python_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoBotPython, match="make setup"):
        check(tmp_path / "python")


@pytest.mark.parametrize(("says", "sentence"), [("3.12 3.6.21", "is Python 3.12"), ("", "cannot run Rasa")])
def test_a_bot_python_that_cannot_run_rasa_is_one_sentence(tmp_path: Path, says: str, sentence: str) -> None:
    python = fake_python(tmp_path / "python", says)
    if not says:
        python.write_text("#!/bin/sh\necho 'No module named rasa' >&2\nexit 1\n")
    with pytest.raises(NoBotPython, match=sentence):
        check(python)
