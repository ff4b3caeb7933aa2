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
#: What builds packages, per environment: ours builds itself, and some of Rasa's dependencies come as source.
TOOLS = ["setuptools==80.9.0"]
BOT_TOOLS = ["wheel==0.45.1", "setuptools==70.3.0"]


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


def hash_of(lock: Path, own: "str | None") -> str:
    ours = (ROOT / own / "pyproject.toml").read_bytes() if own else b""
    return hashlib.sha256(lock.read_bytes() + ours).hexdigest()


def install(pip: "list[str]", lock: Path) -> bool:
    """Install a lock, saying how far it is; whether it worked."""
    total = sum(1 for line in lock.read_text().splitlines() if "==" in line)
    lines: list[str] = []
    seen = 0
    with subprocess.Popen([*pip, "install", "-r", str(lock)], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or []:
            lines.append(line)
            if line.startswith(("Collecting", "Requirement already")):
                seen += 1
                if seen % 25 == 0:
                    say(f"{min(seen, total)} of {total} packages fetched")
            elif line.startswith("Installing collected"):
                say("unpacking them")
    if process.returncode == 0:
        return True
    print("".join(lines[-15:]), file=sys.stderr)
    return False


def environment(
    folder: Path, python: Path, lock: Path, tools: "list[str]", own: "str | None" = None, larger: "Path | None" = None
) -> None:
    """An environment with exactly what the lock says, and our own package on top.

    ``larger`` is a lock that holds all of ``lock`` and more: an environment made from it serves as well.
    """
    stamp = folder / STAMP
    enough = [hash_of(each, own) for each in (lock, larger) if each]
    runs = version_of(folder / "bin" / "python") == version_of(python)
    if runs and stamp.is_file() and stamp.read_text() in enough:
        say(f"{folder.relative_to(ROOT)} is up to date")
        return
    say(f"making {folder.relative_to(ROOT)} with {python} (the first time downloads a few hundred MB)")
    started = time.monotonic()
    if not runs:
        subprocess.run([str(python), "-m", "venv", "--clear", str(folder)], check=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    ready = subprocess.run([*pip, "install", "--quiet", *tools], check=False).returncode == 0
    if not ready or not install(pip, lock):
        raise NotPossible(
            f"pip could not install {lock.relative_to(ROOT)}; its reason is above. Run `make setup` again."
        )
    if own:
        alone = [*pip, "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", own]
        subprocess.run(alone, check=True, cwd=ROOT)
    stamp.write_text(hash_of(lock, own))
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
    plain, dev = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
    if asked.dev:
        environment(ROOT / ".venv", modern, dev, TOOLS, ".")
    else:
        environment(ROOT / ".venv", modern, plain, TOOLS, ".", larger=dev)
    if old:
        environment(ROOT / "bot" / ".venv", old, ROOT / "bot" / "requirements.lock", BOT_TOOLS)


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
