"""The trainer: trains and measures models for a product whose Rasa is in another container.

Usage: python trainer.py --jobs DIR [--check]
The product leaves a job, a folder, in DIR and reads there how it goes. They share nothing else, not even a network.
A job holds ``job.json`` ({"script", "arguments"}) and what the arguments name; ``stdout``, ``stderr`` and ``exit`` are
written into it. The product touches ``alive`` while it waits, and writes ``stop`` when it no longer wants the job.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Dict, Iterator

HERE = Path(__file__).resolve().parent
#: What a job may ask for. Nothing else of a job is ever run.
SCRIPTS = ("train.py", "evaluate.py")
#: What a model is made of on this side; both images must hold the same.
CODE = ("config.yml", "domain", "rules", "components", "train.py", "evaluate.py")
SIGN, JOB, EXIT, STOP, ALIVE = "trainer.json", "job.json", "exit", "stop", "alive"
#: Seconds without a sign after which the other side is taken to be gone.
SILENCE = 30.0
LOOK_EVERY = 0.3


def code_version() -> str:
    """A hash over everything of this folder that a model is made of."""
    digest = hashlib.sha256()
    for part in CODE:
        place = HERE / part
        for file in [place] if place.is_file() else sorted(place.rglob("*")):
            if file.suffix in (".py", ".yml"):
                digest.update(str(file.relative_to(HERE)).encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def write(file: Path, value: Any) -> None:
    """Write JSON so that a reader never sees half of it."""
    draft = file.with_name(f".{file.name}.new")
    draft.write_text(json.dumps(value), "utf-8")
    draft.replace(file)


def fresh(file: Path) -> bool:
    """Whether a sign of life is there and young."""
    try:
        return time.time() - file.stat().st_mtime < SILENCE
    except FileNotFoundError:
        return False


class Trainer:
    """Does the jobs of a folder, one at a time.

    Args:
        jobs: the folder it shares with the product.
    """

    def __init__(self, jobs: Path) -> None:
        self.jobs = jobs
        self.ending = threading.Event()
        self._about: Dict[str, str] = {
            "python": "%d.%d" % sys.version_info[:2],
            "rasa": importlib.metadata.version("rasa"),
            "code": code_version(),
        }

    def serve(self) -> None:
        """Show that we are here, and do what comes, until told to end."""
        while not self.ending.is_set():
            write(self.jobs / SIGN, self._about)
            for job in self.waiting():
                try:
                    write(job / EXIT, self.run(job))
                except FileNotFoundError:
                    print(f"The job {job.name} was taken away before it had ended.", file=sys.stderr)
            self.ending.wait(LOOK_EVERY)
        (self.jobs / SIGN).unlink()

    def waiting(self) -> Iterator[Path]:
        """Jobs that somebody waits for and nobody did, oldest first."""
        for file in sorted(self.jobs.glob(f"[!.]*/{JOB}"), key=lambda f: f.stat().st_mtime):
            if not (file.parent / EXIT).exists() and fresh(file.parent / ALIVE):
                yield file.parent

    def run(self, job: Path) -> int:
        """Do one job to its end; returns the exit code of its script."""
        wanted = json.loads((job / JOB).read_text("utf-8"))
        with (job / "stdout").open("wb") as output, (job / "stderr").open("wb") as errors:
            if wanted["script"] not in SCRIPTS:
                errors.write(f"The trainer does not run {wanted['script']}.\n".encode())
                return 2
            if (job / STOP).exists():
                return 130
            process = subprocess.Popen(
                [sys.executable, str(HERE / wanted["script"]), *wanted["arguments"]],
                cwd=HERE,
                stdout=output,
                stderr=errors,
            )
            while process.poll() is None:
                write(self.jobs / SIGN, self._about)
                if self.ending.is_set() or (job / STOP).exists() or not fresh(job / ALIVE):
                    process.terminate()
                    try:
                        process.wait(5)
                    except subprocess.TimeoutExpired:
                        process.kill()
                    errors.write(b"The training was stopped.\n")
                    break
                self.ending.wait(LOOK_EVERY)
            # By a signal it ends with a negative number, which no exit code can be.
            code = process.wait()
            return code if code >= 0 else 128 - code


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=Path, required=True, help="folder shared with the product")
    parser.add_argument("--check", action="store_true", help="only say whether a trainer is at work there")
    asked = parser.parse_args()
    if asked.check:
        there = fresh(asked.jobs / SIGN)
        print("The trainer is there." if there else f"The trainer gave no sign in {asked.jobs} for {SILENCE:.0f} s.")
        return 0 if there else 1
    # The product's user shares our group, and must be able to clear away what we write.
    os.umask(0o007)
    trainer = Trainer(asked.jobs)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: trainer.ending.set())
    trainer.serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
