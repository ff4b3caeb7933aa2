"""Setting up: both environments from their locks, with nothing but a Python and its standard library.

Run by `make setup`. Done work is not done twice: a stamp in each environment holds the hash of its lock.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = "frontdoor.stamp"


class NotPossible(Exception):
    """Something the set-up needs is missing; the message says what to do."""


def say(sentence: str) -> None:
    print(f"  {sentence}", file=sys.stderr, flush=True)


def version_of(python: Path) -> "tuple[int, int] | None":
    """(major, minor) of an interpreter, or None when it does not run."""
    try:
        told = subprocess.run(
            [str(python), "-c", "import sys; print(sys.version_info[0], sys.version_info[1])"],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    major, minor = told.stdout.split()
    return int(major), int(minor)


def candidates(name: str) -> "Iterator[Path]":
    """Interpreters by that name: on PATH, of pyenv, of uv."""
    found = shutil.which(name)
    if found:
        yield Path(found)
    homes = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"]
    homes.append(Path(os.environ.get("UV_PYTHON_INSTALL_DIR", Path.home() / ".local" / "share" / "uv" / "python")))
    for home in homes:
        if home.is_dir():
            for place in sorted(home.iterdir(), reverse=True):
                yield place / "bin" / name


def find_python(wanted: "list[tuple[int, int]]") -> "Path | None":
    """The first interpreter whose version is one of ``wanted``, in that order; None when there is none."""
    for version in wanted:
        for python in candidates(f"python{version[0]}.{version[1]}"):
            if version_of(python) == version:
                return python
    return None


def fetch_python(version: "tuple[int, int]") -> "Path | None":
    """Ask uv for an interpreter; None when there is no uv or it cannot."""
    uv = shutil.which("uv")
    if uv is None:
        return None
    say(f"asking uv for Python {version[0]}.{version[1]}")
    done = subprocess.run([uv, "python", "install", f"{version[0]}.{version[1]}"], check=False)
    return find_python([version]) if done.returncode == 0 else None


def environment(folder: Path, python: Path, lock: Path, packages: "list[str]") -> None:
    """An environment with exactly what the lock says, and our own packages on top."""
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text() == wanted and version_of(folder / "bin" / "python"):
        say(f"{folder.relative_to(ROOT)} is up to date")
        return
    say(f"making {folder.relative_to(ROOT)} with {python} (the first time downloads a few hundred MB)")
    started = time.monotonic()
    # Through the interpreter itself: a shim would come back in the environment's links.
    subprocess.run([str(python), "-m", "venv", "--clear", str(folder)], check=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    wheels = subprocess.run([*pip, "install", "--quiet", "wheel", "setuptools<81"], check=False)
    installed = subprocess.run([*pip, "install", "--progress-bar", "on", "--quiet", "-r", str(lock)], check=False)
    if wheels.returncode or installed.returncode:
        raise NotPossible(
            f"pip could not install {lock.relative_to(ROOT)}; its reason is above. Run `make setup` again."
        )
    for package in packages:
        subprocess.run(
            [*pip, "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", package], check=True, cwd=ROOT
        )
    stamp.write_text(wanted)
    say(f"{folder.relative_to(ROOT)} is ready after {time.monotonic() - started:.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="with what the tests need")
    asked = parser.parse_args()
    modern = find_python([(3, 11), (3, 12), (3, 13)])
    if modern is None:
        raise NotPossible("Python 3.11, 3.12 or 3.13 is needed and none was found on PATH, of pyenv or of uv.")
    own = os.environ.get("FRONTDOOR_BOT_PYTHON")
    old = None if own else find_python([(3, 10)]) or fetch_python((3, 10))
    if not own and old is None:
        raise NotPossible(
            "Python 3.10 is needed for the bot (Rasa 3.6 runs on nothing newer) and none was found on PATH, of pyenv "
            "or of uv. Install it, for example with `pyenv install 3.10` or `uv python install 3.10`."
        )
    lock = ROOT / ("requirements-dev.lock" if asked.dev else "requirements.lock")
    environment(ROOT / ".venv", modern, lock, ["."])
    if old:
        environment(ROOT / "bot" / ".venv", old, ROOT / "bot" / "requirements.lock", [])


if __name__ == "__main__":
    try:
        main()
    except NotPossible as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)
    except subprocess.CalledProcessError as problem:
        print(f"This did not work: {' '.join(map(str, problem.cmd))}", file=sys.stderr)
        sys.exit(1)
    except OSError as problem:
        print(f"The system refused: {problem.strerror} ({problem.filename}).", file=sys.stderr)
        sys.exit(1)
